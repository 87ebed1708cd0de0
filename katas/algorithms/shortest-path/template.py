#R
#R
def shortest_path(roads: dict, start: str, goal: str) -> tuple[float, list[str]] | None:
    """The length of the shortest way from `start` to `goal`, and the places on it, both included.
    Of several ways of that length any one is right.

    Args:
        roads: from a place to the places it has a road to, each with the road's length, 0 or
            more; roads lead one way, and a place without an entry has none

    Returns:
        None when no way leads there
    """
    # BLANK_START
    # TODO: settle the nearest place that is known, again and again.
    raise NotImplementedError
    # BLANK_END
