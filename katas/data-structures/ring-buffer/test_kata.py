import random
from collections import deque

import pytest
from user_kata import RingBuffer


def ring(capacity, elements):
    out = RingBuffer(capacity)
    for element in elements:
        out.append(element)
    return out


def test_elements_come_oldest_first():
    assert list(ring(5, "abc")) == ["a", "b", "c"]


def test_a_full_buffer_forgets_the_oldest():
    assert list(ring(3, range(4))) == [1, 2, 3]
    assert list(ring(3, range(11))) == [8, 9, 10]


def test_the_length_grows_to_the_capacity_and_no_further():
    out = RingBuffer(3)
    lengths = [len(out)]
    for element in range(5):
        out.append(element)
        lengths.append(len(out))
    assert lengths == [0, 1, 2, 3, 3, 3]


def test_elements_are_reached_from_both_ends():
    out = ring(4, range(10))
    assert [out[i] for i in range(4)] == [6, 7, 8, 9]
    assert [out[i] for i in range(-4, 0)] == [6, 7, 8, 9]


@pytest.mark.parametrize("index", [2, 3, 4, -3, -4])
def test_a_slot_that_is_not_in_use_is_no_element(index):
    with pytest.raises(IndexError):
        ring(4, "ab")[index]


def test_take_removes_the_oldest_and_leaves_nothing_of_it_in_the_slots():
    out = ring(3, "abcd")
    assert out.take() == "b"
    assert "b" not in out.slots
    assert (list(out), len(out)) == (["c", "d"], 2)
    out.append("e")
    assert list(out) == ["c", "d", "e"]


def test_nothing_can_be_taken_from_an_empty_buffer():
    out = ring(2, "a")
    assert out.take() == "a"
    with pytest.raises(IndexError):
        out.take()
    with pytest.raises(IndexError):
        out[0]
    assert len(out) == 0


def test_a_buffer_of_one_slot_holds_the_newest():
    out = ring(1, "xyz")
    assert list(out) == ["z"]
    assert out[-1] == "z"


def test_the_slots_are_filled_from_the_first_on_and_never_grow():
    assert ring(4, "ab").slots == ["a", "b", None, None]
    assert ring(3, range(50)).slots == [48, 49, 47]


def test_random_use_matches_a_deque_with_a_maximum():
    rng = random.Random(37)
    for capacity in (1, 2, 3, 7):
        out, plain = RingBuffer(capacity), deque(maxlen=capacity)
        for element in range(150):
            if plain and rng.random() < 0.4:
                assert out.take() == plain.popleft()
            else:
                out.append(element)
                plain.append(element)
            assert list(out) == list(plain)
            assert len(out) == len(plain)
