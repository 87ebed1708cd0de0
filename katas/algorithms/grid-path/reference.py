from collections import deque
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
    free = {(r, c) for r, row in enumerate(grid) for c, field in enumerate(row) if field != "#"}
    if start not in free:
        return None
    distances = {start: 0}
    queue = deque([start])
    while queue:
        row, column = queue.popleft()
        near = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)}
        for field in near & free:
            if field not in distances:
                distances[field] = distances[row, column] + 1
                queue.append(field)
    return distances.get(goal)
