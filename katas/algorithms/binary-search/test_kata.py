import random

import pytest
from user_kata import equal_range, first_place


class Counted:
    """A number that counts how often it is compared."""

    comparisons = 0

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Counted.comparisons += 1
        return self.value < other.value

    def __le__(self, other):
        Counted.comparisons += 1
        return self.value <= other.value

    __hash__ = None


@pytest.mark.parametrize(
    "target, place", [(1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (7, 2), (11, 3), (12, 4), (99, 4)]
)
def test_the_place_where_a_value_is_or_belongs(target, place):
    assert first_place([2, 5, 7, 11], target) == place


def test_an_empty_list_has_one_place():
    assert first_place([], 3) == 0
    assert equal_range([], 3) == (0, 0)


def test_of_equal_values_the_first_is_found():
    assert first_place([1, 4, 4, 4, 9], 4) == 1
    assert first_place([4] * 100, 4) == 0


@pytest.mark.parametrize(
    "target, expected",
    [(0, (0, 0)), (1, (0, 1)), (4, (1, 4)), (5, (4, 4)), (9, (4, 6)), (10, (6, 6))],
)
def test_equal_values_have_a_beginning_and_an_end(target, expected):
    assert equal_range([1, 4, 4, 4, 9, 9], target) == expected


def test_words_are_searched_as_well_as_numbers():
    words = ["ant", "bee", "cat", "cat", "dog"]
    assert first_place(words, "cat") == 2
    assert equal_range(words, "cat") == (2, 4)
    assert equal_range(words, "bat") == (1, 1)


def test_random_lists_match_a_walk_through_them():
    rng = random.Random(7)
    for length in list(range(12)) * 8:
        values = sorted(rng.randint(0, 8) for _ in range(length))
        target = rng.randint(-1, 9)
        below = sum(value < target for value in values)
        equal = sum(value == target for value in values)
        assert first_place(values, target) == below
        assert equal_range(values, target) == (below, below + equal)


def test_a_thousand_values_need_few_looks():
    values = [Counted(i) for i in range(1000)]
    for target in (0, 499, 500, 998, 2000):
        Counted.comparisons = 0
        assert first_place(values, Counted(target)) == min(target, 1000)
        assert Counted.comparisons <= 10
    Counted.comparisons = 0
    assert equal_range([Counted(5)] * 1000, Counted(5)) == (0, 1000)
    assert Counted.comparisons <= 22
