import random

import pytest
from user_kata import Trie

WORDS = ["tea", "team", "ten", "to", "inn", "in", "i"]


def trie(words):
    out = Trie()
    for word in words:
        out.add(word)
    return out


def test_words_that_were_added_are_in():
    out = trie(WORDS)
    assert all(word in out for word in WORDS)


@pytest.mark.parametrize("word", ["te", "t", "", "teams", "tan", "nn", "x"])
def test_others_are_not_even_when_they_are_the_beginning_of_one(word):
    assert (word in trie(WORDS)) is False


def test_words_are_found_by_their_beginning_in_order():
    out = trie(WORDS)
    assert out.starting_with("te") == ["tea", "team", "ten"]
    assert out.starting_with("i") == ["i", "in", "inn"]
    assert out.starting_with("team") == ["team"]
    assert out.starting_with("") == sorted(WORDS)


def test_a_beginning_that_no_word_has_finds_nothing():
    assert trie(WORDS).starting_with("tex") == []
    assert trie(WORDS).starting_with("teams") == []
    assert trie([]).starting_with("") == []


def test_a_node_is_there_for_every_beginning_and_for_nothing_else():
    out = trie(["ab"])
    assert out.find("") is out
    assert out.find("a") is not None
    assert out.find("a").is_word is False
    assert out.find("ab").is_word is True
    assert out.find("b") is None
    assert out.find("abc") is None


def test_words_that_begin_alike_share_their_nodes():
    out = trie(["tea", "ten"])
    before = out.find("te")
    out.add("ted")
    assert out.find("te") is before
    assert sorted(before.branches) == ["a", "d", "n"]


def test_the_empty_word_is_a_word_when_it_is_added():
    out = trie(["a"])
    assert "" not in out
    out.add("")
    assert "" in out
    assert out.starting_with("") == ["", "a"]


def test_adding_twice_is_adding_once():
    assert trie(["go", "go"]).starting_with("g") == ["go"]


def test_asking_leaves_no_nodes_behind():
    out = trie(["a"])
    assert "abc" not in out
    assert out.starting_with("b") == []
    assert sorted(out.branches) == ["a"]
    assert out.find("a").branches == {}


def test_random_words_match_a_search_through_all():
    rng = random.Random(41)
    words = {"".join(rng.choices("abc", k=rng.randint(0, 5))) for _ in range(60)}
    out = trie(words)
    for beginning in ["", "a", "ab", "abc", "cab", "bbbb", "ccccc", "ba"]:
        expected = sorted(word for word in words if word.startswith(beginning))
        assert out.starting_with(beginning) == expected
        assert (beginning in out) == (beginning in words)
