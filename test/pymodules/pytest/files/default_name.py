import pytest


@pytest.mark.parametrize("x", [1])
def test_a(x=3):
    pass
