"""NumPy's functions that are text: counts, and histograms of one and of several dimensions."""
import operator

import numpy as np


def bincount(x, /, weights=None, minlength=0):
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("object too deep for desired array" if x.ndim else "object of too small depth for desired array")
    if x.dtype.kind not in "biu" and x.size:
        raise TypeError(f"Cannot cast array data from {x.dtype!r} to dtype('int64') according to the rule 'safe'")
    if x.size and x.min() < 0:
        raise ValueError("'list' argument must have no negative elements")
    minlength = operator.index(minlength)
    if minlength < 0:
        raise ValueError("'minlength' must not be negative")
    size = max(int(x.max()) + 1 if x.size else 0, minlength)
    if weights is None:
        result = np.zeros(size, dtype=np.intp)
        np.add.at(result, x.astype(np.intp), 1)
        return result
    weights = np.asarray(weights, dtype=float)
    if weights.shape != x.shape:
        raise ValueError("The weights and list don't have the same length.")
    result = np.zeros(size)
    np.add.at(result, x.astype(np.intp), weights)
    return result


def digitize(x, bins, right=False):
    bins = np.asarray(bins)
    if bins.ndim != 1:
        raise ValueError("object too deep for desired array")
    steps = np.diff(bins)
    side = "left" if right else "right"
    if np.all(steps >= 0):
        return np.searchsorted(bins, x, side=side)
    if np.all(steps <= 0):
        return len(bins) - np.searchsorted(bins[::-1], x, side="right" if right else "left")
    raise ValueError("bins must be monotonically increasing or decreasing")


def _outer_edges(a, range):
    if range is not None:
        first, last = range
        if first > last:
            raise ValueError("max must be larger than min in range parameter.")
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f"supplied range of [{first}, {last}] is not finite")
    elif a.size == 0:
        first, last = 0, 1
    else:
        first, last = a.min(), a.max()
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f"autodetected range of [{first}, {last}] is not finite")
    if first == last:
        first, last = first - 0.5, last + 0.5
    return first, last


def _width(a, rule):
    n, spread = a.size, np.ptp(a)
    if rule == "sqrt":
        return spread / np.sqrt(n)
    if rule == "sturges":
        return spread / (np.log2(n) + 1.0)
    if rule == "rice":
        return spread / (2.0 * n ** (1.0 / 3))
    if rule == "scott":
        return (24.0 * np.pi**0.5 / n) ** (1.0 / 3.0) * np.std(a)
    if rule == "fd":
        return 2.0 * np.subtract(*np.percentile(a, [75, 25])) * n ** (-1.0 / 3.0)
    if rule == "auto":
        fd, sturges = _width(a, "fd"), _width(a, "sturges")
        return min(fd, sturges) if fd else sturges
    raise ValueError(f"{rule!r} is not a valid estimator for `bins`")


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    return _edges(np.asarray(a).ravel(), bins, range)[0]


def _edges(a, bins, range):
    if isinstance(bins, str):
        first, last = _outer_edges(a, range)
        own = a[(a >= first) & (a <= last)] if range is not None else a
        count = 1
        if own.size:
            width = _width(own, bins)
            if width:
                count = int(np.ceil((last - first) / width))
    elif np.ndim(bins) == 0:
        try:
            count = operator.index(bins)
        except TypeError as error:
            raise TypeError("`bins` must be an integer, a string, or an array") from error
        if count < 1:
            raise ValueError("`bins` must be positive, when an integer")
        first, last = _outer_edges(a, range)
    elif np.ndim(bins) == 1:
        edges = np.asarray(bins)
        if np.any(edges[:-1] > edges[1:]):
            raise ValueError("`bins` must increase monotonically, when an array")
        return edges, None
    else:
        raise ValueError("`bins` must be 1d, when an array")
    dtype = np.result_type(first, last, a)
    if dtype.kind in "biu":
        dtype = np.result_type(dtype, float)
    return np.linspace(first, last, count + 1, endpoint=True, dtype=dtype), (first, last, count)


def histogram(a, bins=10, range=None, density=None, weights=None):
    a = np.asarray(a)
    if a.dtype == bool:
        a = a.astype(np.uint8)
    if weights is not None:
        weights = np.asarray(weights)
        if weights.shape != a.shape:
            raise ValueError("weights should have the same shape as a.")
        weights = weights.ravel()
    a = a.ravel()
    edges, uniform = _edges(a, bins, range)
    if uniform is not None:
        first, last, count = uniform
        keep = (a >= first) & (a <= last)
        own = a[keep].astype(edges.dtype, copy=False)
        places = ((own - first) * (count / (last - first))).astype(np.intp)
        places[places == count] -= 1
        places[own < edges[places]] -= 1
        places[(own >= edges[places + 1]) & (places != count - 1)] += 1
        if weights is None:
            n = bincount(places, minlength=count).astype(np.intp)
        else:
            n = bincount(places, weights[keep], minlength=count).astype(weights.dtype)
    elif weights is None:
        ordered = np.sort(a)
        sums = np.concatenate((ordered.searchsorted(edges[:-1], "left"), [ordered.searchsorted(edges[-1], "right")]))
        n = np.diff(sums)
    else:
        order = np.argsort(a, kind="stable")
        ordered = a[order]
        totals = np.concatenate((np.zeros(1, weights.dtype), weights[order].cumsum()))
        sums = np.concatenate((ordered.searchsorted(edges[:-1], "left"), [ordered.searchsorted(edges[-1], "right")]))
        n = np.diff(totals[sums])
    if density:
        return n / np.array(np.diff(edges), float) / n.sum(), edges
    return n, edges


def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    sample = np.asarray(sample)
    if sample.ndim == 1:
        sample = sample[:, None]
    count, axes = sample.shape
    bins = [bins] * axes if np.ndim(bins) == 0 else list(bins)
    if len(bins) != axes:
        raise ValueError("The dimension of bins must be equal to the dimension of the sample x.")
    edges, places = [], []
    keep = np.ones(count, dtype=bool)
    for i, (own, column) in enumerate(zip(bins, sample.T)):
        line = _edges(column, own, None if range is None else range[i])[0]
        place = np.searchsorted(line, column, side="right")
        place[column == line[-1]] -= 1
        keep &= (place > 0) & (place < len(line))
        edges.append(line)
        places.append(place - 1)
    shape = tuple(len(line) - 1 for line in edges)
    flat = np.ravel_multi_index(tuple(place[keep] for place in places), shape)
    size = int(np.prod(shape))
    counts = bincount(flat, None if weights is None else np.asarray(weights)[keep], minlength=size)
    # Inside of an array with a border, as NumPy counts what lies outside too.
    wide = np.zeros([one + 2 for one in shape])
    result = wide[(slice(1, -1),) * axes]
    result[...] = counts.reshape(shape)
    if density:
        total = result.sum()
        for axis, line in enumerate(edges):
            result = result / np.diff(line).reshape((1,) * axis + (-1,) + (1,) * (axes - axis - 1))
        result /= total
    return result, edges


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    if np.ndim(bins) == 1 and len(bins) not in (1, 2):
        bins = [np.asarray(bins), np.asarray(bins)]
    result, edges = histogramdd(np.array([x, y]).T, bins, range, density, weights)
    return result, edges[0], edges[1]
