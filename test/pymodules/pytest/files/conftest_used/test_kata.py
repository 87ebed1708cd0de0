import pytest


@pytest.fixture
def overridden(overridden):
    return overridden + " inner"


def test_used(from_conftest):
    from_conftest.append(3)
    assert from_conftest == [1, 2]


def test_fresh(from_conftest):
    assert from_conftest == [1, 2]


def test_overridden(overridden):
    assert overridden == "outer inner"


def test_always(request):
    assert request.node.user_properties == [("always", True)]


def test_failing(failing):
    pass
