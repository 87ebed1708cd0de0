import random

import pytest
from user_kata import gaps, merge


@pytest.mark.parametrize(
    "intervals, expected",
    [
        ([], []),
        ([(3, 7)], [(3, 7)]),
        ([(1, 3), (2, 6), (8, 10)], [(1, 6), (8, 10)]),
        ([(1, 4), (4, 5)], [(1, 5)]),
        ([(1, 2), (3, 4)], [(1, 2), (3, 4)]),
        ([(1, 10), (2, 3), (4, 5)], [(1, 10)]),
        ([(8, 9), (1, 2), (5, 6)], [(1, 2), (5, 6), (8, 9)]),
        ([(1, 4), (0, 2), (3, 5)], [(0, 5)]),
        ([(2, 2), (2, 2), (0, 0)], [(0, 0), (2, 2)]),
        ([(-5, -1), (-3, 4)], [(-5, 4)]),
    ],
)
def test_intervals_that_overlap_or_touch_become_one(intervals, expected):
    assert merge(intervals) == expected


def test_one_inside_another_does_not_shorten_it():
    assert merge([(0, 9), (1, 2), (8, 11), (10, 10)]) == [(0, 11)]


@pytest.mark.parametrize(
    "intervals, expected",
    [
        ([], []),
        ([(3, 7)], []),
        ([(6, 8), (1, 2), (2, 4)], [(4, 6)]),
        ([(0, 1), (5, 6), (3, 4)], [(1, 3), (4, 5)]),
        ([(0, 9), (1, 2), (12, 13)], [(9, 12)]),
    ],
)
def test_gaps_are_what_lies_between(intervals, expected):
    assert gaps(intervals) == expected


def test_the_list_that_was_given_is_left_as_it_was():
    intervals = [(5, 6), (1, 2)]
    assert merge(intervals) == [(1, 2), (5, 6)]
    assert intervals == [(5, 6), (1, 2)]


def test_random_intervals_cover_what_their_merger_covers():
    rng = random.Random(11)
    for _ in range(150):
        starts = [rng.randint(0, 30) for _ in range(rng.randint(1, 6))]
        intervals = [(start, start + rng.randint(0, 5)) for start in starts]
        merged = merge(intervals)
        # Halves tell an interval that covers a gap from two that leave it open.
        points = [i / 2 for i in range(0, 72)]
        for point in points:
            covered = any(start <= point <= end for start, end in intervals)
            assert covered == any(start <= point <= end for start, end in merged)
        assert all(a[1] < b[0] for a, b in zip(merged, merged[1:]))
