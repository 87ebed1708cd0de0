class RingBuffer:
    """The newest `capacity` elements of all that were appended, the oldest first.
    The first goes into slot 0, the next into slot 1, and so on round and round: no method moves
    elements, and the list of slots never changes its length.
    """

    def __init__(self, capacity: int):
        self.slots = [None] * capacity
        self.start = 0
        self.count = 0

    def __len__(self) -> int:
        """How many elements there are, at most the capacity."""
        return self.count

    def append(self, element) -> None:
        """Adds an element; when the buffer is full the oldest one makes room."""
        self.slots[(self.start + self.count) % len(self.slots)] = element
        if self.count < len(self.slots):
            self.count += 1
        else:
            self.start = (self.start + 1) % len(self.slots)

    def take(self):
        """Removes the oldest element and returns it; IndexError when there is none."""
        element = self[0]
        self.slots[self.start] = None
        self.start = (self.start + 1) % len(self.slots)
        self.count -= 1
        return element

    def __getitem__(self, index: int):
        """Element `index`, counted from the oldest, or from the newest when negative.
        IndexError when there is no such element.
        """
        if not -self.count <= index < self.count:
            raise IndexError("no such element")
        return self.slots[(self.start + index % self.count) % len(self.slots)]
