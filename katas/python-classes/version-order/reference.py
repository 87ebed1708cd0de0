import functools
#R
#R
@functools.total_ordering
class Version:
    """A version such as "1.10.2" or "2.0-beta": numbers with dots between them and, behind a
    "-", the label of a pre-release.

    Versions compare by their numbers, missing ones count as 0; of the same numbers a pre-release
    comes before the release, and two pre-releases compare by their labels as texts.
    """

    def __init__(self, text: str):
        """ValueError when the text has something else in the place of a number."""
        self.text = text
        numbers, _, label = text.partition("-")
        parts = [int(part) for part in numbers.split(".")]
        while parts and parts[-1] == 0:
            parts.pop()
        self.key = (parts, label == "", label)

    def __repr__(self) -> str:
        return f"Version({self.text!r})"

    def __eq__(self, other) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return self.key == other.key

    def __lt__(self, other) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return self.key < other.key

    def __hash__(self) -> int:
        parts, is_release, label = self.key
        return hash((tuple(parts), is_release, label))
