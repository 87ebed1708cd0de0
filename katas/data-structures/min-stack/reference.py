class MinStack:
    """A stack that knows its smallest element. Each method takes the same time however many
    elements there are.
    """

    def __init__(self):
        self.pairs = []

    def __len__(self) -> int:
        return len(self.pairs)

    def push(self, element) -> None:
        """Puts an element on top."""
        smallest = min(element, self.pairs[-1][1]) if self.pairs else element
        self.pairs.append((element, smallest))

    def pop(self):
        """Takes the top off and returns it; IndexError when there is none."""
        return self.pairs.pop()[0]

    def smallest(self):
        """The smallest element on the stack; IndexError when there is none."""
        return self.pairs[-1][1]
