def edit_distance(a: str, b: str) -> int:
    """The fewest insertions, deletions and replacements of a letter that make `b` out of `a`
    (Levenshtein 1966). In the order of len(a) · len(b) steps.
    """
    # BLANK_START
    # TODO: a row for each letter of `a`, made from the row before.
    raise NotImplementedError
    # BLANK_END
