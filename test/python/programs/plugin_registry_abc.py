import inspect
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Iterable, Mapping, MutableSequence, Sized


class Codec(ABC):
    registry = {}

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        if name and not inspect.isabstract(cls):
            Codec.registry[name] = cls

    @property
    @abstractmethod
    def mark(self):
        """What stands in front."""

    @abstractmethod
    def encode(self, text: str) -> str: ...

    def round_trip(self, text):
        return self.decode(self.encode(text)) == text

    @classmethod
    def of(cls, name, *args):
        try:
            return cls.registry[name](*args)
        except KeyError:
            raise LookupError(f"no codec {name!r}, there are {sorted(cls.registry)}") from None


class Shift(Codec, name="shift"):
    mark = "S"

    def __init__(self, by=3):
        self.by = by

    def _turn(self, text, by):
        return "".join(chr((ord(c) - 97 + by) % 26 + 97) if c.islower() else c for c in text)

    def encode(self, text):
        return self._turn(text, self.by)

    def decode(self, text):
        return self._turn(text, -self.by)


class Runs(Codec, name="runs"):
    mark = "R"

    def encode(self, text):
        out, i = [], 0
        while i < len(text):
            j = i
            while j < len(text) and text[j] == text[i]:
                j += 1
            out.append(f"{j - i}{text[i]}")
            i = j
        return "".join(out)

    def decode(self, text):
        out, n = [], ""
        for c in text:
            if c.isdigit():
                n += c
            else:
                out.append(c * int(n))
                n = ""
        return "".join(out)


class Half(Codec, name="half"):
    def encode(self, text):
        return text[::2]


for name in ("shift", "runs", "half"):
    try:
        codec = Codec.of(name)
        print(codec.mark, codec.encode("aaabccd zz"), codec.round_trip("aaabccd zz"))
    except (TypeError, LookupError) as error:
        print(type(error).__name__, error)
try:
    Half()
except TypeError as error:
    print(error)
print(sorted(Half.__abstractmethods__), inspect.signature(Shift), Shift.encode.__qualname__)


class Ring(MutableSequence):
    def __init__(self, items=()):
        self._items = list(items)

    def __getitem__(self, i):
        return self._items[i % len(self._items)] if isinstance(i, int) else Ring(self._items[i])

    def __setitem__(self, i, value):
        self._items[i % len(self._items)] = value

    def __delitem__(self, i):
        del self._items[i % len(self._items)]

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def insert(self, i, value):
        self._items.insert(i, value)

    def __repr__(self):
        return f"Ring({self._items})"


ring = Ring("abc")
ring.append("d")
ring += ["e"]
print(ring[7], ring[-6], ring.pop(), ring.index("c"), "d" in ring, list(reversed(ring)), ring[1:3])
ring.reverse()
ring.remove("a")
print(ring, ring.count("b"), isinstance(ring, Iterable), isinstance(ring, Mapping))


class HasLength(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        return True if any("__len__" in vars(base) for base in other.__mro__) else NotImplemented


@HasLength.register
class Odd:
    pass


print(issubclass(list, HasLength), isinstance(5, HasLength), issubclass(Odd, HasLength), isinstance(ring, Sized))
