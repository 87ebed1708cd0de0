class Steps:
    """The whole numbers from `start` in steps of `step`, before `stop`; `step` is not 0.
    Holds three numbers, however long it is.
    """

    def __init__(self, start: int, stop: int, step: int = 1):
        self.start = start
        self.stop = stop
        self.step = step

    def __len__(self) -> int:
        return max(0, -((self.start - self.stop) // self.step))

    def __getitem__(self, index):
        """An element, or `Steps` for a slice; negative places count from the end.
        IndexError when there is no such element.
        """
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            base = self.start
            return Steps(base + start * self.step, base + stop * self.step, step * self.step)
        if not -len(self) <= index < len(self):
            raise IndexError("no such element")
        return self.start + index % len(self) * self.step

    def __contains__(self, value: int) -> bool:
        """Whether a whole number is an element, by arithmetic alone."""
        steps, rest = divmod(value - self.start, self.step)
        return rest == 0 and 0 <= steps < len(self)
