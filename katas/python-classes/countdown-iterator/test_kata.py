import itertools

import pytest
from user_kata import Countdown, Walk


def test_a_loop_counts_down_to_one():
    assert [number for number in Countdown(3)] == [3, 2, 1]


@pytest.mark.parametrize("start", [0, -1, -10])
def test_below_one_there_is_nothing_to_count(start):
    assert list(Countdown(start)) == []


def test_a_countdown_can_be_walked_again():
    countdown = Countdown(2)
    assert list(countdown) == [2, 1]
    assert list(countdown) == [2, 1]
    assert countdown.start == 2


def test_two_loops_at_once_do_not_disturb_each_other():
    countdown = Countdown(2)
    assert [(a, b) for a in countdown for b in countdown] == [(2, 2), (2, 1), (1, 2), (1, 1)]


def test_next_takes_one_step():
    walk = iter(Countdown(2))
    assert (next(walk), next(walk)) == (2, 1)
    assert next(walk, "over") == "over"


def test_a_walk_is_its_own_iterator_and_goes_on_where_it_was():
    walk = iter(Countdown(5))
    assert iter(walk) is walk
    assert list(itertools.islice(walk, 2)) == [5, 4]
    assert list(walk) == [3, 2, 1]


def test_a_walk_that_is_over_stays_over():
    walk = Walk(1)
    assert list(walk) == [1]
    for _ in range(3):
        with pytest.raises(StopIteration):
            next(walk)


def test_whatever_takes_something_to_loop_over_takes_a_countdown():
    assert sum(Countdown(100)) == 5050
    assert max(Countdown(7)) == 7
    assert 4 in Countdown(5)
    first, *rest = Countdown(4)
    assert (first, rest) == (4, [3, 2, 1])
    assert dict(zip("ab", Countdown(2))) == {"a": 2, "b": 1}
