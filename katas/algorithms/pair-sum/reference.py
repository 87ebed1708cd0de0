def pair_with_sum(values: list[int], target: int) -> tuple[int, int] | None:
    """The places (i, j), with i < j, of two values that add up to `target`.

    Of several pairs it is the one that is complete first: j is as small as possible, and then i.
    None when there is no such pair. One pass over the values.
    """
    places = {}
    for j, value in enumerate(values):
        if target - value in places:
            return places[target - value], j
        places.setdefault(value, j)
    return None
