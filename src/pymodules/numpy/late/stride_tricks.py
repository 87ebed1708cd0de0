"""`numpy.lib.stride_tricks`: views by other strides, of which only those that stay inside their array are here."""
import numpy as np
from numpy import broadcast_arrays, broadcast_to
from numpy._sliding import windows as _windows


def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """What a window shows at each place: its axes come behind those of the places."""
    x = np.asarray(x)
    sizes = tuple(window_shape) if np.iterable(window_shape) else (window_shape,)
    if writeable:
        raise NotImplementedError("windows share elements: writeable=True is not here; write to the array itself")
    if any(size < 0 for size in sizes):
        raise ValueError('`window_shape` cannot contain negative values')
    if axis is None:
        axes = tuple(range(x.ndim))
        if len(sizes) != len(axes):
            raise ValueError('Since axis is `None`, must provide window_shape for all dimensions of `x`; '
                             f'got {len(sizes)} window_shape elements and `x.ndim` is {x.ndim}.')
    else:
        axes = tuple(axis) if np.iterable(axis) else (axis,)
        for one in axes:
            if not -x.ndim <= one < x.ndim:
                raise np.AxisError(one, x.ndim)
        axes = tuple(one % x.ndim for one in axes)
        if len(sizes) != len(axes):
            raise ValueError('Must provide matching length window_shape and axis; '
                             f'got {len(sizes)} window_shape elements and {len(axes)} axes elements.')
    left = list(x.shape)
    for size, one in zip(sizes, axes):
        if left[one] < size:
            raise ValueError('window shape cannot be larger than input array shape')
        left[one] -= size - 1
    return _windows(x, sizes, axes)


def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    raise NotImplementedError('as_strided may leave its array and is not here; nearest: sliding_window_view')
