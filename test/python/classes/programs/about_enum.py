from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
    def describe(self): return self.name + str(self.value)
print(Color.RED, repr(Color.RED), Color(2), Color['BLUE'], list(Color), len(Color), Color.CRIMSON is Color.RED)
print(Color.RED.describe(), Color.RED.name, Color.RED.value, Color.RED == Color.GREEN, Color.RED in Color)
print(Color.__members__)
try: Color(9)
except ValueError as e: print(e)
try: Color['X']
except KeyError as e: print(e)
try: Color.RED = 3
except AttributeError as e: print(e)
try: Color.NOPE
except AttributeError as e: print(e)
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
print(P.R | P.X, repr(P.R|P.X), P.RW, ~P.R, P.R in P.RW, list(P.RW), bool(P.R & P.W), P(0), P(3), len(P.RW))
class N(IntEnum):
    A = 1; B = 2
print(N.A + 1, N.A < N.B, N.A == 1, repr(N.B), str(N.B), f"{N.B}", sorted([N.B, N.A]))
class S(StrEnum):
    FOO = auto(); BAR = 'x'
print(S.FOO, S.BAR + 'y', repr(S.FOO), S.FOO == 'foo')
class Planet(Enum):
    EARTH = (5, 6)
    MARS = (3, 2)
    def __init__(self, m, r): self.m = m; self.r = r
    @property
    def g(self): return self.m / self.r
print(Planet.EARTH.m, Planet.EARTH.value, Planet.MARS.g, Planet((3,2)))
class A(Enum):
    X = auto(); Y = auto()
    @classmethod
    def default(cls): return cls.X
    @staticmethod
    def st(): return 4
print(A.default(), A.st(), A.Y.value, {A.X: 1}[A.X], hash(A.X)==hash(A.X))
try:
    @unique
    class U(Enum):
        a=1; b=1
except ValueError as e: print(e)
An = Enum('Animal', 'CAT DOG'); print(list(An), An.CAT)
class IF(IntFlag):
    A=1; B=2
print(IF.A|IF.B, repr(IF.A|8), IF(3), ~IF.A, IF.A & 3)
try:
    class Sub(Color): pass
except TypeError as e: print(e)
print(type(Color), type(Color.RED), isinstance(Color.RED, Color), Color)
import abc
class B(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
    @property
    @abc.abstractmethod
    def p(self): ...
try: B()
except TypeError as e: print(e)
class C(B):
    def f(self): return 1
    p = 2
print(C().f(), sorted(B.__abstractmethods__))
@B.register
class D: pass
print(isinstance(D(), B), issubclass(D, B), issubclass(int, B))
for m in Color:
    match m:
        case Color.RED: print('r')
        case _: print('o')
