"""NumPy's functions that are text: averages, medians and quantiles, functions that pass over nan, correlation."""
import numpy as np
from numpy._errors import AxisError


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    a = np.asanyarray(a)
    if weights is None:
        result = a.mean(axis, keepdims=keepdims)
        scale = np.asarray(result).dtype.type(a.size / max(np.size(result), 1))
    else:
        weights = np.asanyarray(weights)
        dtype = np.result_type(a.dtype, weights.dtype, "f8") if a.dtype.kind in "biu" else np.result_type(a.dtype, weights.dtype)
        if a.shape != weights.shape:
            if axis is None:
                raise TypeError("Axis must be specified when shapes of a and weights differ.")
            if weights.ndim != 1:
                raise TypeError("1D weights expected when shapes of a and weights differ.")
            if weights.shape[0] != a.shape[axis]:
                raise ValueError("Length of weights not compatible with specified axis.")
            weights = np.swapaxes(np.broadcast_to(weights, (a.ndim - 1) * (1,) + weights.shape), -1, axis)
        scale = weights.sum(axis=axis, dtype=dtype, keepdims=keepdims)
        if np.any(scale == 0.0):
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        result = np.multiply(a, weights, dtype=dtype).sum(axis, keepdims=keepdims) / scale
    if returned:
        if np.shape(scale) != np.shape(result):
            scale = np.broadcast_to(scale, np.shape(result)).copy()
        return result, scale
    return result


def _axes(a, axis):
    axes = axis if isinstance(axis, tuple) else (axis,)
    for one in axes:
        if not -a.ndim <= one < a.ndim:
            raise AxisError(one, a.ndim)
    return tuple(one % a.ndim for one in axes)


def _lines(a, axis):
    """The array with the axes that are folded as its last one, and the shape where they are kept."""
    if axis is None:
        return a.ravel(), (1,) * a.ndim
    axes = _axes(a, axis)
    rest = [one for one in range(a.ndim) if one not in axes]
    count = 1
    for one in axes:
        count *= a.shape[one]
    turned = a.transpose(rest + list(axes)).reshape([a.shape[one] for one in rest] + [count])
    return turned, tuple(1 if one in axes else size for one, size in enumerate(a.shape))


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    a = np.asanyarray(a)
    lines, kept = _lines(a, axis)
    count = lines.shape[-1]
    if count == 0:
        result = np.full(lines.shape[:-1], np.nan, a.dtype if a.dtype.kind == "f" else float)
    else:
        part = np.sort(lines, axis=-1)
        half = count // 2
        result = part[..., half - 1 + count % 2:half + 1].mean(axis=-1)
        if a.dtype.kind == "f":
            result = np.where(np.isnan(part[..., -1]), np.nan, result).astype(np.asarray(result).dtype)
    result = np.asarray(result)
    if keepdims:
        result = result.reshape(kept)
    if out is not None:
        out[...] = result
        return out
    return result[()]


_CONTINUOUS = {
    "linear": (1, 1), "weibull": (0, 0), "hazen": (0.5, 0.5), "median_unbiased": (1 / 3, 1 / 3),
    "normal_unbiased": (3 / 8, 3 / 8), "interpolated_inverted_cdf": (0, 1),
}


_METHODS = list(_CONTINUOUS) + ["lower", "higher", "midpoint", "nearest", "inverted_cdf", "averaged_inverted_cdf", "closest_observation"]


def _virtual(n, q, method):
    if method == "linear":
        return (n - 1) * q
    if method in _CONTINUOUS:
        alpha, beta = _CONTINUOUS[method]
        return n * q + (alpha + q * (1 - alpha - beta)) - 1
    if method == "lower":
        return np.floor((n - 1) * q)
    if method == "higher":
        return np.ceil((n - 1) * q)
    if method == "midpoint":
        return 0.5 * (np.floor((n - 1) * q) + np.ceil((n - 1) * q))
    if method == "nearest":
        return np.rint((n - 1) * q)
    place = n * q - 1
    if method == "inverted_cdf":
        low = np.floor(place)
        return np.where(place > low, low + 1, low)
    if method == "averaged_inverted_cdf":
        low = np.floor(place)
        return np.where(place > low, low + 1, low + 0.5)
    if method == "closest_observation":
        index = n * q - 1 - 0.5
        low = np.floor(index)
        return np.where((index == low) & (low % 2 == 1), low, low + 1)
    raise ValueError(f"{method!r} is not a valid method. Use one of: {dict.fromkeys(sorted(_METHODS)).keys()}")


def _quantile(lines, q, method):
    """Along the last axis, for one number or an array of them, which come first."""
    n = lines.shape[-1]
    ordered = np.moveaxis(np.sort(lines, axis=-1), -1, 0)
    place = np.asarray(_virtual(n, q, method))
    low = np.floor(place)
    t = place - low
    exact = method in ("lower", "higher", "nearest", "inverted_cdf", "closest_observation")
    before = np.clip(low, 0, n - 1).astype(np.intp)
    if exact:
        result = ordered[before]
    else:
        after = np.clip(low + 1, 0, n - 1).astype(np.intp)
        t = np.where(place < 0, 0.0, np.where(place >= n - 1, 1.0, t)).reshape(place.shape + (1,) * (lines.ndim - 1))
        if place.ndim == 0:
            t = t.reshape((1,) * (lines.ndim - 1))
        a, b = ordered[np.where(place >= n - 1, n - 1, before)], ordered[np.where(place >= n - 1, n - 1, after)]
        difference = np.subtract(b, a)
        result = np.where(t >= 0.5, b - difference * (1 - t), a + difference * t)
    if lines.dtype.kind == "f":
        nan = np.isnan(ordered[-1])
        if np.any(nan):
            result = np.where(nan, np.nan, result)
    return np.asarray(result)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, interpolation=None):
    a, q = np.asanyarray(a), np.asanyarray(q)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return _quantiles(a, q, axis, out, interpolation or method, keepdims)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, interpolation=None):
    a, q = np.asanyarray(a), np.true_divide(q, 100)
    q = np.asanyarray(q)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return _quantiles(a, q, axis, out, interpolation or method, keepdims)


def _quantiles(a, q, axis, out, method, keepdims):
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    lines, kept = _lines(a, axis)
    if lines.shape[-1] == 0:
        raise IndexError("index -1 is out of bounds for axis 0 with size 0")
    result = _quantile(lines, q, method)
    if keepdims:
        result = result.reshape(q.shape + kept)
    if out is not None:
        out[...] = result
        return out
    return result[()]


def _without_nan(a, value):
    a = np.asanyarray(a)
    if a.dtype.kind not in "fc":
        return a, None
    mask = np.isnan(a)
    return np.where(mask, np.asarray(value, a.dtype), a), mask


def nansum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
    return np.sum(_without_nan(a, 0)[0], axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
    return np.prod(_without_nan(a, 1)[0], axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)


def nancumsum(a, axis=None, dtype=None, out=None):
    return np.cumsum(_without_nan(a, 0)[0], axis=axis, dtype=dtype, out=out)


def nancumprod(a, axis=None, dtype=None, out=None):
    return np.cumprod(_without_nan(a, 1)[0], axis=axis, dtype=dtype, out=out)


def nanmax(a, axis=None, out=None, keepdims=False, initial=None, where=True):
    return np.fmax.reduce(np.asanyarray(a), axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)


def nanmin(a, axis=None, out=None, keepdims=False, initial=None, where=True):
    return np.fmin.reduce(np.asanyarray(a), axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)


def _nanarg(find, a, axis, value, keepdims):
    own, mask = _without_nan(a, value)
    if mask is not None and np.any(np.all(mask, axis=axis)):
        raise ValueError("All-NaN slice encountered")
    return find(own, axis=axis, keepdims=keepdims)


def nanargmax(a, axis=None, out=None, *, keepdims=False):
    return _nanarg(np.argmax, a, axis, -np.inf, keepdims)


def nanargmin(a, axis=None, out=None, *, keepdims=False):
    return _nanarg(np.argmin, a, axis, np.inf, keepdims)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    own, mask = _without_nan(a, 0)
    if mask is None:
        return np.mean(own, axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)
    count = np.sum(~mask, axis=axis, dtype=np.intp, keepdims=keepdims, where=where)
    total = np.sum(own, axis=axis, dtype=dtype, keepdims=keepdims, where=where)
    result = np.asarray(np.divide(total, count)).astype(np.asarray(total).dtype)[()]
    if out is not None:
        out[...] = result
        return out
    return result


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True):
    own, mask = _without_nan(a, 0)
    if mask is None:
        return np.var(own, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where)
    count = np.sum(~mask, axis=axis, dtype=np.intp, keepdims=True)
    mean = (np.sum(own, axis=axis, dtype=dtype, keepdims=True) / count).astype(own.dtype)
    away = np.where(mask, np.asarray(0, own.dtype), own - mean)
    squares = (away.conj() * away).real
    total = np.sum(squares, axis=axis, keepdims=keepdims)
    freedom = count.reshape(np.shape(total)) - ddof
    result = np.where(freedom > 0, total / np.where(freedom > 0, freedom, 1), np.nan).astype(squares.dtype)[()]
    if out is not None:
        out[...] = result
        return out
    return result


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True):
    return np.sqrt(nanvar(a, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims, where=where))


def _nanlines(a, axis, of, q_shape, keepdims):
    a = np.asanyarray(a)
    lines, kept = _lines(a, axis)
    flat = lines.reshape(-1, lines.shape[-1])
    rows = [of(row[~np.isnan(row)] if row.dtype.kind == "f" else row) for row in flat]
    result = np.moveaxis(np.array(rows), 0, -1).reshape(q_shape + lines.shape[:-1])
    if a.dtype.kind == "f":
        result = result.astype(a.dtype if q_shape == () else np.float64)
    return (result.reshape(q_shape + kept) if keepdims else result)[()]


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return _nanlines(a, axis, lambda row: median(row) if row.size else np.nan, (), keepdims)


def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, interpolation=None):
    q = np.asanyarray(q)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return _nanlines(a, axis, lambda row: quantile(row, q, method=method) if row.size else np.full(q.shape, np.nan), q.shape, keepdims)


def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, interpolation=None):
    q = np.asanyarray(np.true_divide(q, 100))
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return nanquantile(a, q, axis, out, overwrite_input, method, keepdims)


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    m = np.asarray(m)
    if m.ndim > 2:
        raise ValueError("m has more than 2 dimensions")
    if dtype is None:
        dtype = np.result_type(m, np.float64) if y is None else np.result_type(m, np.asarray(y), np.float64)
    x = np.array(m, ndmin=2, dtype=dtype)
    if not rowvar and x.shape[0] != 1:
        x = x.T
    if x.shape[0] == 0:
        return np.array([]).reshape(0, 0)
    if y is not None:
        y = np.array(y, copy=False, ndmin=2, dtype=dtype)
        if not rowvar and y.shape[0] != 1:
            y = y.T
        x = np.concatenate((x, y), axis=0)
    if ddof is None:
        ddof = 0 if bias else 1
    w = None
    if fweights is not None:
        fweights = np.asarray(fweights, dtype=float)
        if not np.all(fweights == np.around(fweights)):
            raise TypeError("fweights must be integer")
        if np.any(fweights < 0):
            raise ValueError("fweights cannot be negative")
        w = fweights
    if aweights is not None:
        aweights = np.asarray(aweights, dtype=float)
        if np.any(aweights < 0):
            raise ValueError("aweights cannot be negative")
        w = aweights if w is None else w * aweights
    mean, total = average(x, axis=1, weights=w, returned=True)
    total = total[0]
    if w is None:
        factor = x.shape[1] - ddof
    elif ddof == 0:
        factor = total
    elif aweights is None:
        factor = total - ddof
    else:
        factor = total - ddof * sum(w * aweights) / total
    factor = max(factor, 0.0)
    x = x - mean[:, None]
    turned = x.T if w is None else (x * w).T
    c = np.dot(x, turned.conj()) * np.true_divide(1, factor)
    return c.squeeze()


def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    c = cov(x, y, rowvar, dtype=dtype)
    if np.ndim(c) == 0:
        return c / c
    spread = np.sqrt(np.diag(c).real)
    c = c / spread[:, None] / spread[None, :]
    return np.clip(c, -1, 1)
