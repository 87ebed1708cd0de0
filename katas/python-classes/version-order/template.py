#R
#R
# BLANK_START
# TODO: which decorator of `functools` adds the comparisons that are missing?
...
# BLANK_END
class Version:
    """A version such as "1.10.2" or "2.0-beta": numbers with dots between them and, behind a
    "-", the label of a pre-release.

    Versions compare by their numbers, missing ones count as 0; of the same numbers a pre-release
    comes before the release, and two pre-releases compare by their labels as texts.
    """

    def __init__(self, text: str):
        """ValueError when the text has something else in the place of a number."""
        self.text = text
        # BLANK_START
        # TODO: what do equality, order and hash depend on?
        raise NotImplementedError
        # BLANK_END

    def __repr__(self) -> str:
        return f"Version({self.text!r})"

    # BLANK_START
    # TODO: `__eq__`, `__lt__`, and the hash that equal versions share.
    ...
    # BLANK_END
