import pytest


@pytest.fixture
def request():
    pass
