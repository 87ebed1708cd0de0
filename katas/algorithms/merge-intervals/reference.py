def merge(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What the intervals (start, end), start ≤ end, cover together: the fewest intervals that
    cover the same, sorted. Two that touch, as (1, 2) and (2, 5) do, become one.
    """
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def gaps(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What lies between the first start and the last end and is not covered, sorted."""
    merged = merge(intervals)
    return [(a[1], b[0]) for a, b in zip(merged, merged[1:])]
