import itertools
import re

import pytest
from user_kata import first_unmatched


def is_balanced(text):
    """By taking out pairs that stand side by side until none is left."""
    before = None
    while before != text:
        before, text = text, re.sub(r"\(\)|\[\]|\{\}", "", text)
    return text == ""


@pytest.mark.parametrize(
    "text", ["", "()", "[]", "{}", "([]{})", "f(a[1], {b: (2)})", "no brackets", "()()", "((()))"]
)
def test_brackets_that_match(text):
    assert first_unmatched(text) is None


@pytest.mark.parametrize(
    "text, place",
    [
        (")", 0),
        ("(", 0),
        ("a)", 1),
        ("())", 2),
        ("([)]", 2),
        ("(]", 1),
        ("{)", 1),
        ("[}", 1),
        ("(()", 0),
        ("()[", 2),
        ("x(y[z", 1),
        ("(})(", 1),
        ("[[)]", 2),
    ],
)
def test_the_first_bracket_that_is_wrong(text, place):
    assert first_unmatched(text) == place


def test_a_closing_bracket_that_is_wrong_comes_before_one_that_is_never_closed():
    assert first_unmatched("( [ }") == 4


def test_all_short_texts_match_when_pairs_can_be_taken_out():
    for length in range(6):
        for letters in itertools.product("([)]", repeat=length):
            text = "".join(letters)
            assert (first_unmatched(text) is None) == is_balanced(text)


def test_what_stands_before_the_wrong_one_can_be_completed():
    closing = {"(": ")", "[": "]"}
    for letters in itertools.product("([)]", repeat=5):
        text = "".join(letters)
        place = first_unmatched(text)
        if place is not None and text[place] in ")]":
            opened = [letter for letter in text[:place]]
            left = []
            for letter in opened:
                left.append(letter) if letter in closing else left.pop()
            assert is_balanced(text[:place] + "".join(closing[x] for x in reversed(left)))


def test_depth_is_no_problem():
    assert first_unmatched("[" * 50_000 + "]" * 50_000) is None
    assert first_unmatched("[" * 50_000 + "]" * 49_999) == 0
