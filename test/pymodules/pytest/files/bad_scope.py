import pytest


@pytest.fixture(scope="galaxy")
def a():
    pass


def test_a(a):
    pass
