import random

import pytest
from user_kata import MinStack


def filled(*elements):
    stack = MinStack()
    for element in elements:
        stack.push(element)
    return stack


def test_what_was_pushed_last_is_popped_first():
    stack = filled(3, 1, 2)
    assert [stack.pop() for _ in range(3)] == [2, 1, 3]


def test_the_smallest_of_all_is_known_wherever_it_is():
    assert filled(5, 2, 8).smallest() == 2
    assert filled(1, 2, 3).smallest() == 1
    assert filled(3, 2, 1).smallest() == 1
    assert filled(7).smallest() == 7


def test_when_the_smallest_is_popped_the_one_before_is_back():
    stack = filled(4, 6, 1, 3)
    smallest = []
    while len(stack) > 0:
        smallest.append(stack.smallest())
        stack.pop()
    assert smallest == [1, 1, 4, 4]


def test_a_smallest_that_is_there_twice_stays_when_one_of_them_goes():
    stack = filled(2, 1, 1)
    assert stack.pop() == 1
    assert stack.smallest() == 1


def test_asking_for_the_smallest_takes_nothing_off():
    stack = filled(9, 4)
    assert (stack.smallest(), stack.smallest(), len(stack)) == (4, 4, 2)


def test_an_empty_stack_has_no_top_and_no_smallest():
    stack = filled(1)
    assert stack.pop() == 1
    assert len(stack) == 0
    with pytest.raises(IndexError):
        stack.pop()
    with pytest.raises(IndexError):
        stack.smallest()


def test_two_stacks_do_not_share_elements():
    one, other = filled(1), filled()
    assert (len(one), len(other)) == (1, 0)


def test_random_use_matches_a_list():
    rng = random.Random(29)
    stack, plain = filled(), []
    for _ in range(400):
        if plain and rng.random() < 0.45:
            assert stack.pop() == plain.pop()
        else:
            element = rng.randint(-9, 9)
            stack.push(element)
            plain.append(element)
        assert len(stack) == len(plain)
        if plain:
            assert stack.smallest() == min(plain)
