class Steps:
    """The whole numbers from `start` in steps of `step`, before `stop`; `step` is not 0.
    Holds three numbers, however long it is.
    """

    def __init__(self, start: int, stop: int, step: int = 1):
        self.start = start
        self.stop = stop
        self.step = step

    def __len__(self) -> int:
        # BLANK_START
        # TODO: how many steps fit, rounded up?
        raise NotImplementedError
        # BLANK_END

    def __getitem__(self, index):
        """An element, or `Steps` for a slice; negative places count from the end.
        IndexError when there is no such element.
        """
        # BLANK_START
        # TODO: slices first.
        raise NotImplementedError
        # BLANK_END

    def __contains__(self, value: int) -> bool:
        """Whether a whole number is an element, by arithmetic alone."""
        # BLANK_START
        # TODO: is it a whole number of steps away, and not too many?
        raise NotImplementedError
        # BLANK_END
