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
        return self.buckets[hash(key) % len(self.buckets)]

    def __setitem__(self, key, value) -> None:
        """Sets a key's value, a new one's or an old one's. As soon as there are more keys than
        buckets the number of buckets doubles.
        """
        bucket = self.bucket(key)
        for i, (other, _) in enumerate(bucket):
            if other == key:
                bucket[i] = (key, value)
                return
        bucket.append((key, value))
        self.count += 1
        if self.count > len(self.buckets):
            pairs = [pair for bucket in self.buckets for pair in bucket]
            self.buckets = [[] for _ in range(2 * len(self.buckets))]
            for pair in pairs:
                self.bucket(pair[0]).append(pair)

    def __getitem__(self, key):
        """A key's value; KeyError when it has none."""
        for other, value in self.bucket(key):
            if other == key:
                return value
        raise KeyError(key)

    def __delitem__(self, key) -> None:
        """Takes a key out; KeyError when it is not in."""
        self.bucket(key).remove((key, self[key]))
        self.count -= 1
