import pytest


@pytest.mark.parametrise("x", [1])
def test_a(x):
    pass
