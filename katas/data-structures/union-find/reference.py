class UnionFind:
    """Groups of the things 0 to n - 1; in the beginning each is a group of its own."""

    def __init__(self, n: int):
        self.parents = list(range(n))
        self.sizes = [1] * n  # of the group, at its head
        self.groups = n

    def head(self, thing: int) -> int:
        """The head of a thing's group: the same for all of the group.
        Afterwards everything that was on the way points straight to it.
        """
        head = thing
        while self.parents[head] != head:
            head = self.parents[head]
        while thing != head:
            self.parents[thing], thing = head, self.parents[thing]
        return head

    def union(self, a: int, b: int) -> bool:
        """Makes one group of the groups of a and b. The larger one's head stays head, and a's
        when they are equally large. False when they were one group already.
        """
        a, b = self.head(a), self.head(b)
        if a == b:
            return False
        if self.sizes[a] < self.sizes[b]:
            a, b = b, a
        self.parents[b] = a
        self.sizes[a] += self.sizes[b]
        self.groups -= 1
        return True

    def size(self, thing: int) -> int:
        """How many things are in its group."""
        return self.sizes[self.head(thing)]
