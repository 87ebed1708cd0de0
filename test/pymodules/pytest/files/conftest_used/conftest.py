import pytest


@pytest.fixture
def from_conftest():
    return [1, 2]


@pytest.fixture
def overridden():
    return "outer"


@pytest.fixture(autouse=True)
def always(request):
    request.node.user_properties.append(("always", True))


def check(value):
    assert value == 3


@pytest.fixture
def failing():
    assert [1] == [2], "in conftest"
