import random

import pytest
from user_kata import HashMap


class Clash:
    """A key whose hash is that of all others of its kind."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return self.name == other.name


def mapped(pairs):
    out = HashMap()
    for key, value in pairs:
        out[key] = value
    return out


def assert_in_place(out):
    """Every key is in the bucket of its hash, and all of them are counted."""
    keys = [key for bucket in out.buckets for key, _ in bucket]
    assert len(out) == len(keys)
    for i, bucket in enumerate(out.buckets):
        assert all(hash(key) % len(out.buckets) == i for key, _ in bucket)


def test_values_are_found_by_their_keys():
    out = mapped([("one", 1), ("two", 2), ((3, 4), "pair")])
    assert (out["one"], out["two"], out[3, 4]) == (1, 2, "pair")
    assert len(out) == 3
    assert_in_place(out)


def test_a_key_that_is_written_again_has_its_new_value_alone():
    out = mapped([("a", 1), ("b", 2), ("a", 3)])
    assert (out["a"], out["b"], len(out)) == (3, 2, 2)


@pytest.mark.parametrize("key", ["c", 0, None, ("a",)])
def test_a_key_that_is_not_in_is_an_error(key):
    out = mapped([("a", 1)])
    with pytest.raises(KeyError):
        out[key]
    with pytest.raises(KeyError):
        del out[key]
    assert len(out) == 1


def test_keys_of_one_hash_are_told_apart():
    out = mapped([(Clash("x"), 1), (Clash("y"), 2), (Clash("z"), 3)])
    assert [out[Clash(name)] for name in "xyz"] == [1, 2, 3]
    del out[Clash("y")]
    assert [out[Clash(name)] for name in "xz"] == [1, 3]
    with pytest.raises(KeyError):
        out[Clash("y")]


def test_none_and_false_are_values_like_others():
    out = mapped([("a", None), ("b", False)])
    assert out["a"] is None
    assert out["b"] is False
    del out["a"]
    assert len(out) == 1


def test_equal_keys_of_different_types_are_one_key_as_in_a_dictionary():
    out = mapped([(1, "int"), (1.0, "float"), (True, "bool")])
    assert (len(out), out[1]) == (1, "bool")


def test_buckets_double_when_there_are_more_keys_than_buckets():
    out, sizes = HashMap(), []
    for key in range(20):
        out[key] = key * key
        sizes.append(len(out.buckets))
        assert_in_place(out)
    assert sizes == [4] * 4 + [8] * 4 + [16] * 8 + [32] * 4
    assert [out[key] for key in range(20)] == [key * key for key in range(20)]


def test_writing_an_old_key_again_makes_no_room():
    out = mapped([(key, 0) for key in range(4)])
    out[0] = 1
    assert len(out.buckets) == 4


def test_a_key_that_was_deleted_can_come_back():
    out = mapped([("a", 1)])
    del out["a"]
    assert len(out) == 0
    out["a"] = 2
    assert (out["a"], len(out)) == (2, 1)


def test_random_use_matches_a_dictionary():
    rng = random.Random(53)
    out, plain = HashMap(), {}
    for step in range(600):
        key = rng.randint(-40, 40)
        if key in plain and rng.random() < 0.4:
            del out[key], plain[key]
        else:
            out[key] = plain[key] = step
        assert len(out) == len(plain)
    assert_in_place(out)
    assert {key: out[key] for key in plain} == plain
