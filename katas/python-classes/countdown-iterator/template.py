class Walk:
    """One walk down from a number to 1, step by step."""

    def __init__(self, start: int):
        self.left = start

    def __iter__(self) -> "Walk":
        # BLANK_START
        # TODO: an iterator is its own iterator.
        raise NotImplementedError
        # BLANK_END

    def __next__(self) -> int:
        """The next number; StopIteration when 1 was the last, now and ever after."""
        # BLANK_START
        # TODO: say the number, and move on.
        raise NotImplementedError
        # BLANK_END


class Countdown:
    """The numbers from `start` down to 1; none when `start` is less than 1. Every loop over it
    begins anew.
    """

    def __init__(self, start: int):
        self.start = start

    def __iter__(self) -> Walk:
        # BLANK_START
        # TODO: a walk of its own for every loop.
        raise NotImplementedError
        # BLANK_END
