def first_unmatched(text: str) -> int | None:
    """The place of the first bracket that is wrong, of `()`, `[]` and `{}`; None when all match.

    Reading from the left, the first closing bracket that does not close the one opened last is
    wrong. When there is none, the first bracket that is never closed is.
    """
    # BLANK_START
    # TODO: a stack of what is open.
    raise NotImplementedError
    # BLANK_END
