#R
#R
def steps_between(grid: list[str], start: tuple[int, int], goal: tuple[int, int]) -> int | None:
    """The fewest steps from `start` to `goal`, both (row, column), over fields that are no wall.
    A step goes up, down, left or right; there are none out of the grid.

    Args:
        grid: rows of the same length; "#" is a wall, everything else is free

    Returns:
        0 when start is goal; None when no way leads there, or when either is a wall
    """
    # BLANK_START
    # TODO: spread out from the start, nearest fields first.
    raise NotImplementedError
    # BLANK_END
