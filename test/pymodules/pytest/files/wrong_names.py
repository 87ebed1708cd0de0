import pytest


@pytest.mark.parametrize("x,y", [(1, 2, 3)])
def test_a(x, y):
    pass
