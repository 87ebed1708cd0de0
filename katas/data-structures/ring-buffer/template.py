class RingBuffer:
    """The newest `capacity` elements of all that were appended, the oldest first.
    The first goes into slot 0, the next into slot 1, and so on round and round: no method moves
    elements, and the list of slots never changes its length.
    """

    def __init__(self, capacity: int):
        self.slots = [None] * capacity
        # BLANK_START
        # TODO: where is the oldest, and how many are there?
        raise NotImplementedError
        # BLANK_END

    def __len__(self) -> int:
        """How many elements there are, at most the capacity."""
        # BLANK_START
        # TODO: not the number of slots.
        raise NotImplementedError
        # BLANK_END

    def append(self, element) -> None:
        """Adds an element; when the buffer is full the oldest one makes room."""
        # BLANK_START
        # TODO: write behind the newest, and move on.
        raise NotImplementedError
        # BLANK_END

    def take(self):
        """Removes the oldest element and returns it; IndexError when there is none."""
        # BLANK_START
        # TODO: read at the start, leave None in its slot, and move on.
        raise NotImplementedError
        # BLANK_END

    def __getitem__(self, index: int):
        """Element `index`, counted from the oldest, or from the newest when negative.
        IndexError when there is no such element.
        """
        # BLANK_START
        # TODO: go round.
        raise NotImplementedError
        # BLANK_END
