from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, FrozenInstanceError, KW_ONLY, InitVar, make_dataclass, MISSING
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    def norm(self): return self.x + self.y
p = P(1, 2)
print(p, p == P(1,2), p.norm(), P(3).tags, P(1) != P(2), P.__match_args__, P.__doc__)
q = P(1); q.tags.append(3); print(q, P(1))
print(asdict(q), astuple(q), replace(q, x=9), [f.name for f in fields(P)], is_dataclass(P), is_dataclass(p), is_dataclass(int))
try: P()
except TypeError as e: print(e)
try: P(1,2,3,4)
except TypeError as e: print(e)
try: P(1, z=2)
except TypeError as e: print(e)
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = 'x'
f = F(1)
try: f.a = 3
except FrozenInstanceError as e: print(e)
try: del f.a
except FrozenInstanceError as e: print(e)
print(hash(f) == hash(F(1)), f < F(2), sorted([F(3), F(1)]), {f: 1}[F(1)])
try: hash(p)
except TypeError as e: print(e)
@dataclass
class B(P):
    z: int = 5
    def __post_init__(self): self.s = self.x + self.z
print(B(1), B(1).s, B(1, z=2))
try:
    @dataclass
    class Bad:
        a: int = 1
        b: int
except TypeError as e: print(e)
try:
    @dataclass
    class Bad:
        a: list = []
except ValueError as e: print(e)
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 2
    c: InitVar[int] = 3
    def __post_init__(self, c): self.d = c
print(K(1, b=3), K(1, c=7).d)
try: K(1,2)
except TypeError as e: print(e)
@dataclass(slots=True)
class S:
    a: int
    b: int = 3
s = S(1); print(s, S.__slots__)
try: s.zz = 1
except AttributeError as e: print(e)
M = make_dataclass('M', [('x', int), ('y', int, 5)]); print(M(1))
print(fields(P)[0]); print(field(default=3))
match p:
    case P(a, b): print(a, b)
@dataclass
class T:
    n: 'T' = None
    v: int = 1
t = T(T(T())); print(t, asdict(t))
@dataclass(eq=False)
class NE: x: int
print(NE(1) == NE(1))
@dataclass(unsafe_hash=True)
class UH: x: int
print(hash(UH(1)) == hash(UH(1)))
import copy
a = [1,[2,3],{'x':[4]}]
b = copy.deepcopy(a); b[1].append(9); b[2]['x'].append(1); print(a, b, copy.copy(a) == a)
class Node:
    def __init__(self): self.me = self; self.l = [1]
n = Node(); m = copy.deepcopy(n); print(m.me is m, m.l is n.l, copy.copy(n).l is n.l)
import types
ns = types.SimpleNamespace(a=1, b='c'); print(ns, ns.a, ns == types.SimpleNamespace(a=1,b='c'))
print(int | str, int | None, isinstance(1, int | str), list[int], dict[str, list[int]], list[int] == list[int], (int|str) == (str|int))
print(isinstance(1, (int | str, float)), type(int|str), type(list[int]), list[int].__origin__, list[int].__args__)
