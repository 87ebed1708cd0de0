def first_place(values: list, target) -> int:
    """The first place in sorted `values` whose element is not less than `target`;
    `len(values)` when all are less. About log2(n) comparisons.
    """
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < target:
            low = middle + 1
        else:
            high = middle
    return low


def equal_range(values: list, target) -> tuple[int, int]:
    """Where the elements equal to `target` begin, and the place behind the last of them.
    The two are the same when there are none. About 2 log2(n) comparisons.
    """
    start = first_place(values, target)
    low, high = start, len(values)
    while low < high:
        middle = (low + high) // 2
        if target < values[middle]:
            high = middle
        else:
            low = middle + 1
    return start, low
