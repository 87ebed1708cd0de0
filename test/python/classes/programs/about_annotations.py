from __future__ import annotations
class A:
    x: int = 3
    y: Dict[str, List[Optional['Foo']]]
    z: lambda a, /, b=1, *c, d, e=2, **f: a+b if c else (d, e)
    w: (a, b)
    v: a[1:2, ::3] | b ** -c ** 2 | (not d and e or f)
    u: f"x{a!r:>{w}} {{}}" 
    t: [x for x in y if z if w for q in r]
    s: {1: 2, **b}
    r: f(*a, b=1, **c)(x for x in y)
    q: 1 .real + 1.5e300 * 1e999 + 2j + b'a\x00' + 'it\'s' + ...
    o: a < b <= c is not d not in e
    n: -(-a) + ~b @ (c @ d) - (e - f)
    l: ()
    k: {1,2}
    j: (a if b else c) if d else e
    i: a.b.c[d](e)
    h: Tuple[int, ...]
def f(a: int, b: "str") -> None: pass
print(A.__annotations__)
print(f.__annotations__)
