def first_place(values: list, target) -> int:
    """The first place in sorted `values` whose element is not less than `target`;
    `len(values)` when all are less. About log2(n) comparisons.
    """
    # BLANK_START
    # TODO: halve what is left until the two ends meet.
    raise NotImplementedError
    # BLANK_END


def equal_range(values: list, target) -> tuple[int, int]:
    """Where the elements equal to `target` begin, and the place behind the last of them.
    The two are the same when there are none. About 2 log2(n) comparisons.
    """
    # BLANK_START
    # TODO: search twice.
    raise NotImplementedError
    # BLANK_END
