import pytest


@pytest.mark.parametrize("z", [1])
def test_a(x):
    pass
