"""Exact fractions: https://docs.python.org/3/library/fractions.html"""

import math
import numbers
import sys

import _fractions

__all__ = ["Fraction"]


def _is_decimal(value):
    decimal = sys.modules.get("decimal")
    return decimal is not None and isinstance(value, decimal.Decimal)


def _make(numerator, denominator):
    """A fraction that is in lowest terms already."""
    made = object.__new__(Fraction)
    made._numerator = numerator
    made._denominator = denominator
    return made


def _reduced(numerator, denominator):
    divisor = math.gcd(numerator, denominator)
    if denominator < 0:
        divisor = -divisor
    return _make(numerator // divisor, denominator // divisor)


def _parts(value):
    """Numerator and denominator of an exact number, or None."""
    if isinstance(value, (int, Fraction)):
        return value.numerator, value.denominator
    return None


class Fraction(numbers.Rational):
    """A rational number in lowest terms, the denominator positive."""

    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None, *, _normalize=True):
        if denominator is None:
            if type(numerator) is int:
                top, bottom = numerator, 1
            elif isinstance(numerator, numbers.Rational):
                top, bottom = numerator.numerator, numerator.denominator
            elif isinstance(numerator, float) or _is_decimal(numerator):
                top, bottom = numerator.as_integer_ratio()
            elif isinstance(numerator, str):
                top, bottom = _fractions.parse(numerator)
            else:
                raise TypeError("argument should be a string or a Rational instance")
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            top = numerator.numerator * denominator.denominator
            bottom = numerator.denominator * denominator.numerator
            if bottom == 0:
                raise ZeroDivisionError(f"Fraction({top}, 0)")
            if _normalize:
                divisor = math.gcd(top, bottom)
                if bottom < 0:
                    divisor = -divisor
                top //= divisor
                bottom //= divisor
        else:
            raise TypeError("both arguments should be Rational instances")
        self = super().__new__(cls)
        self._numerator = top
        self._denominator = bottom
        return self

    @classmethod
    def from_float(cls, f):
        """Exactly the value of a float or an int."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(
                f"{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})"
            )
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """Exactly the value of a Decimal or an int."""
        if isinstance(dec, numbers.Integral):
            return cls(int(dec))
        if not _is_decimal(dec):
            raise TypeError(
                f"{cls.__name__}.from_decimal() only takes Decimals, not {dec!r} ({type(dec).__name__})"
            )
        return cls(*dec.as_integer_ratio())

    def is_integer(self):
        return self._denominator == 1

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction whose denominator is at most this."""
        return _make(
            *_fractions.limit(self._numerator, self._denominator, max_denominator)
        )

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def __repr__(self):
        return f"{self.__class__.__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return f"{self._numerator}/{self._denominator}"

    def _operate(self, other, exact, inexact, reflected=False):
        """The operator for whatever stands on the other side."""
        parts = _parts(other)
        if parts is not None:
            own = self._numerator, self._denominator
            return exact(*parts, *own) if reflected else exact(*own, *parts)
        if isinstance(other, float):
            return inexact(other, float(self)) if reflected else inexact(float(self), other)
        if isinstance(other, complex):
            value = complex(float(self))
            return inexact(other, value) if reflected else inexact(value, other)
        if reflected and isinstance(other, numbers.Rational):
            return exact(other.numerator, other.denominator, self._numerator, self._denominator)
        return NotImplemented

    def __add__(self, other):
        return self._operate(other, _add, lambda a, b: a + b)

    def __radd__(self, other):
        return self._operate(other, _add, lambda a, b: a + b, True)

    def __sub__(self, other):
        return self._operate(other, _sub, lambda a, b: a - b)

    def __rsub__(self, other):
        return self._operate(other, _sub, lambda a, b: a - b, True)

    def __mul__(self, other):
        return self._operate(other, _mul, lambda a, b: a * b)

    def __rmul__(self, other):
        return self._operate(other, _mul, lambda a, b: a * b, True)

    def __truediv__(self, other):
        return self._operate(other, _div, lambda a, b: a / b)

    def __rtruediv__(self, other):
        return self._operate(other, _div, lambda a, b: a / b, True)

    def __floordiv__(self, other):
        return self._operate(other, _floordiv, lambda a, b: a // b)

    def __rfloordiv__(self, other):
        return self._operate(other, _floordiv, lambda a, b: a // b, True)

    def __mod__(self, other):
        return self._operate(other, _mod, lambda a, b: a % b)

    def __rmod__(self, other):
        return self._operate(other, _mod, lambda a, b: a % b, True)

    def __divmod__(self, other):
        return self._operate(other, _divmod, divmod)

    def __rdivmod__(self, other):
        return self._operate(other, _divmod, divmod, True)

    def __pow__(self, other):
        parts = _parts(other)
        if parts is None:
            if isinstance(other, numbers.Rational):
                parts = other.numerator, other.denominator
            else:
                return float(self) ** other
        power, root = parts
        if root != 1:
            return float(self) ** float(other)
        top, bottom = self._numerator, self._denominator
        if power >= 0:
            return _make(top**power, bottom**power)
        if top > 0:
            return _make(bottom**-power, top**-power)
        if top == 0:
            raise ZeroDivisionError(f"Fraction({bottom ** -power}, 0)")
        return _make((-bottom) ** -power, (-top) ** -power)

    def __rpow__(self, other):
        if self._denominator == 1 and self._numerator >= 0:
            return other**self._numerator
        if isinstance(other, numbers.Rational):
            return Fraction(other.numerator, other.denominator) ** self
        if self._denominator == 1:
            return other**self._numerator
        return other ** float(self)

    def __pos__(self):
        return _make(self._numerator, self._denominator)

    def __neg__(self):
        return _make(-self._numerator, self._denominator)

    def __abs__(self):
        return _make(abs(self._numerator), self._denominator)

    def __int__(self):
        if self._numerator < 0:
            return -(-self._numerator // self._denominator)
        return self._numerator // self._denominator

    __trunc__ = __int__

    def __float__(self):
        return self._numerator / self._denominator

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            twice = rest * 2
            if twice < self._denominator or (twice == self._denominator and floor % 2 == 0):
                return floor
            return floor + 1
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __hash__(self):
        return _fractions.hash(self._numerator, self._denominator)

    def __eq__(self, other):
        if type(other) is int:
            return self._numerator == other and self._denominator == 1
        if isinstance(other, numbers.Rational):
            return self._numerator == other.numerator and self._denominator == other.denominator
        if isinstance(other, complex) and other.imag == 0:
            other = other.real
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return 0.0 == other
            return self == self.from_float(other)
        return NotImplemented

    def _compare(self, other, order):
        if isinstance(other, numbers.Rational):
            return order(
                self._numerator * other.denominator, self._denominator * other.numerator
            )
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return order(0.0, other)
            return order(self, self.from_float(other))
        return NotImplemented

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)

    def __bool__(self):
        return bool(self._numerator)

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        if type(self) is Fraction:
            return self
        return self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()


def _add(a, b, c, d):
    return _reduced(a * d + b * c, b * d)


def _sub(a, b, c, d):
    return _reduced(a * d - b * c, b * d)


def _mul(a, b, c, d):
    return _reduced(a * c, b * d)


def _div(a, b, c, d):
    if c == 0:
        raise ZeroDivisionError(f"Fraction({a * d // math.gcd(a, b * c) if a else a * d}, 0)")
    return _reduced(a * d, b * c)


def _floordiv(a, b, c, d):
    return (a * d) // (b * c)


def _mod(a, b, c, d):
    return _reduced((a * d) % (c * b), b * d)


def _divmod(a, b, c, d):
    quotient, rest = divmod(a * d, b * c)
    return quotient, _reduced(rest, b * d)
