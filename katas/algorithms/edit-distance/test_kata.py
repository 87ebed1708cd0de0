import itertools

import pytest
from user_kata import edit_distance


def by_search(a, b, limit=4):
    """The distance by trying all single edits, then all edits of what came out, and so on."""
    reached, letters = {a}, set(b)
    for distance in range(limit + 1):
        if b in reached:
            return distance
        longer = {t[:i] + x + t[i:] for t in reached for i in range(len(t) + 1) for x in letters}
        shorter = {t[:i] + t[i + 1 :] for t in reached for i in range(len(t))}
        other = {t[:i] + x + t[i + 1 :] for t in reached for i in range(len(t)) for x in letters}
        reached |= longer | shorter | other
    return None


@pytest.mark.parametrize(
    "a, b, distance",
    [
        ("kitten", "sitting", 3),
        ("recieve", "receive", 2),
        ("sunday", "saturday", 3),
        ("flaw", "lawn", 2),
        ("intention", "execution", 5),
        ("abc", "abc", 0),
        ("abc", "xyz", 3),
        ("ab", "ba", 2),
    ],
)
def test_known_words(a, b, distance):
    assert edit_distance(a, b) == distance
    assert edit_distance(b, a) == distance


@pytest.mark.parametrize("word", ["a", "word", "longer word"])
def test_from_nothing_every_letter_is_an_insertion(word):
    assert edit_distance("", word) == len(word)
    assert edit_distance(word, "") == len(word)


def test_nothing_is_no_edit_from_nothing():
    assert edit_distance("", "") == 0


@pytest.mark.parametrize("a, b", [("abcd", "bcd"), ("abcd", "abd"), ("abcd", "abc"), ("b", "ab")])
def test_one_letter_less_is_one_edit_wherever_it_was(a, b):
    assert edit_distance(a, b) == 1


def test_upper_and_lower_case_are_different_letters():
    assert edit_distance("Ärger", "ärger") == 1


def test_all_short_words_match_a_search():
    words = ["".join(w) for n in range(4) for w in itertools.product("ab", repeat=n)]
    for a in words[:9]:
        for b in words:
            assert edit_distance(a, b) == by_search(a, b)


def test_long_words_do_not_take_for_ever():
    assert edit_distance("ab" * 60, "ba" * 60) == 2
    assert edit_distance("x" * 100, "y" * 90) == 100
