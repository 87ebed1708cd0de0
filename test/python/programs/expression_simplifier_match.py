from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Var:
    name: str


@dataclass(frozen=True)
class Op:
    sign: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Call:
    name: str
    arg: Expr


Expr = Num | Var | Op | Call


def simplify(e: Expr) -> Expr:
    match e:
        case Op(sign, left, right):
            e = Op(sign, simplify(left), simplify(right))
        case Call(name, arg):
            e = Call(name, simplify(arg))
    match e:
        case Op("+", Num(a), Num(b)):
            return Num(a + b)
        case Op("*", Num(a), Num(b)):
            return Num(a * b)
        case Op("+", Num(0), x) | Op("+", x, Num(0)) | Op("*", Num(1), x) | Op("*", x, Num(1)) | Op("^", x, Num(1)):
            return x
        case Op("*", Num(0), _) | Op("*", _, Num(0)):
            return Num(0)
        case Op("^", _, Num(0)):
            return Num(1)
        case Op("+", x, y) if x == y:
            return Op("*", Num(2), x)
        case Op("*", Num(a), Op("*", Num(b), x)):
            return Op("*", Num(a * b), x)
        case Call("ln", Call("exp", x)):
            return x
    return e


def derive(e: Expr, name: str) -> Expr:
    match e:
        case Num():
            return Num(0)
        case Var(n):
            return Num(int(n == name))
        case Op("+", a, b):
            return Op("+", derive(a, name), derive(b, name))
        case Op("*", a, b):
            return Op("+", Op("*", derive(a, name), b), Op("*", a, derive(b, name)))
        case Op("^", a, Num(n)):
            return Op("*", Op("*", Num(n), Op("^", a, Num(n - 1))), derive(a, name))
        case Call("sin", a):
            return Op("*", Call("cos", a), derive(a, name))
        case Call("exp", a):
            return Op("*", e, derive(a, name))
    raise NotImplementedError(f"no rule for {type(e).__name__} {getattr(e, 'name', getattr(e, 'sign', '?'))}")


def text(e: Expr, power=0) -> str:
    match e:
        case Num(v):
            return str(v)
        case Var(n):
            return n
        case Call(n, a):
            return f"{n}({text(a)})"
        case Op(s, a, b):
            own = "+*^".index(s) + 1
            inner = f"{text(a, own)} {s} {text(b, own)}" if s == "+" else f"{text(a, own)}{s}{text(b, own)}"
            return f"({inner})" if own < power else inner


def value(e: Expr, **names) -> float:
    match e:
        case Num(v):
            return v
        case Var(n):
            return names[n]
        case Call(n, a):
            return getattr(math, n)(value(a, **names))
        case Op(s, a, b):
            x, y = value(a, **names), value(b, **names)
            return {"+": x + y, "*": x * y, "^": x**y}[s]


x, y = Var("x"), Var("y")
SAMPLES = [Op("+", Op("*", Num(3), Op("^", x, Num(2))), Op("*", Num(0), y)), Op("*", Op("+", x, x), Op("+", y, Num(1))),
           Call("sin", Op("*", Num(2), x)), Op("*", Num(2), Op("*", Num(5), Call("exp", x))), Call("ln", Call("exp", y))]
for e in SAMPLES:
    small = simplify(e)
    try:
        slope = text(simplify(derive(small, "x")))
    except NotImplementedError as error:
        slope = error
    print(f"{text(e):<24} {text(small):<20} {slope}")
print(round(value(SAMPLES[2], x=0.5), 6), value(SAMPLES[1], x=2, y=3), repr(SAMPLES[4]), hash(x) == hash(Var("x")))
try:
    value(x)
except KeyError as error:
    print("missing", error)
