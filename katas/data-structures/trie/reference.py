class Trie:
    """A set of words that finds those with a given beginning."""

    def __init__(self):
        self.branches = {}  # from a letter to the Trie of what can follow it
        self.is_word = False

    def add(self, word: str) -> None:
        """Puts a word in; one that is in already changes nothing."""
        node = self
        for letter in word:
            node = node.branches.setdefault(letter, Trie())
        node.is_word = True

    def find(self, beginning: str) -> "Trie | None":
        """The node that a beginning leads to; None when no word begins like that."""
        node = self
        for letter in beginning:
            node = node.branches.get(letter)
            if node is None:
                return None
        return node

    def __contains__(self, word: str) -> bool:
        node = self.find(word)
        return node is not None and node.is_word

    def starting_with(self, beginning: str) -> list[str]:
        """All words that begin like that, the beginning itself included if it is one, sorted."""
        node = self.find(beginning)
        if node is None:
            return []
        words = [beginning] if node.is_word else []
        for letter in sorted(node.branches):
            words += self.starting_with(beginning + letter)
        return words
