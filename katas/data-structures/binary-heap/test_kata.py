import itertools
import random

import pytest
from user_kata import Heap


class Counted:
    """A number that counts how often it is compared."""

    comparisons = 0

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Counted.comparisons += 1
        return self.value < other.value


def heaped(values):
    out = Heap()
    for value in values:
        out.push(value)
    return out


def assert_rule(heap):
    for place in range(1, len(heap.items)):
        assert not heap.items[place] < heap.items[(place - 1) // 2]


def emptied(heap):
    out = []
    while len(heap) > 0:
        out.append(heap.pop())
        assert_rule(heap)
    return out


def test_elements_come_out_from_the_smallest_to_the_largest():
    assert emptied(heaped([5, 2, 8, 1, 9, 3])) == [1, 2, 3, 5, 8, 9]


def test_the_smallest_is_at_the_top_after_every_push():
    heap, values = heaped([]), [4, 6, 2, 7, 1, 1, 0]
    for i, value in enumerate(values, 1):
        heap.push(value)
        assert heap.items[0] == min(values[:i])
        assert len(heap) == i
        assert_rule(heap)


def test_every_order_of_six_elements_is_put_right():
    for values in itertools.permutations([1, 2, 2, 3, 4, 5]):
        assert emptied(heaped(values)) == [1, 2, 2, 3, 4, 5]


def test_an_element_sinks_past_the_smaller_child():
    heap = heaped([])
    heap.items = [1, 5, 2, 7, 6, 3, 4]
    assert heap.pop() == 1
    assert heap.items == [2, 5, 3, 7, 6, 4]
    heap.items = [1, 2, 5, 3, 4, 7, 6]
    assert heap.pop() == 1
    assert heap.items == [2, 3, 5, 6, 4, 7]


def test_an_element_rises_past_its_parents_alone():
    heap = heaped([])
    heap.items = [1, 4, 2, 8, 5, 3]
    heap.push(0)
    assert heap.items == [0, 4, 1, 8, 5, 3, 2]


def test_equal_elements_stay_where_they_are():
    heap = heaped([(1, "a")])
    heap.items = [2, 2.0, 2]
    heap.push(2)
    assert [type(item) for item in heap.items] == [int, float, int, int]


def test_nothing_can_be_taken_from_an_empty_heap():
    heap = heaped([3])
    assert heap.pop() == 3
    assert len(heap) == 0
    with pytest.raises(IndexError):
        heap.pop()


def test_pairs_are_compared_by_their_first_part():
    assert emptied(heaped([(2, "b"), (1, "z"), (2, "a")])) == [(1, "z"), (2, "a"), (2, "b")]


def test_random_use_matches_a_sorted_list():
    rng = random.Random(59)
    heap, plain = heaped([]), []
    for _ in range(400):
        if plain and rng.random() < 0.45:
            assert heap.pop() == plain.pop(0)
        else:
            value = rng.randint(0, 50)
            heap.push(value)
            plain = sorted([*plain, value])
        assert_rule(heap)
        assert len(heap) == len(plain)


def test_a_thousand_elements_need_few_comparisons_each():
    heap = heaped(Counted(value) for value in range(1000, 0, -1))
    Counted.comparisons = 0
    heap.push(Counted(0))
    assert Counted.comparisons <= 10
    assert heap.pop().value == 0
    Counted.comparisons = 0
    assert heap.pop().value == 1
    assert Counted.comparisons <= 20
