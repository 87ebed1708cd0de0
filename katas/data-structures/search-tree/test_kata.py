import itertools
import random

import pytest
from user_kata import Node, in_order, insert, remove


def grown(values):
    tree = None
    for value in values:
        tree = insert(tree, value)
    return tree


def shape(tree):
    """The tree as nested tuples, to see who hangs where."""
    return None if tree is None else (shape(tree.left), tree.value, shape(tree.right))


def leaf(value):
    return (None, value, None)


def test_smaller_values_go_left_and_larger_ones_right():
    assert shape(grown([2, 1, 3])) == (leaf(1), 2, leaf(3))
    assert shape(grown([1, 3, 2])) == (None, 1, (leaf(2), 3, None))


def test_the_first_value_stays_the_root():
    tree = insert(None, 5)
    assert insert(tree, 3) is tree
    assert insert(tree, 8) is tree


def test_a_value_that_is_in_already_changes_nothing():
    assert shape(grown([2, 1, 2, 1])) == (leaf(1), 2, None)


def test_values_come_in_order_one_at_a_time():
    tree = grown([5, 2, 8, 1, 9, 3])
    assert [value for value in in_order(tree)] == [1, 2, 3, 5, 8, 9]
    assert next(in_order(tree)) == 1
    assert [value for value in in_order(grown([]))] == []


def test_words_can_be_kept_as_well():
    assert [w for w in in_order(grown(["pear", "fig", "apple"]))] == ["apple", "fig", "pear"]


def test_a_leaf_is_removed_without_a_trace():
    assert shape(remove(grown([2, 1, 3]), 1)) == (None, 2, leaf(3))
    assert shape(remove(grown([2, 1, 3]), 3)) == (leaf(1), 2, None)
    assert remove(grown([7]), 7) is None


def test_a_node_with_one_branch_gives_its_place_to_it():
    assert shape(remove(grown([5, 2, 1, 8]), 2)) == (leaf(1), 5, leaf(8))
    assert shape(remove(grown([5, 2, 3, 8]), 2)) == (leaf(3), 5, leaf(8))
    assert shape(remove(grown([5, 8, 9]), 5)) == (None, 8, leaf(9))
    assert shape(remove(grown([5, 8, 7]), 5)) == (leaf(7), 8, None)


def test_a_node_with_two_branches_takes_the_value_that_follows():
    tree = grown([5, 2, 9, 7, 6, 8])
    after = remove(tree, 5)
    assert after is tree
    assert shape(after) == (leaf(2), 6, ((None, 7, leaf(8)), 9, None))


def test_the_value_that_follows_may_be_right_below():
    assert shape(remove(grown([2, 1, 3, 4]), 2)) == (leaf(1), 3, leaf(4))


@pytest.mark.parametrize("values", [[], [1], [2, 1, 4]])
def test_what_is_not_in_cannot_be_removed(values):
    tree = grown(values)
    with pytest.raises(KeyError):
        remove(tree, 3)
    assert [value for value in in_order(tree)] == sorted(values)


def test_every_order_of_growing_and_every_removal_leave_the_rest_in_order():
    for values in itertools.permutations(range(5)):
        for gone in range(5):
            left = remove(grown(values), gone)
            assert [v for v in in_order(left)] == [v for v in range(5) if v != gone]


def test_random_use_matches_a_sorted_set():
    rng = random.Random(47)
    tree, plain = None, set()
    for _ in range(300):
        value = rng.randint(0, 30)
        if value in plain and rng.random() < 0.6:
            tree = remove(tree, value)
            plain.discard(value)
        else:
            tree = insert(tree, value)
            plain.add(value)
        assert [v for v in in_order(tree)] == sorted(plain)
    assert isinstance(tree, Node)
