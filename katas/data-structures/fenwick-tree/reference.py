class Fenwick:
    """Sums of ranges of n numbers that can change (Fenwick 1994); all are 0 in the beginning.
    `tree[i]` is the sum of the `i & -i` elements that end with number i, counted from 1.
    """

    def __init__(self, n: int):
        self.tree = [0] * (n + 1)

    def add(self, index: int, amount) -> None:
        """Adds to element `index`, from 0, in the order of log(n) steps."""
        i = index + 1
        while i < len(self.tree):
            self.tree[i] += amount
            i += i & -i

    def prefix(self, count: int):
        """The sum of the first `count` elements, in the order of log(n) steps."""
        total = 0
        while count > 0:
            total += self.tree[count]
            count -= count & -count
        return total

    def range_sum(self, start: int, stop: int):
        """The sum of the elements from `start` up to but not including `stop`."""
        return self.prefix(stop) - self.prefix(start)

    def first_reaching(self, amount) -> int:
        """The smallest count whose prefix is at least `amount`, when no element is negative;
        n + 1 when even the sum of all is less. In the order of log(n) steps.
        """
        count = 0
        for bit in reversed(range(len(self.tree).bit_length())):
            further = count + (1 << bit)
            if further < len(self.tree) and self.tree[further] < amount:
                count = further
                amount -= self.tree[further]
        return count + 1 if amount > 0 else 0
