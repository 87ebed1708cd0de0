import random

import pytest
from user_kata import steps_between

MAZE = [
    "..#....",
    "..#.##.",
    ".....#.",
    ".###.#.",
    "...#...",
]


def by_relaxing(grid, start):
    """Distances of all fields, by looking at every pair of neighbours until nothing changes."""
    free = [(r, c) for r, row in enumerate(grid) for c, field in enumerate(row) if field != "#"]
    found = {start: 0} if start in free else {}
    for _ in free:
        for r, c in free:
            near = [(r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)]
            known = [found[field] + 1 for field in near if field in found]
            if known and min(known) < found.get((r, c), 10**6):
                found[r, c] = min(known)
    return found


@pytest.mark.parametrize(
    "start, goal, steps",
    [
        ((0, 0), (0, 1), 1),
        ((0, 0), (1, 0), 1),
        ((0, 1), (0, 3), 6),
        ((0, 0), (4, 0), 4),
        ((0, 0), (0, 6), 10),
        ((4, 2), (4, 4), 10),
        ((0, 6), (4, 6), 4),
    ],
)
def test_the_shortest_way_around_walls(start, goal, steps):
    assert steps_between(MAZE, start, goal) == steps
    assert steps_between(MAZE, goal, start) == steps


def test_staying_takes_no_step():
    assert steps_between(MAZE, (2, 3), (2, 3)) == 0
    assert steps_between(["."], (0, 0), (0, 0)) == 0


def test_a_goal_behind_walls_cannot_be_reached():
    assert steps_between(["..#.", "..#."], (0, 0), (0, 3)) is None
    assert steps_between([".#.", "#..", "..."], (0, 0), (2, 2)) is None


def test_a_wall_is_no_start_and_no_goal():
    assert steps_between(["#.."], (0, 0), (0, 2)) is None
    assert steps_between(["..#"], (0, 0), (0, 2)) is None
    assert steps_between(["#"], (0, 0), (0, 0)) is None


def test_no_step_leads_out_of_the_grid_and_back_in_on_the_other_side():
    assert steps_between([".#."], (0, 0), (0, 2)) is None
    assert steps_between([".", "#", "."], (0, 0), (2, 0)) is None


def test_every_letter_but_the_wall_is_free():
    assert steps_between(["S~ G"], (0, 0), (0, 3)) == 3


def test_rows_and_columns_are_not_confused_in_a_long_grid():
    assert steps_between(["." * 9, "#" * 8 + ".", "." * 9], (0, 0), (2, 0)) == 18


def test_random_grids_match_a_slow_search():
    rng = random.Random(13)
    for _ in range(25):
        rows, columns = rng.randint(1, 5), rng.randint(1, 6)
        grid = ["".join(rng.choice("..#") for _ in range(columns)) for _ in range(rows)]
        start, goal = ((rng.randrange(rows), rng.randrange(columns)) for _ in range(2))
        assert steps_between(grid, start, goal) == by_relaxing(grid, start).get(goal)


def test_an_open_field_is_not_walked_over_again_and_again():
    assert steps_between(["." * 40] * 40, (0, 0), (39, 39)) == 78
