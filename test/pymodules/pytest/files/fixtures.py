import pytest

LOG = []


@pytest.fixture
def one():
    return 1


@pytest.fixture()
def two(one):
    return one + 1


@pytest.fixture(name="three")
def make_three(one, two):
    return one + two


@pytest.fixture
def log():
    LOG.append("begin")
    yield LOG
    LOG.append("end")


@pytest.fixture(scope="module")
def shared():
    LOG.append("module")
    return []


@pytest.fixture(scope="session")
def wide():
    return {"n": 0}


@pytest.fixture(scope="class")
def of_class(wide):
    wide["n"] += 1
    return wide["n"]


@pytest.fixture
def broken():
    raise RuntimeError("cannot be made")


@pytest.fixture
def broken_end():
    yield 1
    raise RuntimeError("cannot be ended")


@pytest.fixture
def needs_broken(broken):
    return broken


@pytest.fixture
def skipping():
    pytest.skip("the fixture says so")


@pytest.fixture
def two_yields():
    yield 1
    yield 2


@pytest.fixture
def no_yield():
    if False:
        yield 1


@pytest.fixture
def asserting():
    assert 1 + 1 == 3


@pytest.fixture
def finalized(request):
    request.addfinalizer(lambda: LOG.append("last"))
    request.addfinalizer(lambda: LOG.append("first"))
    return request.node.name


def test_value(one, two, three):
    assert (one, two, three) == (1, 2, 3)


def test_log(log):
    assert log == ["begin"]


def test_log_ended():
    assert LOG == ["begin", "end"]


def test_shared(shared):
    shared.append(1)
    assert shared == [1]


def test_shared_again(shared):
    shared.append(2)
    assert shared == [1, 2]


def test_missing(no_such_fixture):
    pass


def test_broken(broken):
    pass


def test_needs_broken(needs_broken):
    pass


def test_broken_end(broken_end):
    assert broken_end == 1


def test_broken_end_and_test(broken_end):
    assert broken_end == 2


def test_skipping(skipping):
    assert False


def test_two_yields(two_yields):
    pass


def test_no_yield(no_yield):
    pass


def test_asserting(asserting):
    pass


def test_finalized(finalized):
    assert finalized == "test_finalized"


def test_finalized_order():
    assert LOG[-2:] == ["first", "last"]


def test_getfixturevalue(request):
    assert request.getfixturevalue("two") == 2


def test_getfixturevalue_missing(request):
    request.getfixturevalue("nothing")


def test_request(request):
    assert request.node.name == "test_request"
    assert request.function.__name__ == "test_request"
    assert request.cls is None
    assert request.scope == "function"
    assert request.fixturename is None
    assert request.module.LOG is LOG


class TestClass:
    @pytest.fixture
    def own(self):
        return self

    @pytest.fixture(autouse=True)
    def always(self):
        self.prepared = True

    def test_own(self, own):
        assert own is self
        assert self.prepared

    def test_of_class(self, of_class):
        assert of_class == 1

    def test_of_class_again(self, of_class):
        assert of_class == 1

    def test_request(self, request):
        assert request.cls is TestClass
        assert request.instance is self


class TestOther:
    def test_of_class(self, of_class):
        assert of_class == 2

    def test_no_always(self):
        assert not hasattr(self, "prepared")


class TestOverride:
    @pytest.fixture
    def one(self, one):
        return one * 10

    def test_one(self, one):
        assert one == 10

    def test_two(self, two):
        assert two == 11


@pytest.fixture
def circle(circle):
    return circle


def test_circle(circle):
    pass


@pytest.fixture
def left(right):
    pass


@pytest.fixture
def right(left):
    pass


def test_left(left):
    pass


@pytest.fixture(scope="session")
def too_wide(one):
    return one


def test_scope_mismatch(too_wide):
    pass


def test_called_directly():
    one()


@pytest.mark.usefixtures("log")
def test_usefixtures():
    assert LOG[-1] == "begin"


@pytest.mark.usefixtures("log")
class TestUsing:
    def test_in(self):
        assert LOG[-1] == "begin"
