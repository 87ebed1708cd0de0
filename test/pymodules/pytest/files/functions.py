import pytest


def test_passes():
    assert True


def test_fails():
    assert 1 == 2


def test_error():
    raise RuntimeError("boo")


def test_key_error():
    {}["missing"]


def test_no_message():
    raise ValueError


def test_skip():
    pytest.skip("not today")


def test_skip_bare():
    pytest.skip()


def test_fail():
    pytest.fail("on purpose")


def test_fail_without_trace():
    pytest.fail("on purpose", pytrace=False)


def test_fail_bare():
    pytest.fail()


def test_xfail():
    pytest.xfail("known")


def test_exit_code():
    raise SystemExit(3)


def test_importorskip():
    pytest.importorskip("no_such_module_at_all")


def test_importorskip_reason():
    pytest.importorskip("no_such_module_at_all", reason="it is not here")


def test_importorskip_found():
    assert pytest.importorskip("math").pi > 3


def helper():
    assert False, "never collected"


class NotATest:
    def test_inside(self):
        assert False


class Test:
    def test_method(self):
        assert self.value() == 2

    def value(self):
        return 1


class TestWithInit:
    def __init__(self):
        pass

    def test_inside(self):
        assert False


class TestNested:
    class TestInner:
        def test_deep(self):
            assert [] == [1]

    def test_after(self):
        pass


class TestStatic:
    @staticmethod
    def test_static():
        assert 1 == 2

    @classmethod
    def test_class(cls):
        assert cls is None

    def test_kept(self):
        self.x = 1

    def test_fresh(self):
        assert not hasattr(self, "x")


class Base:
    def test_inherited(self):
        assert self.number == 3


class TestOne(Base):
    number = 3

    def test_own(self):
        pass


class TestTwo(Base):
    number = 4

    def test_own(self):
        pass


def test_duplicate():
    assert False


def test_duplicate():  # noqa: F811
    assert True


test_lambda = lambda: None  # noqa: E731
test_value = 3


class TestOff:
    __test__ = False

    def test_inside(self):
        assert False


def test_off():
    assert False


test_off.__test__ = False


def test_default(x=3):
    assert x == 3


def test_nested_function():
    def test_inner():
        assert False


async def test_async():
    pass


def testcamel():
    pass


class Testcamel:
    def testit(self):
        pass
