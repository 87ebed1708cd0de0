class Trie:
    """A set of words that finds those with a given beginning."""

    def __init__(self):
        self.branches = {}  # from a letter to the Trie of what can follow it
        self.is_word = False

    def add(self, word: str) -> None:
        """Puts a word in; one that is in already changes nothing."""
        # BLANK_START
        # TODO: walk down, make what is missing, mark the end.
        raise NotImplementedError
        # BLANK_END

    def find(self, beginning: str) -> "Trie | None":
        """The node that a beginning leads to; None when no word begins like that."""
        # BLANK_START
        # TODO: walk down as far as it goes.
        raise NotImplementedError
        # BLANK_END

    def __contains__(self, word: str) -> bool:
        # BLANK_START
        # TODO: a node alone is not enough.
        raise NotImplementedError
        # BLANK_END

    def starting_with(self, beginning: str) -> list[str]:
        """All words that begin like that, the beginning itself included if it is one, sorted."""
        # BLANK_START
        # TODO: everything below the node, by the order of the letters.
        raise NotImplementedError
        # BLANK_END
