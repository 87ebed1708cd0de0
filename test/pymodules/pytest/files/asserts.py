"""Asserts that fail, each in a test of its own."""
import collections
import dataclasses
import decimal
import enum
import fractions
import math
import re
import types

import pytest

GLOBAL = 3
WORDS = ["one", "two"]


def f(x=1):
    return x * x


def pair(*args, **kwargs):
    return args, sorted(kwargs.items())


def none():
    return None


class Plain:
    def __init__(self, value=7):
        self.value = value

    def get(self, extra=0):
        return self.value + extra

    @property
    def double(self):
        return self.value * 2

    def __repr__(self):
        return "Plain(%r)" % self.value


class Broken:
    def __repr__(self):
        raise ValueError("no repr")


class Falsy:
    def __bool__(self):
        return False

    def __repr__(self):
        return "Falsy()"


class Lines:
    def __repr__(self):
        return "first\nsecond"


@dataclasses.dataclass
class Point:
    x: int
    y: int


@dataclasses.dataclass
class Shape:
    name: str
    at: Point
    tags: list


@dataclasses.dataclass
class Secret:
    a: int
    b: int = dataclasses.field(compare=False, default=0)


@dataclasses.dataclass
class OwnEq:
    a: int

    def __eq__(self, other):
        return False


Named = collections.namedtuple("Named", "a b")


class Color(enum.Enum):
    RED = 1
    BLUE = 2


def test_000():
    assert f(3) == 4


def test_001():
    assert f(2)


def test_002():
    assert none()


def test_003():
    assert not f(2)


def test_004():
    assert not f(x=2) == 4


def test_005():
    assert f(f(2)) == 17


def test_006():
    assert f(2) + f(3) == 14


def test_007():
    assert f(2) - 1 > 5


def test_008():
    assert -f(2) == 4


def test_009():
    assert +f(2) == 5


def test_010():
    assert ~f(2) == 5


def test_011():
    assert f(2) == 4 and f(3) == 4


def test_012():
    assert f(2) == 5 or f(3) == 4


def test_013():
    assert f(2) == 5 or f(3) == 4 or f(4) == 1


def test_014():
    assert (f(2) == 4 or f(1) == 0) and f(3) == 8


def test_015():
    assert f(2) and none()


def test_016():
    assert none() or 0


def test_017():
    assert False or ""


def test_018():
    assert True and 0


def test_019():
    assert not (True and f(1))


def test_020():
    assert not (f(1) or none())


def test_021():
    assert 1 < f(2) < 3


def test_022():
    assert 1 < 0 < f(3)


def test_023():
    assert 5 > f(2) > 3 > 8


def test_024():
    assert (1 < 2) == False


def test_025():
    assert (1 and 2) == 3


def test_026():
    assert 1 == (2 or 3)


def test_027():
    assert False


def test_028():
    assert 0


def test_029():
    assert None


def test_030():
    assert ""


def test_031():
    assert []


def test_032():
    assert {}


def test_033():
    assert 1 == 2


def test_034():
    assert 1.5 == 2


def test_035():
    assert 1 != 1


def test_036():
    assert 3 < 2


def test_037():
    assert 3 <= 2


def test_038():
    assert 2 > 3


def test_039():
    assert 2 >= 3


def test_040():
    assert 1 is 2 - 0


def test_041():
    assert None is not None


def test_042():
    assert none() is not None


def test_043():
    assert f(2) is None


def test_044():
    assert 4 in [1, 2, 3]


def test_045():
    assert 1 not in [1, 2, 3]


def test_046():
    assert "a" in "xyz"


def test_047():
    assert "a" not in "xyzabc"


def test_048():
    assert "needle" not in "a long text with a needle in it and more text after it"


def test_049():
    assert "abc" not in "abc"


def test_050():
    assert "x" in {"a": 1}


def test_051():
    assert "a" not in {"a": 1}


def test_052():
    assert GLOBAL == 4


def test_053():
    assert GLOBAL is None


def test_054():
    assert WORDS == ["one", "three"]


def test_055():
    assert WORDS[0] == "two"


def test_056():
    assert len(WORDS) == 3


def test_057():
    assert len(WORDS[0]) == len(WORDS)


def test_058():
    assert sum([1, 2, 3]) == 7


def test_059():
    assert max(WORDS, key=len) == "three"


def test_060():
    assert math.sqrt(4) == 3


def test_061():
    assert math.pi == 3


def test_062():
    assert math.floor(2.5) in (3, 4)


def test_063():
    assert isinstance(3, str)


def test_064():
    assert isinstance(GLOBAL, (str, float))


def test_065():
    assert issubclass(int, str)


def test_066():
    assert callable(3)


def test_067():
    assert hasattr(WORDS, "nope")


def test_068():
    assert all(x > 1 for x in [1, 2])


def test_069():
    assert any([])


def test_070():
    assert all([f(2) == 4, f(3) == 8])


def test_071():
    assert Plain().value == 8


def test_072():
    assert Plain().get() == 8


def test_073():
    assert Plain().get(extra=2) == 8


def test_074():
    assert Plain(3).get(*[1]) == 8


def test_075():
    assert Plain(3).double == 7


def test_076():
    assert Plain() is None


def test_077():
    assert Plain() == Plain(7)


def test_078():
    assert not Plain()


def test_079():
    assert Plain().get


def test_080():
    assert Plain.get is None


def test_081():
    assert Plain is None


def test_082():
    assert f is None


def test_083():
    assert math is None


def test_084():
    assert pair(1, 2, a=3) == ((1, 2), [("a", 4)])


def test_085():
    assert pair(*[1, 2], **{"a": 3}) == 0


def test_086():
    assert pair(1, *WORDS) == 0


def test_087():
    assert pair(f(2), b=f(3)) == ()


def test_088():
    assert "abc" == "abd"


def test_089():
    assert "abc" == "abcd"


def test_090():
    assert "" == "abc"


def test_091():
    assert "a" == ""


def test_092():
    assert "foo\nbar" == "foo\nbaz"


def test_093():
    assert "foo\nbar\n" == "foo\nbar"


def test_094():
    assert "one\ntwo\nthree\nfour" == "one\n2\nthree\nfour\nfive"


def test_095():
    assert "\n" == "  "


def test_096():
    assert "  " == ""


def test_097():
    assert "tab\there" == "tab here"


def test_098():
    assert "ä" == "a\u0308"


def test_099():
    assert "é" == "e"


def test_100():
    assert "same start " * 6 + "a" == "same start " * 6 + "b"


def test_101():
    assert "a" + " same end" * 6 == "b" + " same end" * 6


def test_102():
    assert "x" * 100 == "x" * 101


def test_103():
    assert "it's" == 'it"s'


def test_104():
    assert b"abc" == b"abd"


def test_105():
    assert b"abc" == b"abcd"


def test_106():
    assert b"" == b"a"


def test_107():
    assert "abc" == b"abc"


def test_108():
    assert "abc" == 3


def test_109():
    assert "abc".upper() == "abc"


def test_110():
    assert "a,b".split(",") == ["a", "c"]


def test_111():
    assert " ".join(WORDS) == "one  two"


def test_112():
    assert "{} {}".format(1, 2) == "1 3"


def test_113():
    assert f"{GLOBAL}" == "4"


def test_114():
    assert [1, 2, 3] == [1, 2, 4]


def test_115():
    assert [1, 2, 3] == [1, 2]


def test_116():
    assert [1, 2] == [1, 2, 3, 4]


def test_117():
    assert [] == [1]


def test_118():
    assert [1] == []


def test_119():
    assert [[1, 2], [3]] == [[1, 2], [4]]


def test_120():
    assert [1, "a", None, 2.5] == [1, "b", None, 2.5]


def test_121():
    assert list(range(20)) == list(range(21))


def test_122():
    assert [Point(1, 2)] == [Point(1, 3)]


def test_123():
    assert ["a" * 30, "b" * 30, "c" * 30] == ["a" * 30, "b" * 30, "d" * 30]


def test_124():
    assert (1, 2) == (1, 3)


def test_125():
    assert (1,) == (1, 2)


def test_126():
    assert () == (1,)


def test_127():
    assert (1, 2) == [1, 2]


def test_128():
    assert [1, 2] == (1, 2)


def test_129():
    assert ((1, 2), (3, 4)) == ((1, 2), (3, 5))


def test_130():
    assert {1, 2, 3} == {1, 2, 4}


def test_131():
    assert {1} == {1, 2}


def test_132():
    assert set() == {1}


def test_133():
    assert {"a"} == set()


def test_134():
    assert {1, 2} != {1, 2}


def test_135():
    assert {1, 2} < {1, 2}


def test_136():
    assert {1, 2} > {1, 2}


def test_137():
    assert {1, 2} <= {1}


def test_138():
    assert {1} >= {1, 2}


def test_139():
    assert {1, 3} < {1, 2}


def test_140():
    assert frozenset([1]) == {2}


def test_141():
    assert frozenset([1, 2]) == frozenset([1])


def test_142():
    assert {"a": 1} == {"a": 2}


def test_143():
    assert {"a": 1} == {"b": 1}


def test_144():
    assert {"a": 1, "b": 2} == {"a": 1, "b": 3}


def test_145():
    assert {"a": 1} == {"a": 1, "b": 2}


def test_146():
    assert {"a": 1, "b": 2} == {"a": 1}


def test_147():
    assert {} == {"a": 1}


def test_148():
    assert {"a": {"b": [1, 2]}} == {"a": {"b": [1, 3]}}


def test_149():
    assert {1: "x", "y": 2.5} == {1: "x", "y": 2.0}


def test_150():
    assert not {"a": 1} == {"a": 1}


def test_151():
    assert not [1] == [1]


def test_152():
    assert not "a" == "a"


def test_153():
    assert {"k" * 20: "v" * 40, "l": 1} == {"k" * 20: "w" * 40, "l": 1}


def test_154():
    assert collections.OrderedDict(a=1) == collections.OrderedDict(a=2)


def test_155():
    assert collections.Counter("aab") == collections.Counter("ab")


def test_156():
    assert collections.defaultdict(int, a=1) == {"a": 2}


def test_157():
    assert collections.deque([1, 2]) == collections.deque([1, 3])


def test_158():
    assert collections.deque([1], maxlen=3) == [1]


def test_159():
    assert Point(1, 2) == Point(1, 3)


def test_160():
    assert Point(1, 2) == Point(3, 4)


def test_161():
    assert Point(1, 2) == (1, 2)


def test_162():
    assert Point(1, 2).x == 2


def test_163():
    assert Shape("a", Point(1, 2), [1]) == Shape("a", Point(1, 3), [1])


def test_164():
    assert Shape("a", Point(1, 2), [1]) == Shape("b", Point(1, 2), [2])


def test_165():
    assert Shape("a\nb", Point(1, 2), []) == Shape("a\nc", Point(1, 2), [])


def test_166():
    assert Secret(1, 2) == Secret(2, 2)


def test_167():
    assert OwnEq(1) == OwnEq(1)


def test_168():
    assert Named(1, 2) == Named(1, 3)


def test_169():
    assert Named(1, 2) == (1, 3)


def test_170():
    assert Color.RED == Color.BLUE


def test_171():
    assert Color.RED is Color.BLUE


def test_172():
    assert Color.RED.value == 2


def test_173():
    assert Color.RED in [Color.BLUE]


def test_174():
    assert decimal.Decimal("1.5") == decimal.Decimal("1.6")


def test_175():
    assert fractions.Fraction(1, 2) == fractions.Fraction(1, 3)


def test_176():
    assert 1 + 2j == 1 + 3j


def test_177():
    assert range(3) == range(4)


def test_178():
    assert types.SimpleNamespace(a=1) == types.SimpleNamespace(a=2)


def test_179():
    assert [types.SimpleNamespace(a=1)] == [types.SimpleNamespace(a=2)]


def test_180():
    assert types.MappingProxyType({"a": 1}) == {"a": 2}


def test_181():
    assert bytearray(b"abc") == bytearray(b"abd")


def test_182():
    assert [b"x" * 40] == [b"x" * 41]


def test_183():
    assert [bytearray(b"abcdef")] == [bytearray(b"abcdeg")]


def test_184():
    assert [("a" * 100 + " ") * 2] == ["b"]


def test_185():
    assert [{"a": [1, 2, {"b": 3}]}] == [{"a": [1, 2, {"b": 4}]}]


def test_186():
    assert Falsy()


def test_187():
    assert Falsy() or Falsy()


def test_188():
    assert not not Falsy()


def test_189():
    assert Lines() == 1


def test_190():
    assert Lines() is None


def test_191():
    assert f(2) == Lines()


def test_192():
    assert re.match("a", "b")


def test_193():
    assert re.search("a+", "bb") is not None


def test_194():
    assert re.match("b", "b") is None


def test_195():
    assert (lambda: 3)() == 4


def test_196():
    assert [x for x in range(3)] == [0, 1]


def test_197():
    assert {x: f(x) for x in range(2)} == {}


def test_198():
    assert (3 if f(1) else 4) == 4


def test_199():
    assert WORDS[f(1)] == "one"


def test_200():
    assert WORDS[0:1] == []


def test_201():
    assert WORDS[0][0] == "t"


def test_202():
    assert {"a": f(2)}["a"] == 5


def test_203():
    assert (1, f(2))[1] == 5


def test_204():
    assert f(2) ** 2 == 17


def test_205():
    assert f(7) % 10 == 8


def test_206():
    assert f(7) // 10 == 8


def test_207():
    assert f(7) / 7 == 8


def test_208():
    assert f(2) << 1 == 9


def test_209():
    assert f(3) & 1 == 0


def test_210():
    assert (f(3) | 4) == 0


def test_211():
    assert f(3) ^ 1 == 0


def test_212():
    assert [1] + [2] == [3]


def test_213():
    assert "a" * 3 == "aa"


def test_214():
    assert 0.1 + 0.2 == 0.3


def test_215():
    assert float("nan") == float("nan")


def test_216():
    assert float("inf") < 1


def test_217():
    assert abs(-3) == 4


def test_218():
    assert round(2.567, 1) == 2.5


def test_219():
    assert (y := f(3)) == 4


def test_220():
    assert (z := 5) == 6 and z


def test_221():
    assert str(f(2)) == "5"


def test_222():
    assert repr("a") == "a"


def test_223():
    assert type(3) is str


def test_224():
    assert type(3) == float


def test_225():
    assert sorted([3, 1, 2]) == [1, 3, 2]


def test_226():
    assert dict(a=1) == dict(a=2)


def test_227():
    assert tuple(WORDS) == ("one",)


def test_228():
    assert set(WORDS) == {"one"}


def test_229():
    assert list(map(f, [1, 2])) == [1, 5]


def test_230():
    assert "".join(reversed("abc")) == "abc"


def test_231():
    assert len({1, 2}) == len([1])


def test_232():
    assert 10 ** 20 == 10 ** 21


def test_233():
    assert 1_000_000 == 1_000_001


def test_234():
    assert "%d%%" % 50 == "51%"


def test_235():
    assert "50%" == "51%"


def test_236():
    assert {"50%": 1} == {"50%": 2}


def test_237():
    assert "a\\nb" == "a\nb"


def test_238():
    assert "{not a place}" == "}"


def test_239():
    assert ["{"] == ["}"]


def test_240():
    assert "~tilde\n~more" == "~tilde\n>more"


def test_local():
    value = [1, 2]
    other = f
    assert other(3) == value[0]


def test_local_name():
    value = f(2)
    limit = 10
    assert value > limit


def test_message():
    assert f(2) == 5, "the square is wrong"


def test_message_lines():
    assert f(2) == 5, "first\nsecond"


def test_message_no_text():
    assert f(2) == 5, [1, 2]


def test_message_percent():
    assert f(2) == 5, "100%"


def test_message_formatted():
    assert f(2) == 5, f"got {f(2)}"


def test_message_tuple():
    assert f(2), (1, 2)
    assert none(), (1, "a")


def test_broken_repr():
    assert Plain(3) == [1], 1


def test_nested_attribute():
    class A:
        pass

    a = A()
    a.b = A()
    a.b.c = 3
    assert a.b.c == 4


def test_in_loop():
    for i in range(5):
        assert i < 3


def test_in_function():
    def check(n):
        assert n == 1

    check(2)


def test_generator():
    def steps():
        yield 1
        assert f(2) == 5
        yield 2

    list(steps())


def test_short_circuit():
    calls = []

    def note(x):
        calls.append(x)
        return x

    assert note(1) and note(0) and note(2), calls


def test_once():
    calls = []

    def note():
        calls.append(1)
        return len(calls)

    assert note() == 2


def test_chain_once():
    values = iter([1, 5, 3])
    assert next(values) < next(values) < next(values)


def test_walrus():
    if (n := f(3)) > 3:
        assert n == 4


def test_closure():
    outer = 3

    def inner():
        return outer + 1

    assert inner() == outer


def test_star():
    args = [1, 2]
    kwargs = {"c": 3}
    assert pair(*args, **kwargs) == pair(*args)


def test_subscript_assignment():
    d = {"a": [1]}
    d["a"].append(2)
    assert d["a"] == [1]


def test_builtin_name():
    assert len is None


def test_class_name():
    assert Plain is int


def test_instance_call():
    class C:
        def __call__(self, x):
            return x

        def __repr__(self):
            return "<C>"

    c = C()
    assert c(3) == 4


def test_static():
    class C:
        @staticmethod
        def s(x):
            return x

        @classmethod
        def k(cls, x):
            return x

        def __repr__(self):
            return "<C>"

    assert C().s(1) == 2 or C().k(2) == 3


def test_long_list():
    assert list(range(50)) == list(range(49)) + [51]


def test_sequence_of_lines():
    text = "\n".join("line %d" % i for i in range(12))
    assert text == text.replace("line 5", "line five")


def test_approx():
    assert 1.0 == pytest.approx(1.1)


def test_approx_list():
    assert [1.0, 2.0, 3.0] == pytest.approx([1.0, 2.5, 3.5])


def test_approx_tuple():
    assert (1.0, 2.0) == pytest.approx((1.0, 2.0, 3.0))


def test_approx_dict():
    assert {"a": 1.0, "bb": 2.0} == pytest.approx({"a": 1.0, "bb": 3.0})


def test_approx_keys():
    assert {"a": 1.0} == pytest.approx({"b": 1.0})


def test_approx_rel():
    assert 10 == pytest.approx(11, rel=1e-3)


def test_approx_abs():
    assert 10 == pytest.approx(11, abs=0.5)


def test_approx_both():
    assert 100 == pytest.approx(111, abs=0.5, rel=0.01)


def test_approx_complex():
    assert 1 + 1j == pytest.approx(1 + 2j)


def test_approx_nan():
    assert float("nan") == pytest.approx(float("nan"))


def test_approx_inf():
    assert 1.0 == pytest.approx(float("inf"))


def test_approx_decimal():
    assert decimal.Decimal("1.0") == pytest.approx(decimal.Decimal("1.1"))


def test_approx_text():
    assert "a" == pytest.approx("b")


def test_approx_none():
    assert [1, None] == pytest.approx([1, 2])


def test_approx_other_side():
    assert pytest.approx(2.0) == 1.0


def test_approx_ne():
    assert 2.0 != pytest.approx(2.0)


def test_approx_bool():
    assert pytest.approx(3)


def test_approx_small():
    assert 1e-9 == pytest.approx(2e-9)


def test_approx_large():
    assert 1e10 == pytest.approx(2e10)


def test_approx_nested():
    assert [[1.0]] == pytest.approx([[1.0]])


def test_approx_set():
    assert {1.0} == pytest.approx({1.0})


def test_approx_negative():
    assert 1 == pytest.approx(2, rel=-1)


def test_approx_zero():
    assert [0.0, 1.0] == pytest.approx([0.1, 0.0])
