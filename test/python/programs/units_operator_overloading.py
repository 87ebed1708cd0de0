from fractions import Fraction
from numbers import Number


class Quantity:
    BASE = {"km": (1000, "m"), "cm": (Fraction(1, 100), "m"), "h": (3600, "s"), "min": (60, "s"), "g": (Fraction(1, 1000), "kg")}

    def __init__(self, value, **units):
        factor = Fraction(1)
        self.units = {}
        for unit, power in units.items():
            scale, base = self.BASE.get(unit, (1, unit))
            factor *= Fraction(scale) ** power
            self.units[base] = self.units.get(base, 0) + power
        self.units = {unit: power for unit, power in self.units.items() if power}
        self.value = Fraction(value) * factor

    def _same(self, other, what):
        if self.units != other.units:
            raise TypeError(f"cannot {what} {self:u} and {other:u}")

    def __add__(self, other):
        if not isinstance(other, Quantity):
            return NotImplemented
        self._same(other, "add")
        return Quantity(self.value + other.value, **self.units)

    def __neg__(self):
        return Quantity(-self.value, **self.units)

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        if isinstance(other, Number):
            return Quantity(self.value * Fraction(other), **self.units)
        units = dict(self.units)
        for unit, power in other.units.items():
            units[unit] = units.get(unit, 0) + power
        return Quantity(self.value * other.value, **units)

    __rmul__ = __mul__

    def __pow__(self, n):
        return Quantity(self.value**n, **{unit: power * n for unit, power in self.units.items()})

    def __truediv__(self, other):
        return self * (Fraction(1) / Fraction(other) if isinstance(other, Number) else other**-1)

    def __rtruediv__(self, other):
        return other * self**-1

    def __eq__(self, other):
        return isinstance(other, Quantity) and (self.value, self.units) == (other.value, other.units)

    def __lt__(self, other):
        self._same(other, "compare")
        return self.value < other.value

    def __hash__(self):
        return hash((self.value, tuple(sorted(self.units.items()))))

    def __abs__(self):
        return Quantity(abs(self.value), **self.units)

    def __bool__(self):
        return bool(self.value)

    def __float__(self):
        return float(self.value)

    def __round__(self, digits=None):
        return Quantity(round(self.value, digits), **self.units)

    def __format__(self, spec):
        names = "·".join(u if p == 1 else f"{u}^{p}" for u, p in sorted(self.units.items())) or "1"
        return names if spec == "u" else f"{float(self.value):{spec or 'g'}} {names}"

    __str__ = lambda self: format(self)

    def __repr__(self):
        return f"Quantity({self.value}, {self.units})"


km, h, s, m, kg = Quantity(1, km=1), Quantity(1, h=1), Quantity(1, s=1), Quantity(1, m=1), Quantity(1, kg=1)
speed = 90 * km / h
print(speed, f"{speed:.3f}", repr(speed), speed * (2 * h), 1 / s)
print(kg * m / s**2, (3 * m) ** 2, 5 * m / m, Quantity(250, cm=1) == Quantity("2.5", m=1), {km: 1}[1000 * m])
print(sorted([3 * m, km, Quantity(20, cm=1)])[0], max(h, 3599 * s) is h, abs(-m), bool(m - m), round(Quantity("2.675", m=1), 2))
total = sum([m, km, 2 * m], Quantity(0, m=1))
total += m
print(total, float(total), -total)
for bad in (lambda: m + s, lambda: m < s, lambda: m + 1, lambda: "a" + m, lambda: m / 0):
    try:
        bad()
    except (TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
