"""NumPy's functions that are text: what a value is, parts of numbers, and settings for a while."""
import operator

import numpy as np


def ndim(a):
    return np.asarray(a).ndim


def shape(a):
    return np.asarray(a).shape


def size(a, axis=None):
    a = np.asarray(a)
    return a.size if axis is None else a.shape[axis]


def isscalar(element):
    return isinstance(element, (np.generic, int, float, complex, str, bytes))


def iscomplexobj(x):
    return np.asarray(x).dtype.kind == "c"


def isrealobj(x):
    return not iscomplexobj(x)


def iscomplex(x):
    x = np.asanyarray(x)
    return x.imag != 0 if x.dtype.kind == "c" else np.zeros(x.shape, bool)[()]


def isreal(x):
    return np.asanyarray(x).imag == 0


def isfortran(a):
    return a.flags.fnc


def iterable(y):
    try:
        iter(y)
    except TypeError:
        return False
    return True


def real(val):
    return val.real if hasattr(val, "real") else np.asanyarray(val).real


def imag(val):
    return val.imag if hasattr(val, "imag") else np.asanyarray(val).imag


def angle(z, deg=False):
    z = np.asanyarray(z)
    a = np.arctan2(z.imag, z.real)
    return a * (180 / np.pi) if deg else a


def real_if_close(a, tol=100):
    a = np.asanyarray(a)
    if a.dtype.kind != "c":
        return a
    if tol > 1:
        tol = np.finfo(a.dtype).eps * tol
    return a.real if np.all(np.absolute(a.imag) < tol) else a


def shares_memory(a, b, max_work=None):
    return may_share_memory(a, b)


def may_share_memory(a, b, max_work=None):
    a, b = np.asarray(a), np.asarray(b)
    first = a if a.base is None else a.base
    second = b if b.base is None else b.base
    return first is second


def require(a, dtype=None, requirements=None, *, like=None):
    return np.array(a, dtype=dtype, copy=False, order="F" if requirements and "F" in requirements else "C")


def base_repr(number, base=2, padding=0):
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if base > len(digits):
        raise ValueError("Bases greater than 36 not handled in base_repr.")
    if base < 2:
        raise ValueError("Bases less than 2 not handled in base_repr.")
    left, text = abs(int(number)), ""
    while left:
        text = digits[left % base] + text
        left //= base
    text = "0" * padding + text or "0"
    return "-" + text if number < 0 else text


def binary_repr(num, width=None):
    num = operator.index(num)
    if num >= 0:
        return bin(num)[2:].zfill(width or 0)
    if width is None:
        return "-" + bin(-num)[2:]
    return bin((1 << width) + num)[2:].zfill(width)


def packbits(a, axis=None, bitorder="big"):
    a = np.asarray(a)
    if axis is not None or bitorder != "big":
        raise NotImplementedError("numpy.packbits with axis or bitorder is not here; nearest: numpy.packbits(a)")
    bits = (a.ravel() != 0).astype(np.uint8)
    bits = np.concatenate([bits, np.zeros(-len(bits) % 8, np.uint8)]).reshape(-1, 8)
    return (bits * np.array([128, 64, 32, 16, 8, 4, 2, 1])).sum(axis=1).astype(np.uint8)


def unpackbits(a, axis=None, count=None, bitorder="big"):
    a = np.asarray(a)
    if axis is not None or bitorder != "big":
        raise NotImplementedError("numpy.unpackbits with axis or bitorder is not here; nearest: numpy.unpackbits(a)")
    bits = (a.reshape(-1, 1) >> np.arange(7, -1, -1)) & 1
    return bits.ravel().astype(np.uint8)[:count]


def divmod(x1, x2):
    return np.floor_divide(x1, x2), np.remainder(x1, x2)


def _float(x):
    """Floats as they are, whole numbers in the float that holds them."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype({1: np.float16, 2: np.float32}.get(x.itemsize, np.float64))


def modf(x):
    x = _float(x)
    whole = np.trunc(x)
    rest = np.copysign(np.where(np.isinf(x), 0, x - whole), x)
    return rest[()], whole[()]


def frexp(x):
    x = _float(x)
    import math

    pairs = [math.frexp(one) for one in x.ravel().tolist()]
    fraction = np.array([one for one, _ in pairs], dtype=x.dtype).reshape(x.shape)
    return fraction[()], np.array([two for _, two in pairs], dtype=np.int32).reshape(x.shape)[()]


def ldexp(x1, x2):
    x1 = _float(x1)
    return np.asarray(x1 * np.power(2.0, x2)).astype(x1.dtype)[()]


def fix(x, out=None):
    return np.trunc(x) if out is None else np.trunc(x, out=out)


def isposinf(x, out=None):
    return np.logical_and(np.isinf(x), ~np.signbit(x))


def isneginf(x, out=None):
    return np.logical_and(np.isinf(x), np.signbit(x))


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x = np.array(x, copy=copy)
    if x.dtype.kind != "f":
        return x[()]
    limits = np.finfo(x.dtype)
    with_posinf = limits.max if posinf is None else posinf
    with_neginf = limits.min if neginf is None else neginf
    isnan, high, low = np.isnan(x), isposinf(x), isneginf(x)
    np.copyto(x, nan, where=isnan)
    np.copyto(x, with_posinf, where=high)
    np.copyto(x, with_neginf, where=low)
    return x[()]


def sinc(x):
    x = np.asanyarray(x)
    y = np.pi * np.where(x == 0, 1.0e-20, x)
    return np.sin(y) / y


def i0(x):
    raise NotImplementedError("numpy.i0 is not here; nearest: a sum of its series")


class errstate:
    """How floating-point trouble is met inside a `with`."""

    def __init__(self, *, call=None, **kwargs):
        self.kwargs = kwargs

    def __enter__(self):
        self.before = np.seterr(**self.kwargs)

    def __exit__(self, *exc_info):
        np.seterr(**self.before)

    def __call__(self, function):
        def inner(*args, **kwargs):
            with errstate(**self.kwargs):
                return function(*args, **kwargs)

        return inner


class printoptions:
    def __init__(self, *args, **kwargs):
        self.args, self.kwargs = args, kwargs

    def __enter__(self):
        self.before = np.get_printoptions()
        np.set_printoptions(*self.args, **self.kwargs)
        return np.get_printoptions()

    def __exit__(self, *exc_info):
        before = dict(self.before)
        before.pop("legacy")
        np.set_printoptions(**before)
