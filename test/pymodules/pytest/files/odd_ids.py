import pytest


@pytest.mark.parametrize("x", [1, 2], ids=["a", [1]])
def test_a(x):
    pass
