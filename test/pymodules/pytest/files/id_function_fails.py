import pytest


@pytest.mark.parametrize("x", [1], ids=lambda v: v.no)
def test_a(x):
    pass
