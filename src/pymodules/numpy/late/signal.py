"""NumPy's functions that are text: differences, convolution, interpolation, padding, products and windows."""
import numpy as np
from numpy._sliding import full as _sliding_sums
from numpy._errors import AxisError


def diff(a, n=1, axis=-1, prepend=None, append=None):
    if n == 0:
        return a
    if n < 0:
        raise ValueError("order must be non-negative but got " + repr(n))
    a = np.asanyarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    if not -a.ndim <= axis < a.ndim:
        raise AxisError(axis, a.ndim)
    axis %= a.ndim
    parts = []
    for one in (prepend, a, append):
        if one is None:
            continue
        one = np.asanyarray(one)
        if one.ndim == 0:
            shape = list(a.shape)
            shape[axis] = 1
            one = np.broadcast_to(one, shape)
        parts.append(one)
    if len(parts) > 1:
        a = np.concatenate(parts, axis)
    after = (slice(None),) * axis + (slice(1, None),)
    before = (slice(None),) * axis + (slice(None, -1),)
    minus = np.not_equal if a.dtype == bool else np.subtract
    for _ in range(n):
        a = minus(a[after], a[before])
    return a


def gradient(f, *varargs, axis=None, edge_order=1):
    f = np.asanyarray(f)
    if axis is None:
        axes = tuple(range(f.ndim))
    else:
        axes = tuple(one % f.ndim for one in (axis if isinstance(axis, tuple) else (axis,)))
    if len(varargs) == 0:
        spacing = [1.0] * len(axes)
    elif len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        spacing = list(varargs) * len(axes)
    elif len(varargs) == len(axes):
        spacing = list(varargs)
        for i, one in enumerate(spacing):
            one = np.asanyarray(one)
            if one.ndim == 0:
                continue
            if one.ndim != 1:
                raise ValueError("distances must be either scalars or 1d")
            if len(one) != f.shape[axes[i]]:
                raise ValueError("when 1d, distances must match the length of the corresponding dimension")
            if one.dtype.kind in "iu":
                one = one.astype(np.float64)
            steps = diff(one)
            spacing[i] = steps[0] if (steps == steps[0]).all() else steps
    else:
        raise TypeError("invalid number of arguments")
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    if f.dtype.kind in "biu":
        f = f.astype(np.float64)
    results = []
    for axis, h in zip(axes, spacing):
        if f.shape[axis] < edge_order + 1:
            raise ValueError("Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.")
        y = np.moveaxis(f, axis, 0)
        out = np.empty_like(y)
        wide = (-1,) + (1,) * (y.ndim - 1)
        if np.ndim(h) == 0:
            out[1:-1] = (y[2:] - y[:-2]) / (2.0 * h)
        else:
            left, right = h[:-1].reshape(wide), h[1:].reshape(wide)
            a = -right / (left * (left + right))
            b = (right - left) / (left * right)
            c = left / (right * (left + right))
            out[1:-1] = a * y[:-2] + b * y[1:-1] + c * y[2:]
        first, last = (h, h) if np.ndim(h) == 0 else (h[0], h[-1])
        if edge_order == 1:
            out[0] = (y[1] - y[0]) / first
            out[-1] = (y[-1] - y[-2]) / last
        else:
            if np.ndim(h) == 0:
                a, b, c = -1.5 / h, 2.0 / h, -0.5 / h
                out[0] = a * y[0] + b * y[1] + c * y[2]
                a, b, c = 0.5 / h, -2.0 / h, 1.5 / h
                out[-1] = a * y[-3] + b * y[-2] + c * y[-1]
            else:
                p, q = h[0], h[1]
                out[0] = -(2.0 * p + q) / (p * (p + q)) * y[0] + (p + q) / (p * q) * y[1] - p / (q * (p + q)) * y[2]
                p, q = h[-2], h[-1]
                out[-1] = q / (p * (p + q)) * y[-3] - (q + p) / (p * q) * y[-2] + (2.0 * q + p) / (q * (p + q)) * y[-1]
        results.append(np.moveaxis(out, 0, axis))
    return results[0] if len(results) == 1 else results


def trapz(y, x=None, dx=1.0, axis=-1):
    y = np.asanyarray(y)
    if x is None:
        d = dx
    else:
        x = np.asanyarray(x)
        if x.ndim == 1:
            shape = [1] * y.ndim
            shape[axis] = x.shape[0] - 1
            d = diff(x).reshape(shape)
        else:
            d = diff(x, axis=axis)
    turned = np.moveaxis(y, axis, 0)
    steps = d if np.ndim(d) == 0 else np.moveaxis(d, axis, 0)
    return (steps * (turned[1:] + turned[:-1]) / 2.0).sum(axis=0)


def _sliding(a, v, mode):
    """Sums of products of a longer line with one that is moved along it."""
    n, m = len(a), len(v)
    dtype = np.result_type(a, v)
    if dtype == np.float64:
        full = _sliding_sums(a, v)
    else:
        full = np.zeros(n + m - 1, dtype)
        for i, one in enumerate(v):
            full[i:i + n] += a * one
    if mode == "full":
        return full
    if mode == "same":
        start = (m - 1) // 2
        return full[start:start + n]
    return full[m - 1:n]


def _mode(mode):
    if isinstance(mode, str) and mode[:1] in ("v", "s", "f"):
        return {"v": "valid", "s": "same", "f": "full"}[mode[0]]
    raise ValueError(f"mode must be one of 'valid', 'same', or 'full' (got {mode!r})")


def convolve(a, v, mode="full"):
    a, v = np.array(a, copy=False, ndmin=1), np.array(v, copy=False, ndmin=1)
    if len(v) > len(a):
        a, v = v, a
    if len(a) == 0:
        raise ValueError("a cannot be empty")
    if len(v) == 0:
        raise ValueError("v cannot be empty")
    if a.ndim > 1 or v.ndim > 1:
        raise ValueError("object too deep for desired array")
    return _sliding(a, v, _mode(mode))


def correlate(a, v, mode="valid"):
    a, v = np.asarray(a), np.asarray(v)
    if a.ndim == 0 or v.ndim == 0:
        raise ValueError("object of too small depth for desired array")
    if a.ndim == 1 == v.ndim and (len(a) == 0 or len(v) == 0):
        raise ValueError("first array argument cannot be empty" if len(a) == 0 else "second array argument cannot be empty")
    if a.ndim > 1 or v.ndim > 1:
        raise ValueError("object too deep for desired array")
    v = np.conj(v[::-1])
    if len(v) > len(a):
        full = _sliding(v, a, "full")
        if _mode(mode) == "full":
            return full
        if _mode(mode) == "same":
            start = len(a) // 2 if len(a) % 2 == 0 else (len(a) - 1) // 2
            return full[start:start + len(v)]
        return full[len(a) - 1:len(v)]
    return _sliding(a, v, _mode(mode))


def interp(x, xp, fp, left=None, right=None, period=None):
    xp, fp = np.asarray(xp, dtype=np.float64), np.asarray(fp)
    fp = fp if fp.dtype.kind == "c" else fp.astype(np.float64)
    x = np.asarray(x, dtype=np.float64)
    if period is not None:
        if period == 0:
            raise ValueError("period must be a non-zero value")
        period = abs(period)
        left = right = None
        x, xp = x % period, xp % period
        order = np.argsort(xp)
        xp, fp = xp[order], fp[order]
        xp = np.concatenate((xp[-1:] - period, xp, xp[0:1] + period))
        fp = np.concatenate((fp[-1:], fp, fp[0:1]))
    if xp.ndim != 1 or fp.ndim != 1:
        raise ValueError("Data points must be 1-D sequences")
    if xp.shape[0] != fp.shape[0]:
        raise ValueError("fp and xp are not of the same length.")
    if len(xp) == 0:
        raise ValueError("array of sample points is empty")
    left = fp[0] if left is None else left
    right = fp[-1] if right is None else right
    if len(xp) == 1:
        return np.where(x < xp[0], left, np.where(x > xp[0], right, np.where(np.isnan(x), x, fp[0])))[()]
    place = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, len(xp) - 2)
    steps = np.diff(xp)
    slope = np.diff(fp) / np.where(steps == 0, 1, steps)
    result = slope[place] * (x - xp[place]) + fp[place]
    result = np.where(np.isnan(result) & (fp[place] == fp[place + 1]) & ~np.isnan(x), fp[place], result)
    result = np.where(x == xp[-1], fp[-1], result)
    return np.where(x < xp[0], left, np.where(x > xp[-1], right, result))[()]


def _pairs(value, ndim, whole=False):
    value = np.asarray(value)
    if whole and value.dtype.kind not in "iu":
        raise TypeError("`pad_width` must be of integral type.")
    try:
        return np.broadcast_to(value, (ndim, 2)).tolist()
    except ValueError:
        raise ValueError(
            f"operands could not be broadcast together with remapped shapes [original->remapped]: {value.shape} and requested shape ({ndim},2)".replace(", ", ",")
        ) from None


def pad(array, pad_width, mode="constant", **kwargs):
    array = np.asarray(array)
    widths = _pairs(pad_width, array.ndim, True)
    if any(one < 0 for pair in widths for one in pair):
        raise ValueError("index can't contain negative values")
    allowed = {
        "constant": ["constant_values"], "linear_ramp": ["end_values"], "maximum": ["stat_length"], "mean": ["stat_length"],
        "median": ["stat_length"], "minimum": ["stat_length"], "reflect": ["reflect_type"], "symmetric": ["reflect_type"],
        "edge": [], "empty": [], "wrap": [],
    }
    if callable(mode):
        padded = pad(array, pad_width)
        for axis in range(padded.ndim):
            view = np.moveaxis(padded, axis, -1)
            for place in np.ndindex(*view.shape[:-1]):
                mode(view[place], tuple(widths[axis]), axis, kwargs)
        return padded
    if mode not in allowed:
        raise ValueError(f"mode '{mode}' is not supported")
    for name in kwargs:
        if name not in allowed[mode]:
            raise ValueError(f"unsupported keyword arguments for mode '{mode}': {set(kwargs)}")
    shape = [before + size + after for size, (before, after) in zip(array.shape, widths)]
    result = np.zeros(shape, array.dtype)
    result[tuple(slice(before, before + size) for size, (before, _) in zip(array.shape, widths))] = array
    values = _pairs(kwargs.get("constant_values", kwargs.get("end_values", 0)), array.ndim)
    if mode == "empty":
        return result
    if array.size == 0 and mode != "constant":
        for axis, size in enumerate(array.shape):
            if size == 0 and any(widths[axis]):
                raise ValueError(f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
        return result
    for axis, (before, after) in enumerate(widths):
        lines = np.moveaxis(result, axis, 0)
        size = array.shape[axis]
        end = before + size
        if mode == "constant":
            lines[:before], lines[end:] = values[axis]
        elif mode == "edge":
            lines[:before], lines[end:] = lines[before:before + 1], lines[end - 1:end]
        elif mode == "linear_ramp":
            for here, count, value in ((True, before, values[axis][0]), (False, after, values[axis][1])):
                edge = lines[before if here else end - 1]
                ramp = np.linspace(value, edge, count, endpoint=False, dtype=result.dtype)
                if here:
                    lines[:before] = ramp
                elif count:
                    lines[end:] = ramp[::-1]
        elif mode in ("maximum", "minimum", "mean", "median"):
            of = {"maximum": np.max, "minimum": np.min, "mean": np.mean, "median": np.median}[mode]
            lengths = kwargs.get("stat_length")
            first, last = (size, size) if lengths is None else _pairs(lengths, array.ndim)[axis]
            if min(first, last) == 0 and mode in ("maximum", "minimum"):
                raise ValueError("stat_length of 0 yields no value for padding")
            own = lines[before:end].copy()
            for part, here in ((own[:min(first, size)], True), (own[max(size - last, 0):], False)):
                value = of(part, axis=0, keepdims=True)
                if result.dtype.kind in "iu":
                    value = np.rint(value) if mode in ("mean", "median") else value
                if here:
                    lines[:before] = value
                else:
                    lines[end:] = value
        else:
            _mirror(lines, before, size, after, mode, kwargs.get("reflect_type", "even"))
    return result


def _mirror(lines, before, size, after, mode, kind):
    period = size if mode == "wrap" else 2 * size - 2 if mode == "reflect" else 2 * size
    places = np.arange(-before, size + after)
    if mode == "wrap":
        lines[...] = lines[before + places % size]
        return
    if period == 0:
        lines[...] = lines[before]
        return
    inside = places % period
    own = np.where(inside < size, inside, period - inside - (mode == "symmetric"))
    source = lines[before:before + size].copy()
    if kind != "odd":
        lines[...] = source[own]
        return
    if mode == "symmetric" or max(before, after) > size - 1:
        raise NotImplementedError("numpy.pad(reflect_type='odd') beyond one reflection is not here; nearest: reflect_type='even'")
    for i in range(1, before + 1):
        lines[before - i] = 2 * source[0] - source[i]
    for i in range(1, after + 1):
        lines[before + size - 1 + i] = 2 * source[-1] - source[-1 - i]


def unwrap(p, discont=None, axis=-1, *, period=2 * np.pi):
    p = np.asarray(p)
    steps = diff(p, axis=axis)
    discont = period / 2 if discont is None else discont
    high = period / 2
    wrapped = np.mod(steps + high, period) - high
    wrapped = np.where((wrapped == -high) & (steps > 0), high, wrapped)
    change = np.where(abs(steps) < discont, 0, wrapped - steps)
    up = np.array(p, dtype=p.dtype if p.dtype.kind == "f" else float)
    rest = (slice(None),) * (axis % p.ndim) + (slice(1, None),)
    up[rest] = p[rest] + change.cumsum(axis)
    return up


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = np.moveaxis(np.asarray(a), axisa, -1), np.moveaxis(np.asarray(b), axisb, -1)
    if a.shape[-1] not in (2, 3) or b.shape[-1] not in (2, 3):
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    if a.shape[-1] == 2 and b.shape[-1] == 2:
        return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    a0, a1 = a[..., 0], a[..., 1]
    b0, b1 = b[..., 0], b[..., 1]
    a2 = a[..., 2] if a.shape[-1] == 3 else np.zeros_like(a0)
    b2 = b[..., 2] if b.shape[-1] == 3 else np.zeros_like(b0)
    result = np.stack(np.broadcast_arrays(a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0), axis=-1)
    return np.moveaxis(result, -1, axisc)


def kron(a, b):
    a, b = np.asanyarray(a), np.asanyarray(b)
    ndim = max(a.ndim, b.ndim)
    if ndim == 0:
        return np.multiply(a, b)
    a = a.reshape((1,) * (ndim - a.ndim) + a.shape)
    b = b.reshape((1,) * (ndim - b.ndim) + b.shape)
    wide_a = a.reshape([size for one in a.shape for size in (one, 1)])
    wide_b = b.reshape([size for one in b.shape for size in (1, one)])
    return (wide_a * wide_b).reshape([p * q for p, q in zip(a.shape, b.shape)])


def einsum_path(*operands, optimize="greedy", einsum_call=False):
    raise NotImplementedError("numpy.einsum_path is not here; nearest: numpy.einsum, which multiplies from the left")


def bartlett(M):
    n = np.arange(1 - M, M, 2)
    return np.where(n <= 0, 1 + n / (M - 1), 1 - n / (M - 1)) if M > 1 else np.ones(max(M, 0))


def hanning(M):
    n = np.arange(1 - M, M, 2)
    return 0.5 + 0.5 * np.cos(np.pi * n / (M - 1)) if M > 1 else np.ones(max(M, 0))


def hamming(M):
    n = np.arange(1 - M, M, 2)
    return 0.54 + 0.46 * np.cos(np.pi * n / (M - 1)) if M > 1 else np.ones(max(M, 0))


def blackman(M):
    n = np.arange(1 - M, M, 2)
    return 0.42 + 0.5 * np.cos(np.pi * n / (M - 1)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1)) if M > 1 else np.ones(max(M, 0))
