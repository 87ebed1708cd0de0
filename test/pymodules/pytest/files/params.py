import collections
import enum
import math
import re

import pytest


class Color(enum.Enum):
    RED = 1


class Number(enum.IntEnum):
    ONE = 1


class Thing:
    pass


class Named:
    def __init__(self, name):
        self.__name__ = name


def func():
    pass


@pytest.mark.parametrize("x", [1, 2, 3])
def test_one(x):
    assert x < 3


@pytest.mark.parametrize("x,y", [(1, 2), (3, 4)])
def test_two(x, y):
    assert x + 1 == y


@pytest.mark.parametrize(("x", "y"), [(1, 2), [3, 4]])
def test_tuple_names(x, y):
    assert x + 1 == y


@pytest.mark.parametrize(["x"], [(1,), (2,)])
def test_list_name(x):
    assert x


@pytest.mark.parametrize("x, ", [1])
def test_comma(x):
    assert x


@pytest.mark.parametrize("value", [
    None, True, False, 0, -1, 10 ** 20, 1.5, 1.0, -0.0, 1e100, 1e-7, float("nan"), float("inf"), 1j, 2 + 3j,
    "", "a", "a b", "a\nb", "a\tb", "a\\b", "ä", "€", "😀", "\x00", "\x7f", "[x]", "a::b", "a-b",
    b"", b"abc", b"\x00\xff", b"\\n", b"a\nb",
    [1], (1, 2), {"a": 1}, {1}, object, int, Thing, Thing(), func, lambda: 1, len, math, math.sqrt, "x".upper,
    Color.RED, Number.ONE, re.compile("a.b"), re.compile(b"ab"), Named("called"), Named(3), range(3), ..., NotImplemented,
    ValueError, ValueError("x"), bytearray(b"a"), frozenset(), collections.OrderedDict,
])
def test_ids(value):
    pass


@pytest.mark.parametrize("a,b", [([1], "x"), ({}, 2), (3, Thing())])
def test_ids_joined(a, b):
    pass


@pytest.mark.parametrize("x", [1, 1, 2, 1])
def test_same(x):
    pass


@pytest.mark.parametrize("x", ["a", "a", "a0", "a"])
def test_same_suffix(x):
    pass


@pytest.mark.parametrize("x", ["a1", "a1", "a1_0"])
def test_same_digits(x):
    pass


@pytest.mark.parametrize("x", ["", ""])
def test_same_empty(x):
    pass


@pytest.mark.parametrize("x", [1, 2], ids=["one", "two"])
def test_listed(x):
    pass


@pytest.mark.parametrize("x", [1, 2, 3, 4, 5, 6, 7], ids=["one", None, 3, 2.5, True, Color.RED, int])
def test_listed_kinds(x):
    pass


@pytest.mark.parametrize("x", [1, 2], ids=iter(["a", "b"]))
def test_listed_iterator(x):
    pass


@pytest.mark.parametrize("x", [1, 2], ids=lambda v: "v%d" % v)
def test_function_ids(x):
    pass


@pytest.mark.parametrize("x", [1, "a", 2.5], ids=lambda v: None if v == "a" else repr(v) * 2)
def test_function_none(x):
    pass


@pytest.mark.parametrize("x,y", [(1, 2), (3, 4)], ids=lambda v: v * 10)
def test_function_number(x, y):
    pass


@pytest.mark.parametrize("x", [1, 2], ids=str)
def test_function_str(x):
    pass


@pytest.mark.parametrize("x", [1, 2], ids=lambda v: [v])
def test_function_list(x):
    pass


@pytest.mark.parametrize("x", [1, 2])
@pytest.mark.parametrize("y", ["a", "b"])
def test_stacked(x, y):
    assert (x, y) != (2, "b")


@pytest.mark.parametrize("x", [
    1,
    pytest.param(2, id="second"),
    pytest.param(3, marks=pytest.mark.skip(reason="three")),
    pytest.param(4, marks=[pytest.mark.xfail(reason="four")]),
    pytest.param(5, marks=pytest.mark.xfail(strict=True, reason="five")),
    pytest.param(6, id="ä €"),
    pytest.param(7, marks=(pytest.mark.slow, pytest.mark.skipif(True, reason="seven"))),
])
def test_param(x):
    assert x != 4


@pytest.mark.parametrize("x,y", [pytest.param(1, 2, id="p"), (3, 4)])
def test_param_two(x, y):
    pass


@pytest.mark.parametrize("x", [])
def test_empty(x):
    assert False


@pytest.mark.parametrize("x,y", [])
def test_empty_two(x, y):
    assert False


@pytest.mark.parametrize("x", [1, 2])
class TestClass:
    def test_a(self, x):
        pass

    @pytest.mark.parametrize("y", [3, 4])
    def test_b(self, x, y):
        assert x * y != 8


@pytest.mark.parametrize("text", ["a" * 50])
def test_long(text):
    pass


@pytest.mark.parametrize("x", (i for i in range(2)))
def test_generator(x):
    pass


@pytest.mark.parametrize("x", {"a": 1, "b": 2}.items())
def test_items(x):
    assert len(x) == 2


@pytest.mark.parametrize("x", "abc")
def test_text(x):
    pass


@pytest.mark.parametrize("x", range(3), scope="module")
def test_scope_first(x):
    pass


@pytest.mark.parametrize("x", range(3), scope="module")
def test_scope_second(x):
    pass


@pytest.mark.parametrize(argnames="x", argvalues=[1])
def test_keywords(x):
    pass


@pytest.mark.parametrize("x", [pytest.param(1, id=pytest.HIDDEN_PARAM)])
def test_hidden(x):
    pass


@pytest.fixture(params=[1, 2])
def number(request):
    return request.param


@pytest.fixture(params=["a", "b"], ids=["first", "second"])
def letter(request):
    return request.param


@pytest.fixture(params=[pytest.param(1, marks=pytest.mark.skip(reason="no one")), pytest.param(2, id="deux")])
def marked(request):
    return request.param


@pytest.fixture(params=[0, 1], ids=lambda n: "p%d" % n)
def called(request):
    return request.param


def test_number(number):
    assert number == 1


def test_number_letter(number, letter):
    pass


def test_letter_number(letter, number):
    pass


def test_marked(marked):
    assert marked == 2


def test_called(called):
    pass


@pytest.fixture
def doubled(number):
    return number * 2


def test_doubled(doubled):
    assert doubled in (2, 4)


@pytest.mark.parametrize("number", [7])
def test_direct_over_fixture(number):
    assert number == 7


@pytest.mark.parametrize("number", [7, 8], indirect=True)
def test_indirect(number):
    assert number == 7


@pytest.mark.parametrize("number,x", [(7, 1)], indirect=["number"])
def test_indirect_some(number, x):
    assert (number, x) == (7, 1)


@pytest.mark.parametrize("number", [7])
def test_direct_through(doubled):
    assert doubled == 14


def test_iter(request, number):
    assert request.node.callspec.params == {"number": number}
    assert request.node.name == "test_iter[%d]" % number
