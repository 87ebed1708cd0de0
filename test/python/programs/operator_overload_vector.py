import math
from functools import total_ordering


@total_ordering
class Vector:
    __slots__ = ("x", "y")
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __iter__(self):
        yield self.x
        yield self.y

    def __add__(self, other):
        try:
            x, y = other
        except TypeError:
            return NotImplemented
        return Vector(self.x + x, self.y + y)

    __radd__ = __add__

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k) if isinstance(k, (int, float)) else NotImplemented

    def __rmul__(self, k):
        return self * k

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other))

    def __abs__(self):
        return math.hypot(*self)

    def __bool__(self):
        return any(self)

    def __eq__(self, other):
        return tuple(self) == tuple(other) if isinstance(other, Vector) else NotImplemented

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __hash__(self):
        return hash(tuple(self))

    def __round__(self, n=None):
        return Vector(round(self.x, n), round(self.y, n))

    def __format__(self, spec):
        return f"<{', '.join(format(v, spec) for v in self)}>"

    def __repr__(self):
        return f"Vector({self.x!r}, {self.y!r})"


a, b = Vector(3, 4), Vector(1.25, -2)
print(a + b, (1, 1) + a, a * 2, 2.0 * b, a @ b, abs(a), bool(Vector(0, 0)), a == Vector(3, 4), a != (3, 4))
print(f"{a:.1f} {b:>6} {round(b)}", sorted([a, b]), a > b, a <= b, len({a, Vector(3, 4), b}), max(a, b))
for action in (lambda: a + 1, lambda: a * "x", lambda: "x" * a, lambda: setattr(a, "z", 1), lambda: -a):
    try:
        action()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
match b:
    case Vector(x, 0):
        print("flat", x)
    case Vector(x, y=v) if v < 0:
        print("down", x, v)
