import itertools
import random

import pytest
from user_kata import Version

ASCENDING = [
    "0.9",
    "1.0-alpha",
    "1.0-beta",
    "1",
    "1.0.1",
    "1.2",
    "1.9",
    "1.10",
    "2.0-rc",
    "2.0",
    "10",
]


def test_versions_sort_by_their_numbers_and_not_as_text():
    versions = [Version(text) for text in ASCENDING]
    random.Random(71).shuffle(versions)
    assert [version.text for version in sorted(versions)] == ASCENDING


def test_all_six_comparisons_agree():
    for (i, a), (j, b) in itertools.product(enumerate(ASCENDING), repeat=2):
        left, right = Version(a), Version(b)
        assert (left < right, left <= right, left > right) == (i < j, i <= j, i > j)
        assert (left >= right, left == right, left != right) == (i >= j, i == j, i != j)


@pytest.mark.parametrize(
    "one, other",
    [("1.2", "1.2.0"), ("1", "1.0.0"), ("0", "0.0"), ("1.02", "1.2"), ("3-a", "3.0-a")],
)
def test_missing_numbers_are_zero(one, other):
    assert Version(one) == Version(other)
    assert hash(Version(one)) == hash(Version(other))
    assert not Version(one) < Version(other)


@pytest.mark.parametrize(
    "one, other", [("1.2", "1.2-a"), ("1.0.1", "1.1"), ("10", "1"), ("1-a", "1-b")]
)
def test_others_are_not_equal(one, other):
    assert Version(one) != Version(other)


def test_equal_versions_are_one_element_of_a_set():
    assert len({Version("1.2"), Version("1.2.0"), Version("1.3"), Version("1.2-b")}) == 3
    assert {Version("2.0"): "two"}[Version("2")] == "two"


def test_zeros_in_the_middle_count():
    assert Version("1.0.5") != Version("1.5")
    assert Version("1.0.5") < Version("1.5")


def test_a_label_may_hold_further_dashes():
    assert Version("1-a-b") != Version("1-a")
    assert Version("1-a") < Version("1-a-b") < Version("1")


def test_repr_is_what_creates_it():
    assert repr(Version("1.0-rc")) == "Version('1.0-rc')"
    assert eval(repr(Version("2")), {"Version": Version}) == Version("2.0")


def test_a_version_is_no_text():
    assert (Version("1.0") == "1.0") is False
    with pytest.raises(TypeError):
        assert Version("1.0") < "1.1"
    with pytest.raises(TypeError):
        assert Version("1.0") >= 1


def test_what_is_no_number_is_an_error():
    for text in ["", "one", "1..2", "1.x"]:
        with pytest.raises(ValueError):
            Version(text)


def test_the_newest_is_found_with_max():
    assert max(Version("1.9"), Version("1.10"), Version("1.10-rc")).text == "1.10"
