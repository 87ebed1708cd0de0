import pytest


@pytest.fixture
@pytest.fixture
def a():
    pass
