def sort_and_count(values: list) -> tuple[list, int]:
    """The values in ascending order, and how many pairs i < j had `values[i] > values[j]`.
    In the order of n log n steps; the list that was given is left as it was.
    """
    # BLANK_START
    # TODO: sort the halves, merge them, and count what is overtaken.
    raise NotImplementedError
    # BLANK_END
