import pytest


@pytest.mark.parametrize("x", [1], indirect=["y"])
def test_a(x):
    pass
