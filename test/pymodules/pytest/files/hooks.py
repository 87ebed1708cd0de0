import pytest


def pytest_generate_tests(metafunc):
    if "given" in metafunc.fixturenames:
        metafunc.parametrize("given", [1, 2], ids=["one", "two"])


def test_given(given):
    assert given == 1


def test_other():
    pass


class TestClass:
    def test_given(self, given):
        assert given == 2
