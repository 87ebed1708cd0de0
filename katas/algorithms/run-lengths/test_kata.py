import random

import pytest
from user_kata import decode, encode


@pytest.mark.parametrize(
    "text, runs",
    [
        ("a", [("a", 1)]),
        ("aaab", [("a", 3), ("b", 1)]),
        ("abbb", [("a", 1), ("b", 3)]),
        ("aabaa", [("a", 2), ("b", 1), ("a", 2)]),
        ("abc", [("a", 1), ("b", 1), ("c", 1)]),
    ],
)
def test_runs_of_letters(text, runs):
    assert encode(list(text)) == runs
    assert decode(runs) == list(text)


def test_nothing_has_no_runs():
    assert encode([]) == []
    assert decode([]) == []


def test_none_and_zero_are_values_like_others():
    assert encode([None, None, 0, 0, 0]) == [(None, 2), (0, 3)]


def test_a_run_of_length_zero_adds_nothing():
    assert decode([("a", 2), ("b", 0), ("c", 1)]) == ["a", "a", "c"]


def test_the_input_is_left_as_it_was():
    values = [1, 1, 2]
    assert encode(values) == [(1, 2), (2, 1)]
    assert values == [1, 1, 2]


def test_decoding_undoes_encoding_and_no_two_neighbouring_runs_have_one_value():
    rng = random.Random(5)
    for length in range(30):
        values = [rng.randint(0, 2) for _ in range(length)]
        runs = encode(values)
        assert decode(runs) == values
        assert all(a[0] != b[0] for a, b in zip(runs, runs[1:]))
        assert sum(count for _, count in runs) == length
