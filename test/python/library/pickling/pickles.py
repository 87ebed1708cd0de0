import collections, copyreg, datetime, decimal, enum, fractions, functools, io, operator, pickle
from array import array
from dataclasses import dataclass


class Plain:
    def __init__(self, **attributes):
        vars(self).update(attributes)

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    def __repr__(self):
        return f"{type(self).__name__}({sorted(vars(self).items())})"

    def method(self):
        return 1

    class Inner:
        pass


class Slots:
    __slots__ = ("a", "b")

    def __eq__(self, other):
        return self.a == other.a


class State(Plain):
    def __getstate__(self):
        return ("state", self.x)

    def __setstate__(self, state):
        self.x = state[1]


class NewArgs(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return self[0], self[1]


class NewKeywords(tuple):
    def __new__(cls, *, a):
        return super().__new__(cls, (a,))

    def __getnewargs_ex__(self):
        return (), {"a": self[0]}


class Reduced:
    def __init__(self, *value):
        self.value = value

    def __reduce__(self):
        return self.value


class MyInt(int):
    pass


class MyStr(str):
    pass


class MyList(list):
    pass


class MyDict(dict):
    pass


class MySet(set):
    pass


class Colour(enum.Enum):
    RED = 1


class Flag(enum.Flag):
    A = 1
    B = 2


@dataclass
class Point:
    x: int
    y: int = 2


Named = collections.namedtuple("Named", "a b")


class Failure(Exception):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.extra = a


def attempt(work):
    try:
        return work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


ml = MyList([1, 2, 3])
ml.x = 1
values = [
    None, True, False, 0, 1, 255, 256, 65535, 65536, -1, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1,
    2**63, -(2**63), 2**64, 127, 128, -128, -129, -32768, -32769, 2**2040, -(2**2039), 10**700,
    0.0, -0.0, 1.5, 1e300, float("inf"), "", "abc", "é\u20ac\U0001f600", "\ud800", "a\\b\nc\0\r\x1a", "x" * 255, "x" * 256,
    b"", b"abc", b"\xff" * 256, bytearray(), bytearray(b"abc"), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4),
    [], [1], [1, 2], list(range(3)), {}, {1: 2}, {1: 2, 3: 4}, set(), {1}, frozenset(), frozenset([7]),
    [[[]]], {"a": [1, (2, {"b": None})]}, list(range(1001)), dict.fromkeys(range(1001)),
    3 + 4j, range(5), range(1, 10, 2), slice(1, 2, None), ..., NotImplemented, type(None), type(...), int, len, print,
    Plain, Plain.Inner, Plain.method, Plain(a=1, b=[2]), Plain(), State(x=5), NewArgs(1, 2), NewKeywords(a=1),
    MyInt(5), MyStr("s"), ml, MyDict(a=1), MySet([1]), Colour.RED, Flag.A, Point(1), Named(1, 2),
    ValueError("x", 1), Failure(1, 2), KeyError("k"), OSError(2, "no"), Plain(a=1).method, [1].append,
    collections.OrderedDict(a=1, b=2), collections.Counter("aab"), collections.deque([1, 2], 5), collections.deque([1]), collections.defaultdict(list, {1: [2]}),
    datetime.timedelta(1, 2, 3), decimal.Decimal("1.5"), fractions.Fraction(1, 3),
    functools.partial(int, base=2), operator.itemgetter(1), operator.attrgetter("a.b"),
    io.SEEK_SET, attempt, object(),
    iter([1, 2]), iter((1, 2)), iter("ab"), iter({1: 2}), reversed([1, 2]),
]
for value in values:
    for protocol in range(6):
        data = attempt(lambda: pickle.dumps(value, protocol))
        again = attempt(lambda: pickle.loads(data))
        same = attempt(lambda: again == value or type(again) is type(value) and str(again) == str(value))
        short = data if len(data) < 200 else (len(data), data[:20], data[-20:])
        print(protocol, short, same)

for value in array("i", [1, 2]), array("u", "ab"), array("d"), datetime.date(2020, 1, 2), enum.Enum, zip, functools.reduce, dict.fromkeys:
    print([pickle.loads(pickle.dumps(value, protocol)) == value for protocol in range(6)])

# What is shared stays shared, and what holds itself holds itself.
shared = [1]
for protocol in range(6):
    a, b = pickle.loads(pickle.dumps([shared, shared], protocol))
    loop = []; loop.append(loop)
    loop = pickle.loads(pickle.dumps(loop, protocol))
    ring = ([],); ring[0].append(ring)
    data = pickle.dumps(ring, protocol)
    ring = pickle.loads(data)
    node = Plain(); node.me = node; node.all = {"x": node}
    node = pickle.loads(pickle.dumps(node, protocol))
    print(a is b, loop[0] is loop, ring[0][0] is ring, data, node.me is node, node.all["x"] is node)
big = {"data": b"z" * 70000, "text": "y" * 70000, "items": [(i, str(i)) for i in range(500)]}
for protocol in 2, 4, 5:
    data = pickle.dumps(big, protocol)
    print(len(data), hash(data) == hash(bytes(data)), data[:60], pickle.loads(data) == big)


class P(pickle.Pickler):
    def persistent_id(self, obj):
        return "id:" + obj.name if isinstance(obj, Plain) and hasattr(obj, "name") else None

    def reducer_override(self, obj):
        return (complex, (1, 2)) if type(obj) is Point else NotImplemented


class U(pickle.Unpickler):
    def persistent_load(self, pid):
        return "loaded " + pid

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


for protocol in range(6):
    file = io.BytesIO()
    P(file, protocol).dump([Plain(name="n"), Point(1), Colour.RED])
    print(file.getvalue())
    file.seek(0)
    print(U(file).load())

file = io.BytesIO()
for one in 1, "two", [3]:
    pickle.dump(one, file)
file.seek(0)
print([pickle.load(file) for _ in range(3)], attempt(lambda: pickle.load(file)))
p = pickle.Pickler(file); x = [1]; p.dump(x); p.dump(x); p.clear_memo()

copyreg.pickle(Slots, lambda s: (Slots, ()))
print(pickle.dumps(Slots(), 4))
del copyreg.dispatch_table[Slots]
s = Slots(); s.a = 1
for protocol in range(6):
    data = attempt(lambda: pickle.dumps(s, protocol))
    print(data, attempt(lambda: pickle.loads(data) == s))

old = [b"(lp0\nI1\naI2\na.", b"(dp0\nS'a'\np1\nI1\ns.", b"I01\n.", b"L5L\n.", b"F1.5\n.", b"V\\u20ac\\\\u0041\n.", b"S'a\\x41\\n'\n.", b"(i__main__\nPlain\n.", b"(c__main__\nPlain\no.",
    b"c__builtin__\nxrange\n(I0\nI3\ntR.", b"U\x03abc.", b"T\x03\0\0\0abc.", b"ccopy_reg\n_reconstructor\n(c__main__\nPlain\nc__builtin__\nobject\nNtR(dp0\nS'a'\nI1\nsb.", b"cexceptions\nValueError\n(S'x'\ntR.",
    b"]2.", b"(1N.", b"N0K\x01.", b"\x80\x02K\x01q\x05h\x05\x86.", b"\x8e\x02\0\0\0\0\0\0\0ab.", b"\x8d\x02\0\0\0\0\0\0\0ab.", b"}(K\x01K\x02u."]
bad = [b"", b"\x80\x09", b"cnosuch\nx\n.", b"0.", b"Z.", b"\x80\x04.", b"K", b"U\x05ab.", b"\x8c\x05ab.", b"g5\n.", b"h\x05.", b"Iabc\n.", b"(t", b"R.", b"]0",
    b"\x95\x05\0\0\0\0\0\0\0ab", b"P1\n.", b"\x82\x01.", b"\x97.", b"K\x01K\x02R.", b"K\x01K\x02b.", b"Sabc\n.", b"N}b.", b"a.", b"K\x01K\x02a.", b"\xff.", b"\0.", b"'."]
for data in old + bad:
    print(data, attempt(lambda: pickle.loads(data)))


def local():
    class Local:
        pass

    return Local


for value in (lambda: 1), local(), local()(), pickle, (x for x in ()), Reduced(5), Reduced(1, 2), Reduced(int, 2), Reduced(int), Reduced(int, (), None, 5), Reduced(int, (), None, None, 5), {}.keys(), memoryview(b""):
    print(attempt(lambda: pickle.dumps(value)).split(" at 0x")[0])
print(attempt(lambda: pickle.dumps(1, 7)), pickle.dumps(1, -1), attempt(lambda: pickle.loads("x")), pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL)
print(pickle.PicklingError.__mro__)
