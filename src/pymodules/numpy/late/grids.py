"""NumPy's functions that are text: numbers at even steps, grids, places, and functions along axes."""
import operator

import numpy as np
from numpy._errors import AxisError


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


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = np.asanyarray(arr)
    if not -arr.ndim <= axis < arr.ndim:
        raise AxisError(axis, arr.ndim)
    axis %= arr.ndim
    lines = np.moveaxis(arr, axis, -1)
    places = list(_places(lines.shape[:-1]))
    if not places:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    first = np.asanyarray(func1d(lines[places[0]], *args, **kwargs))
    result = np.zeros(lines.shape[:-1] + first.shape, first.dtype)
    result[places[0]] = first
    for place in places[1:]:
        result[place] = np.asanyarray(func1d(lines[place], *args, **kwargs))
    order = list(range(lines.ndim - 1))
    own = list(range(lines.ndim - 1, result.ndim))
    return result.transpose(order[:axis] + own + order[axis:])


def apply_over_axes(func, a, axes):
    value = np.asarray(a)
    for axis in axes if isinstance(axes, (tuple, list)) else (axes,):
        result = func(value, axis)
        value = result if result.ndim == value.ndim else np.expand_dims(result, axis)
    return value


class vectorize:
    """A function of numbers as one of arrays."""

    def __init__(self, pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        self.pyfunc, self.signature = pyfunc, signature
        self.__doc__ = pyfunc.__doc__ if doc is None else doc
        self.__name__ = getattr(pyfunc, "__name__", "vectorize")
        self.excluded = set() if excluded is None else set(excluded)
        if isinstance(otypes, str):
            otypes = list(otypes)
        self.otypes = None if otypes is None else [np.dtype(one) for one in otypes]
        if signature is not None:
            raise NotImplementedError("numpy.vectorize(signature=…) is not here; nearest: numpy.apply_along_axis")

    def __call__(self, *args, **kwargs):
        fixed = {name: value for name, value in kwargs.items() if name in self.excluded}
        names = [name for name in kwargs if name not in self.excluded]
        places = [i for i in range(len(args)) if i not in self.excluded]
        given = [np.asarray(args[i]) for i in places] + [np.asarray(kwargs[name]) for name in names]
        shape = np.broadcast_shapes(*(one.shape for one in given))
        lists = [np.broadcast_to(one, shape).ravel() for one in given]
        if not lists or len(lists[0]) == 0:
            if self.otypes is None:
                raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
            empty = [np.empty(shape, dtype) for dtype in self.otypes]
            return empty[0] if len(empty) == 1 else tuple(empty)
        results = []
        for values in zip(*lists):
            own = list(args)
            for i, value in zip(places, values):
                own[i] = value
            words = dict(zip(names, values[len(places):]))
            results.append(self.pyfunc(*own, **words, **fixed))
        if isinstance(results[0], tuple):
            columns = list(zip(*results))
            dtypes = self.otypes or [np.asarray(column[0]).dtype for column in columns]
            return tuple(np.array(column, dtype=dtype).reshape(shape) for column, dtype in zip(columns, dtypes))
        dtype = self.otypes[0] if self.otypes else np.asarray(results[0]).dtype
        return np.array(results, dtype=dtype).reshape(shape)


def frompyfunc(func, nin, nout, *, identity=None):
    raise NotImplementedError("numpy.frompyfunc is not here, as arrays hold no objects; nearest: numpy.vectorize")


def piecewise(x, condlist, funclist, *args, **kw):
    x = np.asanyarray(x)
    conditions = np.asarray(condlist)
    if conditions.ndim == x.ndim and x.ndim > 0 or np.isscalar(condlist):
        conditions = conditions[None]
    conditions = conditions.astype(bool)
    if len(funclist) == len(conditions) + 1:
        conditions = np.concatenate([conditions, ~np.any(conditions, axis=0, keepdims=True)])
    elif len(funclist) != len(conditions):
        raise ValueError(f"with {len(conditions)} condition(s), either {len(conditions)} or {len(conditions) + 1} functions are expected")
    y = np.zeros_like(x)
    for condition, function in zip(conditions, funclist):
        y[condition] = function(x[condition], *args, **kw) if callable(function) else function
    return y


def select(condlist, choicelist, default=0):
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    dtype = np.result_type(*choicelist, default)
    shape = np.broadcast_shapes(*(np.shape(one) for one in list(condlist) + list(choicelist)))
    result = np.full(shape, default, dtype)
    for condition, choice in zip(reversed(condlist), reversed(choicelist)):
        condition = np.asarray(condition)
        if condition.dtype != bool:
            raise TypeError(f"invalid entry {0} in condlist: should be boolean ndarray")
        np.copyto(result, np.broadcast_to(np.asarray(choice), shape), where=np.broadcast_to(condition, shape))
    return result


def place(arr, mask, vals):
    mask = np.asarray(mask, dtype=bool)
    count = int(np.count_nonzero(mask))
    if count == 0:
        return
    vals = np.ravel(vals)
    if vals.size == 0:
        raise ValueError("Cannot insert from an empty array!")
    arr[mask] = np.resize(vals, count)


def resize(a, new_shape):
    if isinstance(new_shape, (int, np.integer)):
        new_shape = (new_shape,)
    a = np.ravel(a)
    size = 1
    for one in new_shape:
        size *= one
        if one < 0:
            raise ValueError("all elements of `new_shape` must be non-negative")
    if a.size == 0 or size == 0:
        return np.zeros(new_shape, a.dtype)
    return np.tile(a, -(-size // a.size))[:size].reshape(new_shape)


def append(arr, values, axis=None):
    arr = np.asanyarray(arr)
    if axis is None:
        return np.concatenate((arr.ravel(), np.ravel(values)), axis=0)
    return np.concatenate((arr, values), axis=axis)


def _along(arr, axis):
    arr = np.asarray(arr)
    if axis is None:
        return arr.ravel(), 0
    if not -arr.ndim <= axis < arr.ndim:
        raise AxisError(axis, arr.ndim)
    return arr, axis % arr.ndim


def delete(arr, obj, axis=None):
    arr, axis = _along(arr, axis)
    size = arr.shape[axis]
    keep = np.ones(size, dtype=bool)
    if isinstance(obj, slice):
        keep[obj] = False
    else:
        places = np.asarray(obj)
        if places.size == 0:
            places = places.astype(np.intp)
        if places.dtype == bool:
            if places.shape != (size,):
                raise ValueError("boolean array argument obj to delete must be one dimensional and match the axis length of " + str(size))
            keep[places] = False
        else:
            if places.ndim == 0 and not -size <= places < size:
                raise IndexError(f"index {places} is out of bounds for axis {axis} with size {size}")
            keep[places] = False
    return arr[(slice(None),) * axis + (keep,)]


def insert(arr, obj, values, axis=None):
    arr, axis = _along(arr, axis)
    size = arr.shape[axis]
    if isinstance(obj, slice):
        places = np.arange(*obj.indices(size))
    else:
        places = np.asarray(obj)
        if places.dtype == bool:
            places = places.astype(int)
        if places.size == 0:
            places = places.astype(np.intp)
    single = places.ndim == 0
    places = np.atleast_1d(places).ravel()
    for one in places.tolist():
        if not -size <= one <= size:
            raise IndexError(f"index {one} is out of bounds for axis {axis} with size {size}")
    places = np.where(places < 0, places + size, places)
    values = np.array(values, copy=False, ndmin=arr.ndim if not single else 0, dtype=arr.dtype)
    if single:
        values = np.asarray(values)
        if values.ndim == 0 or values.ndim == arr.ndim - 1 and arr.ndim > 1:
            count = 1
            if values.ndim:
                values = np.expand_dims(values, axis)
        else:
            values = np.array(values, ndmin=arr.ndim)
            if axis != 0 or np.ndim(values) == arr.ndim:
                values = np.moveaxis(values, 0, axis) if values.ndim == arr.ndim and values.shape[axis] == 1 and values.shape[0] != 1 and arr.ndim > 1 else values
            count = values.shape[axis]
        shape = list(arr.shape)
        shape[axis] += count
        result = np.empty(shape, arr.dtype)
        before = (slice(None),) * axis
        start = int(places[0])
        result[before + (slice(None, start),)] = arr[before + (slice(None, start),)]
        result[before + (slice(start, start + count),)] = values
        result[before + (slice(start + count, None),)] = arr[before + (slice(start, None),)]
        return result
    order = places.argsort(kind="mergesort")
    own = places.copy()
    own[order] += np.arange(len(places))
    shape = list(arr.shape)
    shape[axis] += len(places)
    old = np.ones(shape[axis], dtype=bool)
    old[own] = False
    result = np.empty(shape, arr.dtype)
    before = (slice(None),) * axis
    result[before + (own,)] = values
    result[before + (old,)] = arr
    return result


def rot90(m, k=1, axes=(0, 1)):
    m = np.asanyarray(m)
    axes = tuple(axes)
    if len(axes) != 2:
        raise ValueError("len(axes) must be 2.")
    if axes[0] == axes[1] or abs(axes[0] - axes[1]) == m.ndim:
        raise ValueError("Axes must be different.")
    if not all(-m.ndim <= axis < m.ndim for axis in axes):
        raise ValueError(f"Axes={axes} out of range for array of ndim={m.ndim}.")
    k %= 4
    if k == 0:
        return m[:]
    if k == 2:
        return np.flip(np.flip(m, axes[0]), axes[1])
    order = list(range(m.ndim))
    order[axes[0]], order[axes[1]] = order[axes[1]], order[axes[0]]
    if k == 1:
        return np.transpose(np.flip(m, axes[1]), order)
    return np.flip(np.transpose(m, order), axes[1])


def block(arrays):
    def depth(one):
        return 1 + max((depth(item) for item in one), default=0) if isinstance(one, list) else 0

    def join(one, left, ndim):
        if left == 0:
            return np.array(one, ndmin=ndim)
        return np.concatenate([join(item, left - 1, ndim) for item in one], axis=-left)

    levels = depth(arrays)

    def widest(one):
        return max(widest(item) for item in one) if isinstance(one, list) else np.ndim(one)

    return join(arrays, levels, max(levels, widest(arrays)))


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
