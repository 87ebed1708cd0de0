"""Functions of `torch` of each element, questions about tensors, and windows of signals, made of others."""
import math
import torch
from torch import Tensor


def _float(x):
    return x if x.is_floating_point() else x.to(torch.get_default_dtype())


def positive(input):
    if input.dtype == torch.bool:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


def sgn(input):
    return torch.sign(input)


def sinc(input):
    x = _float(input) * math.pi
    zero = x == 0
    return torch.where(zero, torch.ones_like(x), torch.sin(x) / x.masked_fill(zero, 1.0))


def isposinf(input):
    return input == math.inf if input.is_floating_point() else torch.zeros_like(input, dtype=torch.bool)


def isneginf(input):
    return input == -math.inf if input.is_floating_point() else torch.zeros_like(input, dtype=torch.bool)


def isreal(input):
    return torch.ones_like(input, dtype=torch.bool)


def copysign(input, other):
    out = _float(input) if not isinstance(other, Tensor) or not other.is_floating_point() else input
    other = other if isinstance(other, Tensor) else torch.tensor(other, dtype=out.dtype)
    dtype = torch.result_type(out, other)
    if not dtype.is_floating_point:
        dtype = torch.get_default_dtype()
    out, other = torch.broadcast_tensors(out.to(dtype), other.to(dtype))
    negative = torch.signbit(other) | ((other == 0) & (1 / other < 0))
    return torch.where(negative, -out.abs(), out.abs())


def heaviside(input, values):
    if input.dtype != values.dtype:
        raise RuntimeError("heaviside is not yet implemented for tensors with different dtypes.")
    return torch.where(input == 0, values, (input > 0).to(values.dtype))


def logaddexp2(input, other):
    return torch.logaddexp(input * math.log(2), other * math.log(2)) / math.log(2)


def float_power(input, exponent):
    input = input.double() if isinstance(input, Tensor) else input
    return input ** (exponent.double() if isinstance(exponent, Tensor) else exponent)


def clamp_min(input, min):
    return torch.clamp(input, min=min)


def clamp_max(input, max):
    return torch.clamp(input, max=max)


def ldexp(input, other):
    return input * 2.0 ** other


def angle(input):
    x = _float(input)
    zero = torch.zeros_like(x)
    return torch.where(x.isnan(), x, torch.where(x < 0, zero + math.pi, zero))


def is_nonzero(input):
    return bool(input)


def is_complex(input):
    return input.is_complex()


def is_same_size(input, other):
    return input.shape == other.shape


def is_signed(input):
    return input.dtype.is_signed


def is_conj(input):
    return False


def isin(elements, test_elements, *, assume_unique=False, invert=False):
    if not isinstance(elements, Tensor):
        elements = torch.tensor(elements)
    if not isinstance(test_elements, Tensor):
        test_elements = torch.tensor(test_elements)
    found = (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(-1)
    return ~found if invert else found


def _window(length, periodic, formula, dtype):
    n = torch.arange(length, dtype=torch.float64)
    return formula(n, length if periodic else length - 1).to(dtype or torch.get_default_dtype())


def _cosines(*factors):
    def formula(n, last):
        return sum((f * torch.cos(2 * math.pi * k * n / last) for k, f in enumerate(factors)), torch.zeros_like(n))
    return formula


def hann_window(window_length, periodic=True, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, _cosines(0.5, -0.5), dtype)


def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, _cosines(alpha, -beta), dtype)


def blackman_window(window_length, periodic=True, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, _cosines(0.42, -0.5, 0.08), dtype)


def bartlett_window(window_length, periodic=True, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, lambda n, last: 1 - (2 * n / last - 1).abs(), dtype)
