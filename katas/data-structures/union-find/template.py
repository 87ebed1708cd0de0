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
        # BLANK_START
        # TODO: follow the pointers, then leave shortcuts.
        raise NotImplementedError
        # BLANK_END

    def union(self, a: int, b: int) -> bool:
        """Makes one group of the groups of a and b. The larger one's head stays head, and a's
        when they are equally large. False when they were one group already.
        """
        # BLANK_START
        # TODO: join the heads, and keep `sizes` and `groups` true.
        raise NotImplementedError
        # BLANK_END

    def size(self, thing: int) -> int:
        """How many things are in its group."""
        # BLANK_START
        # TODO: the head knows.
        raise NotImplementedError
        # BLANK_END
