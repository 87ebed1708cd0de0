"""NumPy's functions that are text: sets of elements, and questions of sameness."""
import numpy as np
from numpy._errors import AxisError


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True):
    ar = np.asanyarray(ar)
    if axis is not None:
        return _unique_rows(ar, return_index, return_inverse, return_counts, axis)
    ar = ar.ravel()
    if return_index or return_inverse:
        order = ar.argsort(kind="mergesort" if return_index else "quicksort")
        ordered = ar[order]
    else:
        ordered = np.sort(ar)
    first = np.empty(ordered.shape, dtype=bool)
    first[:1] = True
    first[1:] = ordered[1:] != ordered[:-1]
    if equal_nan and ordered.size and ordered.dtype.kind == "f" and np.isnan(ordered[-1]):
        start = np.searchsorted(ordered, ordered[-1], side="left")
        first[start + 1:] = False
    return _results(ordered[first], order if return_index or return_inverse else None, first, return_index, return_inverse, return_counts)


def _results(values, order, first, return_index, return_inverse, return_counts):
    results = (values,)
    if return_index:
        results += (order[first],)
    if return_inverse:
        inverse = np.empty(first.shape, dtype=np.intp)
        inverse[order] = np.cumsum(first) - 1
        results += (inverse,)
    if return_counts:
        results += (np.diff(np.append(np.flatnonzero(first), first.size)),)
    return results if len(results) > 1 else values


def _unique_rows(ar, return_index, return_inverse, return_counts, axis):
    if not -ar.ndim <= axis < ar.ndim:
        raise AxisError(axis, ar.ndim)
    turned = np.moveaxis(ar, axis, 0)
    rows = turned.reshape(len(turned), -1)
    order = np.lexsort(rows.T[::-1]) if rows.shape[1] else np.arange(len(rows))
    ordered = rows[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = np.any(ordered[1:] != ordered[:-1], axis=1)
    values = np.moveaxis(ordered[first].reshape((-1,) + turned.shape[1:]), 0, axis)
    return _results(values, order, first, return_index, return_inverse, return_counts)


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    ar1, ar2 = np.asanyarray(ar1), np.asanyarray(ar2)
    if not assume_unique:
        if return_indices:
            ar1, places1 = unique(ar1, return_index=True)
            ar2, places2 = unique(ar2, return_index=True)
        else:
            ar1, ar2 = unique(ar1), unique(ar2)
    else:
        ar1, ar2 = ar1.ravel(), ar2.ravel()
    both = np.concatenate((ar1, ar2))
    order = both.argsort(kind="mergesort")
    both = both[order]
    mask = both[1:] == both[:-1]
    found = both[:-1][mask]
    if not return_indices:
        return found
    own1, own2 = order[:-1][mask], order[1:][mask] - ar1.size
    if not assume_unique:
        own1, own2 = places1[own1], places2[own2]
    return found, own1, own2


def union1d(ar1, ar2):
    return unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


def setxor1d(ar1, ar2, assume_unique=False):
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = np.sort(np.concatenate((np.ravel(ar1), np.ravel(ar2))))
    if both.size == 0:
        return both
    flag = np.concatenate(([True], both[1:] != both[:-1], [True]))
    return both[flag[1:] & flag[:-1]]


def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    if kind not in (None, "sort", "table"):
        raise ValueError(f"Invalid kind: '{kind}'. Please use None, 'sort' or 'table'.")
    element = np.asarray(element)
    tests = np.asarray(test_elements).ravel()
    if tests.size == 0:
        found = np.zeros(element.shape, dtype=bool)
    else:
        tests = np.sort(tests)
        places = np.searchsorted(tests, element.ravel())
        places[places == tests.size] = tests.size - 1
        found = (tests[places] == element.ravel()).reshape(element.shape)
    return ~found if invert else found


def in1d(ar1, ar2, assume_unique=False, invert=False, *, kind=None):
    return isin(np.ravel(ar1), ar2, assume_unique, invert, kind=kind)


def setdiff1d(ar1, ar2, assume_unique=False):
    ar1 = np.asarray(ar1).ravel() if assume_unique else unique(ar1)
    return ar1[isin(ar1, unique(ar2), invert=True)]


def ediff1d(ary, to_end=None, to_begin=None):
    ary = np.asanyarray(ary).ravel()
    parts = [ary[1:] - ary[:-1]]
    if to_begin is not None:
        parts.insert(0, np.ravel(to_begin))
    if to_end is not None:
        parts.append(np.ravel(to_end))
    return np.concatenate(parts).astype(ary.dtype)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    x, y = np.asanyarray(a), np.asanyarray(b)
    if y.dtype.kind in "biu":
        y = y.astype(np.float64)
    finite = np.isfinite(x) & np.isfinite(y)
    close = np.less_equal(abs(x - y), atol + rtol * abs(y))
    result = np.where(finite, close, x == y)
    if equal_nan:
        result = result | (np.isnan(x) & np.isnan(y))
    return result[()]


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(np.all(isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan)))


def array_equal(a1, a2, equal_nan=False):
    try:
        a1, a2 = np.asarray(a1), np.asarray(a2)
    except Exception:
        return False
    if a1.shape != a2.shape:
        return False
    same = a1 == a2
    if equal_nan and a1.dtype.kind in "fc" and a2.dtype.kind in "fc":
        same = same | (np.isnan(a1) & np.isnan(a2))
    return bool(np.all(same))


def array_equiv(a1, a2):
    try:
        a1, a2 = np.asarray(a1), np.asarray(a2)
        np.broadcast_shapes(a1.shape, a2.shape)
    except Exception:
        return False
    return bool(np.all(a1 == a2))
