import pytest
from user_kata import primes_up_to


def divides_none(number):
    return number > 1 and all(number % divisor for divisor in range(2, number))


def test_the_primes_up_to_thirty():
    assert primes_up_to(30) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]


@pytest.mark.parametrize("limit, last", [(2, 2), (3, 3), (23, 23), (24, 23), (49, 47), (121, 113)])
def test_the_limit_itself_counts_when_it_is_prime(limit, last):
    assert primes_up_to(limit)[-1] == last


@pytest.mark.parametrize("limit", [-5, 0, 1])
def test_there_are_no_primes_below_two(limit):
    assert primes_up_to(limit) == []


@pytest.mark.parametrize("limit", [4, 9, 25, 48, 169, 300])
def test_no_prime_is_missing_and_no_other_number_is_there(limit):
    assert primes_up_to(limit) == [n for n in range(limit + 1) if divides_none(n)]


def test_there_are_as_many_as_there_should_be():
    assert [len(primes_up_to(10**n)) for n in range(1, 5)] == [4, 25, 168, 1229]
