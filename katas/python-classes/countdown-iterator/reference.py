class Walk:
    """One walk down from a number to 1, step by step."""

    def __init__(self, start: int):
        self.left = start

    def __iter__(self) -> "Walk":
        return self

    def __next__(self) -> int:
        """The next number; StopIteration when 1 was the last, now and ever after."""
        if self.left < 1:
            raise StopIteration
        self.left -= 1
        return self.left + 1


class Countdown:
    """The numbers from `start` down to 1; none when `start` is less than 1. Every loop over it
    begins anew.
    """

    def __init__(self, start: int):
        self.start = start

    def __iter__(self) -> Walk:
        return Walk(self.start)
