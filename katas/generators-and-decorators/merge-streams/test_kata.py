import itertools
import random

import pytest
from user_kata import merge_streams


def test_sorted_streams_become_one():
    assert list(merge_streams([1, 4, 7], [2, 5], [3, 6, 8, 9])) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "streams, merged",
    [
        ([], []),
        ([[]], []),
        ([[], [1], []], [1]),
        ([[3, 3], [3]], [3, 3, 3]),
        ([[1, 2], []], [1, 2]),
    ],
)
def test_empty_streams_add_nothing(streams, merged):
    assert list(merge_streams(*streams)) == merged


def test_streams_may_have_no_end():
    odd, even = itertools.count(1, 2), itertools.count(0, 2)
    assert list(itertools.islice(merge_streams(odd, even), 6)) == [0, 1, 2, 3, 4, 5]


def test_of_equal_keys_the_earlier_stream_comes_first():
    first, second = [(1, "a"), (2, "a")], [(1, "b"), (1, "c"), (2, "d")]
    merged = list(merge_streams(second, first, key=lambda pair: pair[0]))
    assert merged == [(1, "b"), (1, "c"), (1, "a"), (2, "d"), (2, "a")]


def test_elements_without_an_order_are_merged_by_their_keys():
    merged = merge_streams([{"at": 1}, {"at": 3}], [{"at": 1}, {"at": 2}], key=lambda d: d["at"])
    assert [entry["at"] for entry in merged] == [1, 1, 2, 3]


def test_none_and_false_are_elements():
    assert list(merge_streams([None], [None], key=lambda x: 0)) == [None, None]
    assert list(merge_streams([False, True], [0])) == [False, 0, True]


def test_a_key_may_turn_the_order_around():
    assert list(merge_streams([9, 5, 1], [7, 3], key=lambda x: -x)) == [9, 7, 5, 3, 1]


def test_a_stream_is_asked_only_after_its_element_was_yielded():
    asked = []

    def stream(name, values):
        for value in values:
            asked.append((name, value))
            yield value

    merged = merge_streams(stream("a", [1, 5]), stream("b", [2, 3]))
    assert asked == []
    assert next(merged) == 1
    assert asked == [("a", 1), ("b", 2)]
    assert next(merged) == 2
    assert asked == [("a", 1), ("b", 2), ("a", 5)]
    assert next(merged) == 3
    assert asked == [("a", 1), ("b", 2), ("a", 5), ("b", 3)]


def test_random_streams_match_a_stable_sort():
    rng = random.Random(73)
    for _ in range(40):
        streams = [
            sorted((rng.randint(0, 6), number) for _ in range(rng.randint(0, 6)))
            for number in range(rng.randint(0, 5))
        ]
        merged = list(merge_streams(*streams, key=lambda pair: pair[0]))
        assert merged == sorted(itertools.chain(*streams), key=lambda pair: pair[0])
