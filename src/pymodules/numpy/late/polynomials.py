"""NumPy's functions that are text: polynomials as lists of their coefficients, highest power first."""
import operator

import numpy as np


def polyval(p, x):
    p = np.asarray(p)
    x = np.asanyarray(x)
    y = np.zeros_like(x)
    for one in p:
        y = y * x + one
    return y


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    order = operator.index(deg) + 1
    x, y = np.asarray(x) + 0.0, np.asarray(y) + 0.0
    if deg < 0:
        raise ValueError("expected deg >= 0")
    if x.ndim != 1:
        raise TypeError("expected 1D vector for x")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError("expected 1D or 2D array for y")
    if x.shape[0] != y.shape[0]:
        raise TypeError("expected x and y to have same length")
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    left, right = np.vander(x, order), y
    if w is not None:
        w = np.asarray(w) + 0.0
        if w.ndim != 1:
            raise TypeError("expected a 1-d array for weights")
        if w.shape[0] != y.shape[0]:
            raise TypeError("expected w and y to have the same length")
        left = left * w[:, None]
        right = right * (w if y.ndim == 1 else w[:, None])
    scale = np.sqrt((left * left).sum(axis=0))
    left = left / scale
    c, residuals, rank, s = np.linalg.lstsq(left, right, rcond)
    c = (c.T / scale).T
    if full:
        return c, residuals, rank, s, rcond
    if not cov:
        return c
    base = np.linalg.inv(np.dot(left.T, left)) / np.outer(scale, scale)
    if cov == "unscaled":
        factor = 1
    else:
        if len(x) <= order:
            raise ValueError("the number of data points must exceed order to scale the covariance matrix")
        factor = residuals / (len(x) - order)
    return c, base * factor if y.ndim == 1 else base[:, :, None] * factor


def poly(seq_of_zeros):
    zeros = np.atleast_1d(seq_of_zeros)
    if zeros.ndim == 2 and zeros.shape[0] == zeros.shape[1] and zeros.shape[0] != 0:
        zeros = np.linalg.eigvals(zeros)
    elif zeros.ndim != 1:
        raise ValueError("input must be 1d or non-empty square 2d array.")
    a = np.ones((1,), dtype=np.result_type(zeros, float))
    for one in zeros:
        a = np.convolve(a, np.array([1, -one]), mode="full")
    if a.dtype.kind == "c" and np.all(np.sort(zeros.imag) == np.sort(-zeros.imag)):
        a = a.real.copy()
    return a


def roots(p):
    p = np.atleast_1d(p)
    if p.ndim != 1:
        raise ValueError("Input must be a rank-1 array.")
    places = np.nonzero(p)[0]
    if len(places) == 0:
        return np.array([])
    trailing = len(p) - places[-1] - 1
    p = p[int(places[0]):int(places[-1]) + 1]
    p = p if p.dtype.kind in "fc" else p.astype(float)
    if len(p) > 1:
        a = np.diag(np.ones(len(p) - 2, p.dtype), -1)
        a[0, :] = -p[1:] / p[0]
        found = np.linalg.eigvals(a)
    else:
        found = np.array([])
    return np.hstack((found, np.zeros(trailing, found.dtype)))


def polyadd(a1, a2):
    a1, a2 = np.atleast_1d(a1), np.atleast_1d(a2)
    size = max(len(a1), len(a2))
    return np.concatenate((np.zeros(size - len(a1), a1.dtype), a1)) + np.concatenate((np.zeros(size - len(a2), a2.dtype), a2))


def polysub(a1, a2):
    return polyadd(a1, -np.atleast_1d(a2))


def polymul(a1, a2):
    return np.convolve(np.atleast_1d(a1), np.atleast_1d(a2))


def polydiv(u, v):
    u, v = np.atleast_1d(u) + 0.0, np.atleast_1d(v) + 0.0
    m, n = len(u) - 1, len(v) - 1
    scale = 1.0 / v[0]
    q = np.zeros((max(m - n + 1, 1),), np.result_type(u, v))
    r = u.astype(q.dtype)
    for k in range(0, m - n + 1):
        d = scale * r[k]
        q[k] = d
        r[k:k + n + 1] -= d * v
    while np.allclose(r[0], 0, rtol=1e-14) and r.shape[-1] > 1:
        r = r[1:]
    return q, r


def polyder(p, m=1):
    p = np.asarray(p)
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


def polyint(p, m=1, k=None):
    p = np.asarray(p)
    constants = [0] * m if k is None else list(np.atleast_1d(k)) * (m if np.ndim(k) == 0 else 1)
    for i in range(m):
        p = np.concatenate((p / np.arange(len(p), 0, -1), [constants[i]]))
    return p


class poly1d:
    """A polynomial, highest power first."""

    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            c_or_r = c_or_r.coeffs
        c = np.atleast_1d(poly(c_or_r) if r else c_or_r)
        places = np.nonzero(c)[0]
        self.coeffs = c[int(places[0]):] if len(places) else np.zeros(1, c.dtype)
        self.variable = variable or "x"

    c = coef = coefficients = property(lambda self: self.coeffs)
    order = o = property(lambda self: len(self.coeffs) - 1)
    roots = r = property(lambda self: roots(self.coeffs))

    def __call__(self, val):
        if isinstance(val, poly1d):
            total = poly1d([0])
            for one in self.coeffs.tolist():
                total = total * val + one
            return total
        return polyval(self.coeffs, val)

    def __len__(self):
        return self.order

    def __getitem__(self, power):
        return self.coeffs[self.order - power] if 0 <= power <= self.order else self.coeffs.dtype.type(0)

    def __iter__(self):
        return iter(self.coeffs)

    def __repr__(self):
        return f"poly1d({repr(self.coeffs)[6:-1]})"

    def __eq__(self, other):
        return isinstance(other, poly1d) and np.array_equal(self.coeffs, other.coeffs)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __add__(self, other):
        return poly1d(polyadd(self.coeffs, poly1d(other).coeffs))

    __radd__ = __add__

    def __sub__(self, other):
        return poly1d(polysub(self.coeffs, poly1d(other).coeffs))

    def __rsub__(self, other):
        return poly1d(polysub(poly1d(other).coeffs, self.coeffs))

    def __mul__(self, other):
        return poly1d(polymul(self.coeffs, poly1d(other).coeffs))

    __rmul__ = __mul__

    def __truediv__(self, other):
        if np.isscalar(other):
            return poly1d(self.coeffs / other)
        q, r = polydiv(self.coeffs, poly1d(other).coeffs)
        return poly1d(q), poly1d(r)

    def __pow__(self, power):
        result = poly1d([1])
        for _ in range(power):
            result = result * self
        return result

    def deriv(self, m=1):
        return poly1d(polyder(self.coeffs, m=m))

    def integ(self, m=1, k=0):
        return poly1d(polyint(self.coeffs, m=m, k=k))
