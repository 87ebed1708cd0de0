class LruCache:
    """Keeps the `capacity` entries that were used last; reading and writing are using.
    Each method takes the same time however many entries there are.
    """

    def __init__(self, capacity: int):
        self.capacity = capacity
        self.entries = {}

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, key, default=None):
        """A key's value, and it is the last used now; the default when it is not there."""
        # BLANK_START
        # TODO: take it out, put it in as the newest.
        raise NotImplementedError
        # BLANK_END

    def put(self, key, value) -> None:
        """Sets a key's value, and it is the last used now. When there are more entries than the
        capacity, the one that has not been used for longest goes.
        """
        # BLANK_START
        # TODO: make it the newest, then see who has to go.
        raise NotImplementedError
        # BLANK_END
