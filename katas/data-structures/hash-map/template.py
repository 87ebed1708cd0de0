class HashMap:
    """A dictionary of its own making. `buckets` is a list of lists of (key, value); a key's
    bucket is number `hash(key) % len(buckets)`.
    """

    def __init__(self):
        self.buckets = [[] for _ in range(4)]
        self.count = 0

    def __len__(self) -> int:
        return self.count

    def bucket(self, key) -> list:
        """The bucket that a key belongs into."""
        # BLANK_START
        # TODO: compute it from the hash.
        raise NotImplementedError
        # BLANK_END

    def __setitem__(self, key, value) -> None:
        """Sets a key's value, a new one's or an old one's. As soon as there are more keys than
        buckets the number of buckets doubles.
        """
        # BLANK_START
        # TODO: replace the pair, or add one; then make room if it is needed.
        raise NotImplementedError
        # BLANK_END

    def __getitem__(self, key):
        """A key's value; KeyError when it has none."""
        # BLANK_START
        # TODO: look through its bucket.
        raise NotImplementedError
        # BLANK_END

    def __delitem__(self, key) -> None:
        """Takes a key out; KeyError when it is not in."""
        # BLANK_START
        # TODO: take the pair out of its bucket.
        raise NotImplementedError
        # BLANK_END
