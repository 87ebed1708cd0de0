import enum
import pickle
import re
import typing
from collections import Counter, _count_elements, namedtuple

Point = namedtuple("Point", "x y", defaults=[3])
Point.x.__doc__ = "How far to the right"
print(Point.__module__, Point.x.__doc__, Point.y.__doc__, repr(Point.x), pickle.loads(pickle.dumps(Point(1))))
Made = enum.Enum("Made", "A B")
Named = typing.NamedTuple("Named", [("a", int)])
Typed = typing.TypedDict("Typed", [("label", str)])
for one in (Made, Named, Typed, typing.TypeVar("T"), typing.NewType("N", int), typing.ParamSpec("P")):
    print(one.__module__)
print(Typed.__annotations__, typing.AnyStr.__module__)
print(Counter(iterable=None), Counter(self=42), Counter("abca", b=2))


class Looked(Counter):
    def get(self, key, default):
        print("get", key)
        return Counter.get(self, key, default)


print(Looked("aba"))
counts = {}
_count_elements(counts, "abracadabra")
print(counts)
pattern = re.compile(r"(?P<a>x)|\d+", re.I)
print(pickle.loads(pickle.dumps(pattern)) == pattern, pattern.groupindex)
try:
    pattern.groupindex["a"] = 2
except TypeError as error:
    print(error)


class Shape(enum.Enum):
    ROUND = 1
    FLAT = 2

    def area(self):
        return 0


class Number(enum.IntEnum):
    ONE = 1


print(dir(Shape), dir(Shape.ROUND))
print(sorted(set(dir(Number)) - set(dir(int))), sorted(set(dir(Number.ONE)) - set(dir(int))))
