class Heap:
    """The smallest element is at the top. `items` is the tree, level by level: the children of
    place i are at 2i + 1 and 2i + 2, and none is smaller than its parent.
    """

    def __init__(self):
        self.items = []

    def __len__(self) -> int:
        return len(self.items)

    def push(self, item) -> None:
        """Adds an element, in the order of log(n) steps."""
        # BLANK_START
        # TODO: put it at the end and let it rise.
        raise NotImplementedError
        # BLANK_END

    def pop(self):
        """Takes the smallest element out, in the order of log(n) steps; IndexError when empty."""
        # BLANK_START
        # TODO: the last takes the place of the first, and sinks.
        raise NotImplementedError
        # BLANK_END
