import itertools

import pytest
from user_kata import flatten


@pytest.mark.parametrize(
    "nested, leaves",
    [
        ([1, [2, 3], 4], [1, 2, 3, 4]),
        ([1, [2, [3, [4, [5]]]]], [1, 2, 3, 4, 5]),
        ([[[1]], [[2]]], [1, 2]),
        ((1, (2, [3])), [1, 2, 3]),
        ([[], [[]], ()], []),
        ([], []),
        ([1, 2], [1, 2]),
    ],
)
def test_leaves_come_from_left_to_right(nested, leaves):
    assert list(flatten(nested)) == leaves


def test_texts_are_leaves():
    assert list(flatten(["ab", ["cd", ["e"]], ""])) == ["ab", "cd", "e", ""]


def test_everything_that_is_no_list_or_tuple_is_a_leaf():
    leaves = [None, {1: [2]}, {3}, range(2), b"x"]
    assert list(flatten([leaves[0], [leaves[1], [leaves[2]]], leaves[3], (leaves[4],)])) == leaves


@pytest.mark.parametrize(
    "depth, leaves",
    [
        (0, [1, [2, [3, [4]]], (5,)]),
        (1, [1, 2, [3, [4]], 5]),
        (2, [1, 2, 3, [4], 5]),
        (3, [1, 2, 3, 4, 5]),
        (9, [1, 2, 3, 4, 5]),
    ],
)
def test_the_depth_can_be_limited(depth, leaves):
    assert list(flatten([1, [2, [3, [4]]], (5,)], depth)) == leaves


def test_the_outermost_may_be_anything_to_loop_over():
    assert list(flatten(iter([1, [2]]))) == [1, 2]
    assert list(flatten({"a": 1})) == ["a"]


def test_it_is_lazy():
    def endless():
        for n in itertools.count():
            yield [n, [n]]

    assert list(itertools.islice(flatten(endless()), 5)) == [0, 0, 1, 1, 2]


def test_what_was_given_is_left_as_it_was():
    nested = [1, [2, [3]]]
    assert list(flatten(nested)) == [1, 2, 3]
    assert nested == [1, [2, [3]]]


def test_a_hundred_levels_are_opened():
    nested = ["x"]
    for _ in range(100):
        nested = [nested]
    assert list(flatten(nested)) == ["x"]
