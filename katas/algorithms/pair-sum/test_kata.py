import random

import pytest
from user_kata import pair_with_sum


def slow(values, target):
    """The rule as it is written, by trying every pair."""
    for j in range(len(values)):
        for i in range(j):
            if values[i] + values[j] == target:
                return i, j
    return None


@pytest.mark.parametrize(
    "values, target, expected",
    [
        ([2, 7, 11, 15], 9, (0, 1)),
        ([3, 2, 4], 6, (1, 2)),
        ([-3, 4, 3, 90], 0, (0, 2)),
        ([0, 4, 3, 0], 0, (0, 3)),
    ],
)
def test_pairs_are_found_with_their_places(values, target, expected):
    assert pair_with_sum(values, target) == expected


@pytest.mark.parametrize("values, target", [([], 0), ([5], 5), ([5], 10), ([1, 2, 3], 7)])
def test_no_pair_is_none(values, target):
    assert pair_with_sum(values, target) is None


def test_a_number_is_not_paired_with_itself():
    assert pair_with_sum([3, 1, 2], 6) is None


def test_equal_numbers_are_a_pair():
    assert pair_with_sum([3, 1, 3], 6) == (0, 2)


def test_the_pair_that_is_complete_first_wins():
    assert pair_with_sum([1, 9, 2, 8], 10) == (0, 1)
    assert pair_with_sum([9, 2, 8, 1], 10) == (1, 2)


def test_of_equal_first_numbers_the_earliest_is_taken():
    assert pair_with_sum([4, 4, 4, 6], 10) == (0, 3)


def test_random_lists_match_trying_every_pair():
    rng = random.Random(3)
    for _ in range(200):
        values = [rng.randint(-6, 6) for _ in range(rng.randint(0, 9))]
        target = rng.randint(-13, 13)
        assert pair_with_sum(values, target) == slow(values, target)


def test_long_lists_take_one_pass():
    values = list(range(0, 40_000, 2))
    assert pair_with_sum(values, -1) is None
    assert pair_with_sum(values, 79_994) == (19_998, 19_999)
