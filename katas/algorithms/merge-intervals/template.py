def merge(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What the intervals (start, end), start ≤ end, cover together: the fewest intervals that
    cover the same, sorted. Two that touch, as (1, 2) and (2, 5) do, become one.
    """
    # BLANK_START
    # TODO: sort by start, then let the last one grow or begin another.
    raise NotImplementedError
    # BLANK_END


def gaps(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What lies between the first start and the last end and is not covered, sorted."""
    # BLANK_START
    # TODO: what is between the neighbours of the merged list?
    raise NotImplementedError
    # BLANK_END
