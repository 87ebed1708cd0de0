class Fenwick:
    """Sums of ranges of n numbers that can change (Fenwick 1994); all are 0 in the beginning.
    `tree[i]` is the sum of the `i & -i` elements that end with number i, counted from 1.
    """

    def __init__(self, n: int):
        self.tree = [0] * (n + 1)

    def add(self, index: int, amount) -> None:
        """Adds to element `index`, from 0, in the order of log(n) steps."""
        # BLANK_START
        # TODO: every entry that holds it.
        raise NotImplementedError
        # BLANK_END

    def prefix(self, count: int):
        """The sum of the first `count` elements, in the order of log(n) steps."""
        # BLANK_START
        # TODO: strike out one bit after the other.
        raise NotImplementedError
        # BLANK_END

    def range_sum(self, start: int, stop: int):
        """The sum of the elements from `start` up to but not including `stop`."""
        # BLANK_START
        # TODO: a difference.
        raise NotImplementedError
        # BLANK_END

    def first_reaching(self, amount) -> int:
        """The smallest count whose prefix is at least `amount`, when no element is negative;
        n + 1 when even the sum of all is less. In the order of log(n) steps.
        """
        # BLANK_START
        # TODO: from the highest bit down: take a step if the sum stays below.
        raise NotImplementedError
        # BLANK_END
