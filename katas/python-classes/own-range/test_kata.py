import itertools

import pytest
from user_kata import Steps

BOUNDS = [-7, -3, -1, 0, 1, 2, 5, 9]
STEPS = [-4, -3, -1, 1, 2, 3, 10]
ALL = [(a, b, s) for a, b, s in itertools.product(BOUNDS, BOUNDS, STEPS)]


def test_a_loop_walks_over_the_elements():
    assert [x for x in Steps(0, 10, 3)] == [0, 3, 6, 9]
    assert [x for x in Steps(2, 5)] == [2, 3, 4]
    assert [x for x in Steps(5, -2, -3)] == [5, 2, -1]


def test_all_small_ranges_have_the_elements_of_pythons():
    for bounds in ALL:
        assert list(Steps(*bounds)) == list(range(*bounds))
        assert len(Steps(*bounds)) == len(range(*bounds))


@pytest.mark.parametrize("bounds", [(0, 10, 3), (0, 9, 3), (0, 0, 1), (5, 0, 1), (0, 5, -1)])
def test_lengths_are_rounded_up_and_never_negative(bounds):
    assert len(Steps(*bounds)) == len(range(*bounds))


def test_elements_are_reached_from_both_ends():
    steps = Steps(10, 20, 4)
    assert [steps[i] for i in (0, 1, 2, -1, -2, -3)] == [10, 14, 18, 18, 14, 10]


@pytest.mark.parametrize("index", [3, 4, -4, 100])
def test_places_outside_are_no_elements(index):
    with pytest.raises(IndexError):
        Steps(10, 20, 4)[index]


def test_an_empty_range_has_no_element():
    with pytest.raises(IndexError):
        Steps(3, 3)[0]
    assert len(Steps(3, 3)) == 0


def test_membership_is_that_of_pythons_range():
    for bounds in ALL:
        for value in (-8, -3, 0, 1, 4, 9):
            assert (value in Steps(*bounds)) == (value in range(*bounds))


@pytest.mark.parametrize(
    "cut",
    [
        slice(None),
        slice(1, 4),
        slice(None, None, -1),
        slice(-3, None),
        slice(8, 0, -2),
        slice(9, 2),
    ],
)
def test_a_slice_is_a_range_again(cut):
    for bounds in [(0, 30, 3), (5, -20, -4), (0, 0, 1), (2, 3, 5)]:
        part = Steps(*bounds)[cut]
        assert isinstance(part, Steps)
        assert list(part) == list(range(*bounds)[cut])


def test_it_takes_no_memory_and_no_time():
    steps = Steps(0, 10**15, 7)
    assert len(steps) == 142857142857143
    assert steps[-1] == 10**15 - 6
    assert 7 * 10**13 in steps
    assert 7 * 10**13 + 1 not in steps
    assert steps[10**14 :: 10**13][1] == 7 * (10**14 + 10**13)


def test_reversed_and_sorted_work_by_length_and_places():
    assert list(reversed(Steps(0, 7, 2))) == [6, 4, 2, 0]
    assert sorted(Steps(3, 0, -1)) == [1, 2, 3]
