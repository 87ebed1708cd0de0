import pytest

LOG = []


@pytest.fixture(autouse=True)
def b_each():
    LOG.append("b")


@pytest.fixture(autouse=True)
def a_each(later):
    LOG.append("a")


@pytest.fixture
def later():
    LOG.append("later")


@pytest.fixture(autouse=True, scope="module")
def once():
    LOG.append("once")


@pytest.fixture(autouse=True, scope="session")
def first():
    LOG.append("first")


@pytest.fixture
def asked():
    LOG.append("asked")


def test_order(asked):
    assert LOG == ["first", "once", "later", "a", "b", "asked"]


def test_again():
    assert LOG[6:] == ["later", "a", "b"]


def test_shown():
    assert LOG == []
