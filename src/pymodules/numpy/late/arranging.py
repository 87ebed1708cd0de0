"""NumPy's functions that are text: functions along axes, choices by conditions, parts put in and left out."""
import numpy as np
from numpy._errors import AxisError
from numpy._spaces import _places


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
