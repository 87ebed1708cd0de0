"""NumPy's functions that are text: numbers at even steps, grids of them, and the places of elements."""
import operator

import numpy as np


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    num = operator.index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    div = num - 1 if endpoint else num
    start = np.asanyarray(start) * 1.0
    stop = np.asanyarray(stop) * 1.0
    own = np.result_type(start, stop, float(num))
    whole = dtype is not None and np.dtype(dtype).kind in "iu"
    delta = np.asarray(stop - start)
    y = np.arange(0, num, dtype=own).reshape((-1,) + (1,) * delta.ndim)
    if div > 0:
        step = delta / div
        if np.any(step == 0):
            y = y / div * delta
        else:
            y = y * step
    else:
        step = np.nan
        y = y * delta
    y += start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = np.moveaxis(y, 0, axis)
    if whole:
        y = np.floor(y)
    y = y.astype(own if dtype is None else dtype, copy=False)
    return (y, step) if retstep else y


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    y = linspace(start, stop, num=num, endpoint=endpoint, axis=axis)
    y = np.power(base, y)
    return y if dtype is None else y.astype(dtype, copy=False)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    start, stop = np.asanyarray(start), np.asanyarray(stop)
    if np.any(start == 0) or np.any(stop == 0):
        raise ValueError("Geometric sequence cannot include zero")
    own = np.result_type(start, stop, float(num), np.zeros((), dtype))
    dtype = own if dtype is None else np.dtype(dtype)
    start, stop = start.astype(own), stop.astype(own)
    both = (np.sign(start) == -1) & (np.sign(stop) == -1)
    sign = np.where(both, -1, 1).astype(own)
    start, stop = start * sign, stop * sign
    result = logspace(np.log10(start), np.log10(stop), num=num, endpoint=endpoint, base=10.0)
    if num > 0:
        result[0] = start
        if num > 1 and endpoint:
            result[-1] = stop
    result = sign * result
    if axis != 0:
        result = np.moveaxis(result, 0, axis)
    return result.astype(dtype, copy=False)


def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    ndim = len(xi)
    ones = (1,) * ndim
    output = [np.asanyarray(x).reshape(ones[:i] + (-1,) + ones[i + 1:]) for i, x in enumerate(xi)]
    if indexing == "xy" and ndim > 1:
        output[0] = output[0].reshape((1, -1) + ones[2:])
        output[1] = output[1].reshape((-1, 1) + ones[2:])
    if not sparse:
        output = np.broadcast_arrays(*output)
    return [x.copy() for x in output] if copy else output


class _Grid:
    def __init__(self, sparse):
        self.sparse = sparse

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            return self._line(key)
        lines = [self._line(one) for one in key]
        dtype = np.result_type(*lines)
        if self.sparse:
            n = len(lines)
            return [line.astype(dtype).reshape((1,) * i + (-1,) + (1,) * (n - i - 1)) for i, line in enumerate(lines)]
        return np.stack(np.broadcast_arrays(*np.ix_(*lines))).astype(dtype) if 0 not in [len(line) for line in lines] else np.empty((len(lines),) + tuple(len(line) for line in lines), dtype)

    def _line(self, key):
        start = 0 if key.start is None else key.start
        step = 1 if key.step is None else key.step
        if isinstance(step, complex):
            count = int(abs(step))
            return linspace(start, key.stop, count)
        return np.arange(start, key.stop, step)


mgrid = _Grid(False)
ogrid = _Grid(True)


class _Joined:
    def __init__(self, name, axis, least):
        self.name, self.axis, self.least = name, axis, least

    def __getitem__(self, key):
        parts = key if isinstance(key, tuple) else (key,)
        axis, least, front = self.axis, self.least, self.name == "c"
        if isinstance(parts[0], str):
            if parts[0] in ("r", "c"):
                raise NotImplementedError(f"numpy.{self.name}_['{parts[0]}', …] is not here; nearest: numpy.atleast_2d")
            numbers = [int(one) for one in parts[0].split(",")]
            axis = numbers[0]
            least = numbers[1] if len(numbers) > 1 else least
            front = len(numbers) > 2 and numbers[2] == 0
            parts = parts[1:]
        arrays = []
        for one in parts:
            if isinstance(one, slice):
                array = _Grid(False)._line(one)
                if self.name == "c":
                    array = array.reshape(-1, 1)
            else:
                array = np.asarray(one)
                if array.ndim == 0:
                    array = array.reshape((1,) * max(least, 1))
            while array.ndim < least:
                array = array[..., None] if front else array[None]
            arrays.append(array)
        scalars = [not isinstance(one, slice) and np.ndim(one) == 0 for one in parts]
        if any(scalars) and not all(scalars):
            dtype = np.result_type(*[one if flag else array for one, flag, array in zip(parts, scalars, arrays)])
            arrays = [array.astype(dtype, copy=False) for array in arrays]
        return np.concatenate(arrays, axis=axis)


r_ = _Joined("r", 0, 1)
c_ = _Joined("c", -1, 2)


class _IndexExpression:
    def __init__(self, pairs):
        self.pairs = pairs

    def __getitem__(self, key):
        return (key,) if self.pairs and not isinstance(key, tuple) else key


index_exp = _IndexExpression(True)
s_ = _IndexExpression(False)


def ix_(*args):
    out = []
    for k, one in enumerate(args):
        if not isinstance(one, np.ndarray):
            one = np.asarray(one)
            if one.size == 0:
                one = one.astype(np.intp)
        if one.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if one.dtype == bool:
            (one,) = one.nonzero()
        out.append(one.reshape((1,) * k + (one.size,) + (1,) * (len(args) - k - 1)))
    return tuple(out)


def indices(dimensions, dtype=int, sparse=False):
    dimensions = tuple(dimensions)
    n = len(dimensions)
    lines = [np.arange(size, dtype=dtype).reshape((1,) * i + (size,) + (1,) * (n - i - 1)) for i, size in enumerate(dimensions)]
    if sparse:
        return tuple(lines)
    result = np.empty((n,) + dimensions, dtype=dtype)
    for i, line in enumerate(lines):
        result[i] = line
    return result


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    return function(*indices(shape, dtype=dtype), **kwargs)


def tril_indices(n, k=0, m=None):
    return tuple(one.copy() for one in np.nonzero(np.tri(n, m, k=k, dtype=bool)))


def triu_indices(n, k=0, m=None):
    return tuple(one.copy() for one in np.nonzero(~np.tri(n, m, k=k - 1, dtype=bool)))


def tril_indices_from(arr, k=0):
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return tril_indices(arr.shape[-2], k=k, m=arr.shape[-1])


def triu_indices_from(arr, k=0):
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return triu_indices(arr.shape[-2], k=k, m=arr.shape[-1])


def diag_indices(n, ndim=2):
    return (np.arange(n),) * ndim


def diag_indices_from(arr):
    return diag_indices(arr.shape[0], arr.ndim)


def diagflat(v, k=0):
    return np.diag(np.ravel(v), k)


def fill_diagonal(a, val, wrap=False):
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    if a.ndim == 2:
        step = a.shape[1] + 1
        end = None if wrap else a.shape[1] * a.shape[1]
    else:
        if not np.all(np.diff(a.shape) == 0):
            raise ValueError("All dimensions of input must be of equal length")
        step = 1 + int(np.cumprod(a.shape[:-1]).sum())
        end = None
    a.flat[:end:step] = val


def vander(x, N=None, increasing=False):
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("x must be a one-dimensional array or sequence.")
    N = len(x) if N is None else N
    v = np.empty((len(x), N), dtype=np.promote_types(x.dtype, int))
    powers = v if increasing else v[:, ::-1]
    if N > 0:
        powers[:, 0] = 1
    if N > 1:
        powers[:, 1:] = x[:, None]
        powers[:, 1:] = np.multiply.accumulate(powers[:, 1:], axis=1)
    return v


def unravel_index(indices, shape, order="C"):
    if isinstance(shape, int):
        shape = (shape,)
    flat = np.asarray(indices)
    if flat.dtype.kind not in "iu" and flat.size:
        raise TypeError("only int indices permitted")
    size = 1
    for one in shape:
        size *= one
    for one in flat.ravel().tolist():
        if one < 0 or one >= size:
            raise ValueError(f"index {one} is out of bounds for array with size {size}")
    result = []
    for one in (reversed(shape) if order == "C" else shape):
        result.append(flat % one)
        flat = flat // one
    return tuple(reversed(result)) if order == "C" else tuple(result)


def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    parts = [np.asarray(one) for one in multi_index]
    if len(parts) != len(dims):
        raise ValueError(f"parameter multi_index must be a sequence of length {len(dims)}")
    modes = (mode,) * len(dims) if isinstance(mode, str) else mode
    total = 0
    pairs = list(zip(parts, dims, modes))
    for part, size, how in pairs if order == "C" else reversed(pairs):
        if how == "wrap":
            part = part % size
        elif how == "clip":
            part = np.clip(part, 0, size - 1)
        elif np.any((part < 0) | (part >= size)):
            raise ValueError("invalid entry in coordinates array")
        total = total * size + part
    return total


class ndindex:
    def __init__(self, *shape):
        if len(shape) == 1 and isinstance(shape[0], tuple):
            shape = shape[0]
        self._places = _places(shape)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._places)


def _places(shape):
    if 0 in shape:
        return
    place = [0] * len(shape)
    while True:
        yield tuple(place)
        for axis in range(len(shape) - 1, -1, -1):
            place[axis] += 1
            if place[axis] < shape[axis]:
                break
            place[axis] = 0
        else:
            return


class ndenumerate:
    def __init__(self, arr):
        arr = np.asarray(arr)
        self._pairs = zip(_places(arr.shape), arr.flat)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._pairs)
