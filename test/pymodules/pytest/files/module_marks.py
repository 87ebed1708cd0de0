import pytest

pytestmark = [pytest.mark.xfail(reason="all of them"), pytest.mark.slow]


def test_fails():
    assert False


def test_passes():
    pass


class TestClass:
    pytestmark = pytest.mark.skip(reason="this class")

    def test_a(self):
        assert False
