import itertools
import random

import pytest
from user_kata import build_order


def first_by_the_alphabet(needs):
    """The rule as it is written, by looking through everything at each step."""
    left = sorted(set(needs).union(*needs.values()))
    order = []
    while left:
        thing = next(t for t in left if all(n in order for n in needs.get(t, [])))
        left.remove(thing)
        order.append(thing)
    return order


def test_what_is_needed_comes_first():
    needs = {"shoes": ["socks", "trousers"], "trousers": ["pants"], "belt": ["trousers"]}
    assert build_order(needs) == ["pants", "socks", "trousers", "belt", "shoes"]


def test_without_needs_the_alphabet_decides():
    assert build_order({"c": [], "a": [], "b": []}) == ["a", "b", "c"]


def test_nothing_has_an_empty_order():
    assert build_order({}) == []


def test_one_that_is_only_needed_by_others_is_placed_too():
    assert build_order({"b": ["z"], "a": ["z"]}) == ["z", "a", "b"]


def test_one_that_becomes_free_may_overtake_those_that_were_free_before():
    assert build_order({"a": ["m"], "z": [], "m": []}) == ["m", "a", "z"]


def test_a_thing_waits_for_all_of_its_needs():
    assert build_order({"a": ["b", "c", "d"], "b": ["d"], "c": [], "d": []}) == ["c", "d", "b", "a"]


@pytest.mark.parametrize(
    "needs",
    [
        {"a": ["a"]},
        {"a": ["b"], "b": ["a"]},
        {"a": [], "b": ["a", "d"], "c": ["b"], "d": ["c"]},
    ],
)
def test_a_circle_has_no_order(needs):
    with pytest.raises(ValueError, match="in a circle"):
        build_order(needs)


def test_what_was_given_is_left_as_it_was():
    needs = {"b": ["a"], "c": ["a", "b"]}
    assert build_order(needs) == ["a", "b", "c"]
    assert needs == {"b": ["a"], "c": ["a", "b"]}


def test_random_needs_match_a_slow_search():
    rng = random.Random(19)
    for _ in range(60):
        things = rng.sample("abcdefgh", 7)
        pairs = [pair for pair in itertools.combinations(things, 2) if rng.random() < 0.3]
        needs = {}
        for before, after in pairs:
            needs.setdefault(after, []).append(before)
        assert build_order(needs) == first_by_the_alphabet(needs)
