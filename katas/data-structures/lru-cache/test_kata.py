import random

import pytest
from user_kata import LruCache


def cached(capacity, keys):
    out = LruCache(capacity)
    for key in keys:
        out.put(key, key.upper())
    return out


def present(cache, keys):
    """Which keys are in, without using them."""
    return [key for key in keys if key in cache.entries]


def test_what_was_put_is_found():
    cache = cached(2, "ab")
    assert (cache.get("a"), cache.get("b")) == ("A", "B")
    assert len(cache) == 2


def test_what_is_not_there_is_none_or_the_default():
    cache = cached(2, "a")
    assert cache.get("x") is None
    assert cache.get("x", 0) == 0
    assert len(cache) == 1


def test_the_oldest_goes_when_there_is_no_room():
    cache = cached(2, "abc")
    assert present(cache, "abc") == ["b", "c"]
    assert cache.get("a") is None


def test_reading_is_using():
    cache = cached(2, "ab")
    assert cache.get("a") == "A"
    cache.put("c", "C")
    assert present(cache, "abc") == ["a", "c"]


def test_writing_again_is_using_and_changes_the_value():
    cache = cached(2, "ab")
    cache.put("a", "new")
    cache.put("c", "C")
    assert present(cache, "abc") == ["a", "c"]
    assert cache.get("a") == "new"


def test_writing_an_old_key_throws_nobody_out():
    cache = cached(2, "ab")
    cache.put("b", 1)
    assert present(cache, "ab") == ["a", "b"]


def test_asking_for_what_is_not_there_uses_nothing():
    cache = cached(2, "ab")
    assert cache.get("x", "b") == "b"
    cache.put("c", "C")
    assert present(cache, "abc") == ["b", "c"]


@pytest.mark.parametrize("value", [None, 0, "", []])
def test_an_empty_value_is_a_value(value):
    cache = cached(1, "")
    cache.put("k", value)
    assert cache.get("k", "default") is value


def test_a_capacity_of_one_keeps_the_last():
    assert present(cached(1, "abc"), "abc") == ["c"]


def test_a_capacity_of_zero_keeps_nothing():
    cache = cached(0, "ab")
    assert len(cache) == 0
    assert cache.get("a") is None


def test_two_caches_share_nothing():
    assert len(cached(3, "abc")) == 3
    assert len(cached(3, "")) == 0


def test_random_use_matches_a_list_of_keys_by_use():
    rng = random.Random(61)
    for capacity in (1, 2, 5):
        cache, order = LruCache(capacity), []
        for step in range(300):
            key = rng.randint(0, 7)
            known = [entry for entry in order if entry[0] == key]
            if rng.random() < 0.5:
                assert cache.get(key, "none") == (known[0][1] if known else "none")
            else:
                known = [(key, step)]
                cache.put(key, step)
            order = [entry for entry in order if entry[0] != key] + known
            order = order[-capacity:]
            assert sorted(cache.entries) == sorted(entry[0] for entry in order)
