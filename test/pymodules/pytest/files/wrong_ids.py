import pytest


@pytest.mark.parametrize("x", [1, 2], ids=["a"])
def test_a(x):
    pass
