"""`numpy.linalg`, over the decompositions of `numpy._linalg`."""
import operator

import numpy as np
from numpy import _linalg
from numpy._errors import LinAlgError


def _real(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" or a.dtype.kind == "c" else a.astype(np.float64)


def _scalar(x):
    return x[()] if x.ndim == 0 else x


def inv(a):
    return _linalg.inv(a)


def solve(a, b):
    a, b = _real(a), _real(b)
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if a.shape[-1] != a.shape[-2]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    n = a.shape[-1]
    one = b.ndim == a.ndim - 1
    sides = b[..., None] if one else b
    if sides.shape[-2:-1] != (n,):
        signature = "(m,m),(m)->(m)" if one else "(m,m),(m,n)->(m,n)"
        size = sides.shape[-2] if sides.ndim > 1 else 0
        raise ValueError(
            f"solve{'1' if one else ''}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {signature} (size {size} is different from {n})"
        )
    batch = np.broadcast_shapes(a.shape[:-2], sides.shape[:-2])
    solved = _linalg.solve(np.broadcast_to(a, batch + (n, n)), np.broadcast_to(sides, batch + sides.shape[-2:]), 0)
    return solved[..., 0] if one else solved


def tensorsolve(a, b, axes=None):
    a, b = np.asarray(a), np.asarray(b)
    if axes is not None:
        order = [k for k in range(a.ndim) if k not in axes] + list(axes)
        a = a.transpose(order)
    shape = a.shape[b.ndim:]
    return solve(a.reshape(b.size, -1), b.ravel()).reshape(shape)


def tensorinv(a, ind=2):
    a = np.asarray(a)
    shape = a.shape[ind:] + a.shape[:ind]
    return inv(a.reshape(int(np.prod(a.shape[:ind])), -1)).reshape(shape)


def det(a):
    return _scalar(_linalg.det(a))


def slogdet(a):
    sign, log = _linalg.slogdet(a)
    return _scalar(sign), _scalar(log)


def cholesky(a):
    return _linalg.cholesky(a)


def qr(a, mode="reduced"):
    if mode in ("reduced", "complete"):
        return _linalg.qr(a, mode == "complete")
    if mode == "r":
        return _linalg.qr(a, False)[1]
    if mode == "raw":
        raise NotImplementedError("numpy.linalg.qr(mode='raw') is not here; nearest: mode='reduced'")
    raise ValueError(f"Unrecognized mode '{mode}'")


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    u, s, vt = _linalg.svd(a, bool(full_matrices) and compute_uv)
    return (u, s, vt) if compute_uv else s


def eigh(a, UPLO="L"):
    if UPLO.upper() not in ("L", "U"):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    return _linalg.eigh(a, UPLO.upper() == "U")


def eigvalsh(a, UPLO="L"):
    return eigh(a, UPLO)[0]


def eig(a):
    return _linalg.eig(a)


def eigvals(a):
    return _linalg.eig(a)[0]


def matrix_power(a, n):
    a = np.asarray(a)
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if a.shape[-1] != a.shape[-2]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    try:
        n = operator.index(n)
    except TypeError as error:
        raise TypeError("exponent must be an integer") from error
    if n < 0:
        a, n = inv(a), -n
    result = np.broadcast_to(np.eye(a.shape[-1], dtype=a.dtype), a.shape).copy()
    while n > 0:
        if n & 1:
            result = result @ a
        n >>= 1
        if n:
            a = a @ a
    return result


def matrix_rank(A, tol=None, hermitian=False):
    A = np.asarray(A)
    if A.ndim < 2:
        return int(not np.all(A == 0))
    s = svd(A, compute_uv=False)
    if tol is None:
        tol = s.max(axis=-1, keepdims=True) * max(A.shape[-2:]) * np.finfo(s.dtype).eps
    else:
        tol = np.asarray(tol)[..., None]
    return np.count_nonzero(s > tol, axis=-1)


def pinv(a, rcond=1e-15, hermitian=False):
    a = np.asarray(a)
    if a.size == 0:
        return np.empty(a.shape[:-2] + (a.shape[-1], a.shape[-2]), dtype=a.dtype)
    u, s, vt = svd(a, full_matrices=False)
    large = s > np.asarray(rcond)[..., None] * s.max(axis=-1, keepdims=True)
    s = np.where(large, 1 / np.where(large, s, 1), 0).astype(s.dtype)
    return np.matmul(np.swapaxes(vt, -1, -2), s[..., None] * np.swapaxes(u, -1, -2))


def lstsq(a, b, rcond="warn"):
    a, b = _real(a), _real(b)
    if a.ndim != 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be two-dimensional")
    one = b.ndim == 1
    sides = b[:, None] if one else b
    m, n = a.shape
    if m != sides.shape[0]:
        raise LinAlgError("Incompatible dimensions")
    eps = np.finfo(np.result_type(a, b)).eps
    if rcond is None:
        rcond = eps * max(m, n)
    elif rcond == "warn" or rcond == -1:
        rcond = eps
    u, s, vt = svd(a, full_matrices=False)
    large = s > rcond * (s[0] if s.size else 0)
    rank = int(np.count_nonzero(large))
    inverse = np.where(large, 1 / np.where(large, s, 1), 0)
    x = vt.T @ (inverse[:, None] * (u.T @ sides))
    if rank == n and m > n:
        residuals = ((sides - a @ x) ** 2).sum(axis=0)
    else:
        residuals = np.empty(0)
    dtype = np.result_type(a, b)
    return (x[:, 0] if one else x).astype(dtype), residuals.astype(dtype), np.int32(rank), s


def norm(x, ord=None, axis=None, keepdims=False):
    x = np.asarray(x)
    if x.dtype.kind not in "fc":
        x = x.astype(float)
    if axis is None:
        if ord is None or (ord in ("f", "fro") and x.ndim == 2) or (ord == 2 and x.ndim == 1):
            flat = x.ravel(order="K")
            if x.dtype.kind == "c":
                total = flat.real.dot(flat.real) + flat.imag.dot(flat.imag)
            else:
                total = flat.dot(flat)
            result = np.sqrt(total)
            return np.asarray(result).reshape(x.ndim * [1]) if keepdims else result
        axis = tuple(range(x.ndim))
    elif not isinstance(axis, tuple):
        try:
            axis = int(axis)
        except Exception as error:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from error
        axis = (axis,)
    if len(axis) == 1:
        if ord == np.inf:
            return abs(x).max(axis=axis, keepdims=keepdims)
        if ord == -np.inf:
            return abs(x).min(axis=axis, keepdims=keepdims)
        if ord == 0:
            return (x != 0).astype(x.real.dtype).sum(axis=axis, keepdims=keepdims)
        if ord == 1:
            return np.add.reduce(abs(x), axis=axis, keepdims=keepdims)
        if ord is None or ord == 2:
            return np.sqrt(np.add.reduce((x.conj() * x).real, axis=axis, keepdims=keepdims))
        if isinstance(ord, str):
            raise ValueError(f"Invalid norm order '{ord}' for vectors")
        total = np.add.reduce(abs(x) ** ord, axis=axis, keepdims=keepdims)
        return total ** np.reciprocal(np.asarray(ord, dtype=total.dtype))
    if len(axis) != 2:
        raise ValueError("Improper number of dimensions to norm.")
    row, column = (one + x.ndim if one < 0 else one for one in axis)
    if not (0 <= row < x.ndim and 0 <= column < x.ndim):
        raise np.AxisError(axis[0] if not 0 <= row < x.ndim else axis[1], x.ndim)
    if row == column:
        raise ValueError("Duplicate axes given.")
    if ord in (2, -2, "nuc"):
        s = svd(np.moveaxis(x, (row, column), (-2, -1)), compute_uv=False)
        result = s.max(axis=-1) if ord == 2 else s.min(axis=-1) if ord == -2 else s.sum(axis=-1)
    elif ord in (1, -1, np.inf, -np.inf):
        first, second = (row, column) if ord in (1, -1) else (column, row)
        sums = np.add.reduce(abs(x), axis=first)
        second -= second > first
        result = sums.max(axis=second) if ord > 0 else sums.min(axis=second)
    elif ord in (None, "fro", "f"):
        result = np.sqrt(np.add.reduce((x.conj() * x).real, axis=axis))
    else:
        raise ValueError("Invalid norm order for matrices.")
    if keepdims:
        shape = list(x.shape)
        shape[axis[0]] = shape[axis[1]] = 1
        result = np.asarray(result).reshape(shape)
    return result


def cond(x, p=None):
    x = np.asarray(x)
    if x.size == 0:
        raise LinAlgError("cond is not defined on empty arrays")
    if p is None or p in (2, -2):
        s = svd(x, compute_uv=False)
        return s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    return norm(x, p, axis=(-2, -1)) * norm(inv(x), p, axis=(-2, -1))


def multi_dot(arrays, *, out=None):
    arrays = [np.asarray(one) for one in arrays]
    if len(arrays) < 2:
        raise ValueError("Expecting at least two arrays.")
    result = arrays[0]
    for one in arrays[1:]:
        result = result @ one
    return result
