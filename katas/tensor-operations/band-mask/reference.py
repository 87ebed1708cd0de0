import torch
from torch import Tensor


def steps_back(n: int) -> Tensor:
    """How far place s lies behind place t: `out[t, s] = t - s`.

    Returns:
        whole numbers, shape [n, n]
    """
    places = torch.arange(n)
    return places[:, None] - places


def causal_band(n: int, width: int, stride: int = 1) -> Tensor:
    """Which places each place sees: itself, and those 1, 2, … up to `width - 1` strides back.

    Args:
        width: how many places are seen at most, at least 1
        stride: how far apart they are

    Returns:
        bool, shape [n, n]; a row for each place that looks
    """
    back = steps_back(n)
    return (back >= 0) & (back < width * stride) & (back % stride == 0)


def symmetric_band(n: int, radius: int) -> Tensor:
    """True where two places are at most `radius` apart.

    Returns:
        bool, shape [n, n]
    """
    return steps_back(n).abs() <= radius
