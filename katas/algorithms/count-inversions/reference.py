def sort_and_count(values: list) -> tuple[list, int]:
    """The values in ascending order, and how many pairs i < j had `values[i] > values[j]`.
    In the order of n log n steps; the list that was given is left as it was.
    """
    if len(values) < 2:
        return values[:], 0
    half = len(values) // 2
    left, inside = sort_and_count(values[:half])
    right, others = sort_and_count(values[half:])
    merged, across, i = [], 0, 0
    for value in right:
        while i < len(left) and left[i] <= value:
            merged.append(left[i])
            i += 1
        across += len(left) - i
        merged.append(value)
    return merged + left[i:], inside + others + across
