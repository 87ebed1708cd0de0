import itertools

import pytest
from user_kata import is_rising, windows


def test_neighbours_come_in_windows():
    assert list(windows("abcd", 2)) == [("a", "b"), ("b", "c"), ("c", "d")]
    assert list(windows("abcd", 3)) == [("a", "b", "c"), ("b", "c", "d")]


def test_windows_of_one_element():
    assert list(windows([5, 6], 1)) == [(5,), (6,)]


@pytest.mark.parametrize("length", [0, 1, 2])
def test_too_few_elements_fill_no_window(length):
    assert list(windows(range(length), 3)) == []


def test_exactly_enough_fill_one():
    assert list(windows(range(3), 3)) == [(0, 1, 2)]


def test_all_sizes_and_steps_match_slices():
    for length, size, step in itertools.product(range(9), range(1, 5), range(1, 6)):
        elements = list(range(length))
        starts = range(0, length - size + 1, step)
        expected = [tuple(elements[start : start + size]) for start in starts]
        assert list(windows(iter(elements), size, step)) == expected


def test_windows_that_were_handed_out_do_not_change():
    results = windows(range(4), 2)
    first = next(results)
    assert next(results) == (1, 2)
    assert first == (0, 1)


def test_elements_are_taken_as_they_are_needed():
    source = iter(range(10))
    results = windows(source, 3)
    assert next(results) == (0, 1, 2)
    assert next(source) == 3
    assert next(results) == (1, 2, 4)


def test_a_stream_may_have_no_end():
    assert list(itertools.islice(windows(itertools.count(), 2, 5), 2)) == [(0, 1), (5, 6)]


@pytest.mark.parametrize(
    "readings, rising",
    [
        ([], True),
        ([3], True),
        ([1, 2, 5], True),
        ([1, 1], False),
        ([1, 3, 2], False),
        ([2, 1], False),
    ],
)
def test_readings_rise_when_each_is_larger_than_the_one_before(readings, rising):
    assert is_rising(readings) is rising


def test_one_fall_is_enough_to_stop_looking():
    assert is_rising(itertools.cycle([1, 2])) is False
