"""`numpy.fft`: discrete Fourier transforms."""
import numpy as np
from numpy import _fft


def _scale(n, norm, inverse):
    if norm not in (None, "backward", "ortho", "forward"):
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
    if norm == "ortho":
        return 1 / np.sqrt(n)
    return 1 / n if inverse == (norm in (None, "backward")) else 1


def _run(a, n, axis, norm, inverse):
    a = np.moveaxis(np.asarray(a), axis, -1)
    n = a.shape[-1] if n is None else n
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    if a.shape[-1] > n:
        a = a[..., :n]
    elif a.shape[-1] < n:
        a = np.concatenate([a, np.zeros(a.shape[:-1] + (n - a.shape[-1],), a.dtype)], axis=-1)
    return np.moveaxis(_fft.transform(a, inverse) * _scale(n, norm, inverse), -1, axis)


def fft(a, n=None, axis=-1, norm=None):
    return _run(a, n, axis, norm, False)


def ifft(a, n=None, axis=-1, norm=None):
    return _run(a, n, axis, norm, True)


def rfft(a, n=None, axis=-1, norm=None):
    a = np.asarray(a)
    if a.dtype.kind == "c":
        raise TypeError("ufunc 'rfft_n_even' did not contain a loop with signature matching types")
    full = np.moveaxis(fft(a, n, axis, norm), axis, -1)
    return np.moveaxis(full[..., :full.shape[-1] // 2 + 1], -1, axis)


def irfft(a, n=None, axis=-1, norm=None):
    a = np.moveaxis(np.asarray(a), axis, -1)
    n = 2 * (a.shape[-1] - 1) if n is None else n
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    half = n // 2 + 1
    if a.shape[-1] < half:
        a = np.concatenate([a, np.zeros(a.shape[:-1] + (half - a.shape[-1],), a.dtype)], axis=-1)
    a = a[..., :half].astype(complex)
    a[..., 0] = a[..., 0].real
    if n % 2 == 0:
        a[..., -1] = a[..., -1].real
    rest = np.conj(a[..., 1:(n + 1) // 2][..., ::-1])
    return np.moveaxis(ifft(np.concatenate([a, rest], axis=-1), n, -1, norm).real.copy(), -1, axis)


def _many(of, a, s, axes, norm):
    a = np.asarray(a)
    if axes is None:
        axes = range(a.ndim) if s is None else range(a.ndim - len(s), a.ndim)
    axes = list(axes)
    sizes = [None] * len(axes) if s is None else list(s)
    for axis, n in zip(reversed(axes), reversed(sizes)):
        a = of(a, n, axis, norm)
    return a


def fftn(a, s=None, axes=None, norm=None):
    return _many(fft, a, s, axes, norm)


def ifftn(a, s=None, axes=None, norm=None):
    return _many(ifft, a, s, axes, norm)


def fft2(a, s=None, axes=(-2, -1), norm=None):
    return _many(fft, a, s, axes, norm)


def ifft2(a, s=None, axes=(-2, -1), norm=None):
    return _many(ifft, a, s, axes, norm)


def rfft2(a, s=None, axes=(-2, -1), norm=None):
    s = [None, None] if s is None else s
    return fft(rfft(a, s[-1], axes[-1], norm), s[0], axes[0], norm)


def irfft2(a, s=None, axes=(-2, -1), norm=None):
    s = [None, None] if s is None else s
    return irfft(ifft(a, s[0], axes[0], norm), s[-1], axes[-1], norm)


def fftfreq(n, d=1.0):
    half = (n - 1) // 2 + 1
    return np.concatenate([np.arange(0, half), np.arange(-(n // 2), 0)]) * (1.0 / (n * d))


def rfftfreq(n, d=1.0):
    return np.arange(0, n // 2 + 1) * (1.0 / (n * d))


def fftshift(x, axes=None):
    x = np.asarray(x)
    axes = tuple(range(x.ndim)) if axes is None else (axes,) if isinstance(axes, int) else tuple(axes)
    return np.roll(x, [x.shape[axis] // 2 for axis in axes], axes)


def ifftshift(x, axes=None):
    x = np.asarray(x)
    axes = tuple(range(x.ndim)) if axes is None else (axes,) if isinstance(axes, int) else tuple(axes)
    return np.roll(x, [-(x.shape[axis] // 2) for axis in axes], axes)
