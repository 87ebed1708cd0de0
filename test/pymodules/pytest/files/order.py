import pytest

LOG = []


@pytest.fixture(scope="module", params=["a", "b"])
def wide(request):
    LOG.append("begin " + request.param)
    yield request.param
    LOG.append("end " + request.param)


@pytest.fixture(scope="session", params=[1, 2])
def wider(request):
    return request.param


@pytest.fixture(scope="class", params=["x", "y"])
def of_class(request):
    return request.param


def test_first(wide):
    pass


def test_plain():
    pass


def test_second(wide):
    pass


def test_both(wide, wider):
    pass


class TestClass:
    def test_one(self, of_class):
        pass

    def test_two(self, of_class, wide):
        pass

    @pytest.mark.parametrize("n", [1, 2])
    def test_three(self, n, wider):
        pass


def test_log():
    assert LOG[0] == "begin a"
    assert LOG.count("begin a") == 0
