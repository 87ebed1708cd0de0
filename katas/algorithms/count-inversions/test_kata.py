import itertools
import random

import pytest
from user_kata import sort_and_count


def pairs_the_wrong_way_round(values):
    return sum(a > b for a, b in itertools.combinations(values, 2))


@pytest.mark.parametrize(
    "values, count",
    [
        ([], 0),
        ([7], 0),
        ([1, 2], 0),
        ([2, 1], 1),
        ([1, 2, 3, 4, 5], 0),
        ([5, 4, 3, 2, 1], 10),
        ([2, 4, 1, 3, 5], 3),
        ([3, 1, 2], 2),
        ([2, 3, 1], 2),
    ],
)
def test_known_lists(values, count):
    assert sort_and_count(values) == (sorted(values), count)


def test_equal_elements_are_no_inversion():
    assert sort_and_count([4, 4, 4]) == ([4, 4, 4], 0)
    assert sort_and_count([2, 1, 2, 1]) == ([1, 1, 2, 2], 3)


def test_every_order_of_six_values_is_counted_right():
    for values in itertools.permutations([1, 2, 2, 3, 5, 8]):
        assert sort_and_count(list(values)) == (
            [1, 2, 2, 3, 5, 8],
            pairs_the_wrong_way_round(values),
        )


def test_words_and_negative_numbers_can_be_compared_too():
    assert sort_and_count(["pear", "apple", "fig"]) == (["apple", "fig", "pear"], 2)
    assert sort_and_count([-1, -2.5, 0]) == ([-2.5, -1, 0], 1)


@pytest.mark.parametrize("values", [[], [9], [3, 1, 2]])
def test_the_list_that_was_given_is_left_as_it_was(values):
    before = list(values)
    ordered, _ = sort_and_count(values)
    assert values == before
    assert ordered == sorted(before)
    assert ordered is not values


def test_random_lists_of_the_lengths_around_powers_of_two_match_a_count_of_all_pairs():
    rng = random.Random(17)
    for length in (7, 8, 9, 31, 32, 33):
        values = [rng.randint(-20, 20) for _ in range(length)]
        expected = sorted(values), pairs_the_wrong_way_round(values)
        assert sort_and_count(values) == expected


def test_four_thousand_values_in_reverse_take_no_eight_million_steps():
    ordered, count = sort_and_count(list(range(4000, 0, -1)))
    assert ordered == list(range(1, 4001))
    assert count == 4000 * 3999 // 2
