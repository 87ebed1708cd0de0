import random
from collections import deque

import pytest
from user_kata import LinkedList


def linked(*values):
    out = LinkedList()
    for value in values:
        out.push_back(value)
    return out


def assert_holds(linked_list, values):
    """The values, and that head and tail are the ends of the same chain."""
    assert [value for value in linked_list] == values
    nodes, node = [], linked_list.head
    while node is not None and len(nodes) <= len(values):
        nodes.append(node)
        node = node.next
    assert [node.value for node in nodes] == values
    assert linked_list.tail is (nodes[-1] if nodes else None)


def test_values_pushed_back_keep_their_order():
    assert_holds(linked(1, 2, 3), [1, 2, 3])


def test_values_pushed_front_come_in_reverse():
    out = linked()
    for value in "abc":
        out.push_front(value)
        assert out.head.value == value
    assert_holds(out, ["c", "b", "a"])


def test_front_and_back_meet_in_the_first_value():
    out = linked()
    out.push_front(2)
    assert_holds(out, [2])
    out.push_back(3)
    out.push_front(1)
    assert_holds(out, [1, 2, 3])


def test_an_empty_list_has_no_values_and_no_ends():
    assert_holds(linked(), [])


def test_pop_front_takes_the_first():
    out = linked(1, 2, 3)
    assert out.pop_front() == 1
    assert_holds(out, [2, 3])


def test_the_last_value_popped_leaves_no_ends_behind():
    out = linked(5)
    assert out.pop_front() == 5
    assert_holds(out, [])
    out.push_back(6)
    assert_holds(out, [6])
    assert out.pop_front() == 6
    with pytest.raises(IndexError):
        out.pop_front()


def test_none_is_a_value_like_others():
    out = linked(None, 0, None)
    assert out.pop_front() is None
    assert_holds(out, [0, None])


@pytest.mark.parametrize("values", [[], [1], [1, 2], [1, 2, 3, 4, 5]])
def test_reverse_turns_the_order_around_with_the_same_nodes(values):
    out = linked(*values)
    first = out.head
    out.reverse()
    assert_holds(out, values[::-1])
    assert out.tail is first
    out.push_back(9)
    out.push_front(8)
    assert_holds(out, [8, *values[::-1], 9])


def test_two_walks_at_once_do_not_disturb_each_other():
    out = linked(1, 2)
    assert [(a, b) for a in out for b in out] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_random_use_matches_a_deque():
    rng = random.Random(31)
    out, plain = linked(), deque()
    for step in range(300):
        action = rng.choice(["front", "back", "pop", "pop", "reverse"])
        if action == "front":
            out.push_front(step)
            plain.appendleft(step)
        elif action == "back":
            out.push_back(step)
            plain.append(step)
        elif action == "reverse":
            out.reverse()
            plain.reverse()
        elif plain:
            assert out.pop_front() == plain.popleft()
        assert_holds(out, list(plain))
