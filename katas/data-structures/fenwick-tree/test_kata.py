import random

import pytest
from user_kata import Fenwick


def fenwick(values):
    out = Fenwick(len(values))
    for index, value in enumerate(values):
        out.add(index, value)
    return out


def test_prefixes_of_ones_are_counts():
    tree = fenwick([1] * 10)
    assert [tree.prefix(count) for count in range(11)] == list(range(11))


def test_ranges_are_sums_of_what_is_in_them():
    tree = fenwick([3, 1, 4, 1, 5, 9, 2, 6])
    assert tree.range_sum(0, 8) == 31
    assert tree.range_sum(2, 5) == 10
    assert tree.range_sum(5, 6) == 9
    assert tree.range_sum(4, 4) == 0


def test_entries_hold_as_many_elements_as_their_lowest_bit():
    tree = fenwick([1] * 12)
    assert tree.tree == [0, 1, 2, 1, 4, 1, 2, 1, 8, 1, 2, 1, 4]


def test_adding_to_an_element_again_adds_up():
    tree = fenwick([5, 5, 5])
    tree.add(1, -2)
    tree.add(1, -2)
    assert [tree.range_sum(i, i + 1) for i in range(3)] == [5, 1, 5]


def test_all_elements_are_zero_in_the_beginning():
    tree = Fenwick(5)
    assert [tree.prefix(count) for count in range(6)] == [0] * 6
    assert Fenwick(0).prefix(0) == 0


def test_one_element_alone():
    tree = fenwick([7])
    assert (tree.prefix(0), tree.prefix(1), tree.range_sum(0, 1)) == (0, 7, 7)


@pytest.mark.parametrize(
    "amount, count", [(-1, 0), (0, 0), (1, 2), (2, 2), (3, 4), (5, 4), (6, 6), (9, 6), (10, 7)]
)
def test_the_first_prefix_that_reaches_an_amount(amount, count):
    assert fenwick([0, 2, 0, 3, 0, 4]).first_reaching(amount) == count


def test_random_use_matches_a_list():
    rng = random.Random(67)
    for n in (1, 2, 3, 7, 8, 9, 16, 21):
        tree, plain = Fenwick(n), [0] * n
        for _ in range(40):
            index, amount = rng.randrange(n), rng.randint(0, 9)
            tree.add(index, amount)
            plain[index] += amount
            start = rng.randint(0, n)
            stop = rng.randint(start, n)
            assert tree.range_sum(start, stop) == sum(plain[start:stop])
            wanted = rng.randint(0, sum(plain) + 1)
            counts = [c for c in range(n + 1) if sum(plain[:c]) >= wanted]
            assert tree.first_reaching(wanted) == (counts[0] if counts else n + 1)


def test_a_large_tree_is_quick():
    tree = Fenwick(1_000_000)
    for index in range(0, 1_000_000, 1000):
        tree.add(index, 1)
    assert tree.prefix(1_000_000) == 1000
    assert tree.range_sum(1000, 3001) == 3
    assert tree.first_reaching(500) == 499_001
