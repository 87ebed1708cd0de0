"""The tower of numbers: https://docs.python.org/3/library/numbers.html"""

import sys
from abc import ABCMeta, abstractmethod

__all__ = ["Number", "Complex", "Real", "Rational", "Integral"]


def _abstract(names):
    """Abstract methods of these names."""
    made = {}
    for name in names.split():

        def method(self, *others):
            raise NotImplementedError

        method.__name__ = name
        made[name] = abstractmethod(method)
    return made


class Number(metaclass=ABCMeta):
    """Anything that counts as a number."""

    __slots__ = ()
    __hash__ = None


class Complex(Number):
    """Addition, multiplication, powers, and two parts."""

    __slots__ = ()
    locals().update(_abstract("__complex__ __neg__ __pos__ __abs__ conjugate"))
    locals().update(
        _abstract("__add__ __radd__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __rpow__ __eq__")
    )

    def __bool__(self):
        return self != 0

    @property
    @abstractmethod
    def real(self):
        raise NotImplementedError

    @property
    @abstractmethod
    def imag(self):
        raise NotImplementedError

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


Complex.register(complex)


class Real(Complex):
    """Order, rounding, and conversion to float."""

    __slots__ = ()
    locals().update(_abstract("__float__ __trunc__ __floor__ __ceil__"))
    locals().update(_abstract("__round__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __lt__ __le__"))

    def __divmod__(self, other):
        return (self // other, self % other)

    def __rdivmod__(self, other):
        return (other // self, other % self)

    def __complex__(self):
        return complex(float(self))

    @property
    def real(self):
        return +self

    @property
    def imag(self):
        return 0

    def conjugate(self):
        return +self


Real.register(float)


class Rational(Real):
    """A quotient of two integers in lowest terms."""

    __slots__ = ()

    @property
    @abstractmethod
    def numerator(self):
        raise NotImplementedError

    @property
    @abstractmethod
    def denominator(self):
        raise NotImplementedError

    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """Bits, and use as an index."""

    __slots__ = ()
    locals().update(_abstract("__int__ __invert__"))
    locals().update(
        _abstract(
            "__lshift__ __rlshift__ __rshift__ __rrshift__ __and__ __rand__ __xor__ __rxor__ __or__ __ror__"
        )
    )

    @abstractmethod
    def __pow__(self, exponent, modulus=None):
        raise NotImplementedError

    def __index__(self):
        return int(self)

    def __float__(self):
        return float(int(self))

    @property
    def numerator(self):
        return +self

    @property
    def denominator(self):
        return 1


Integral.register(int)

# Whoever comes second tells the other.
if "decimal" in sys.modules:
    Number.register(sys.modules["decimal"].Decimal)
