import itertools

import pytest
from user_kata import balances, bookings


def test_each_booking_has_its_balance():
    assert list(balances([5, -2, 10])) == [5, 3, 13]
    assert list(balances([5, -2, 10], 100)) == [105, 103, 113]


def test_no_bookings_have_no_balance():
    assert list(balances([], 100)) == []
    assert list(bookings([], 100)) == []


def test_bookings_are_the_differences():
    assert list(bookings([5, 3, 13])) == [5, -2, 10]
    assert list(bookings([105, 103, 103], 100)) == [5, -2, 0]


@pytest.mark.parametrize("start", [0, 7, -3])
def test_one_undoes_the_other(start):
    amounts = [3, 0, -8, 8, 1]
    assert list(bookings(balances(amounts, start), start)) == amounts


def test_a_source_that_never_ends_is_no_problem():
    assert list(itertools.islice(balances(itertools.count(1)), 5)) == [1, 3, 6, 10, 15]
    assert list(itertools.islice(bookings(itertools.count(4, 2)), 3)) == [4, 2, 2]


@pytest.mark.parametrize("function", [balances, bookings])
def test_values_are_taken_only_when_they_are_needed(function):
    taken = []

    def source():
        for value in (1, 3, 6):
            taken.append(value)
            yield value

    results = function(source())
    assert taken == []
    assert next(results) == 1
    assert taken == [1]
    assert len(list(results)) == 2
    assert taken == [1, 3, 6]


def test_a_generator_is_used_up_after_one_walk():
    results = balances([1, 2])
    assert list(results) == [1, 3]
    assert list(results) == []


def test_two_generators_do_not_share_their_totals():
    one, other = balances([1, 1, 1]), balances([10, 10, 10])
    assert [next(one), next(other), next(one), next(other)] == [1, 10, 2, 20]
