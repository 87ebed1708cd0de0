import torch
from torch import Tensor


def steps_back(n: int) -> Tensor:
    """How far place s lies behind place t: `out[t, s] = t - s`.

    Returns:
        whole numbers, shape [n, n]
    """
    # BLANK_START
    # TODO: all places against all places.
    raise NotImplementedError
    # BLANK_END


def causal_band(n: int, width: int, stride: int = 1) -> Tensor:
    """Which places each place sees: itself, and those 1, 2, … up to `width - 1` strides back.

    Args:
        width: how many places are seen at most, at least 1
        stride: how far apart they are

    Returns:
        bool, shape [n, n]; a row for each place that looks
    """
    # BLANK_START
    # TODO: not ahead, not too far, and on the stride.
    raise NotImplementedError
    # BLANK_END


def symmetric_band(n: int, radius: int) -> Tensor:
    """True where two places are at most `radius` apart.

    Returns:
        bool, shape [n, n]
    """
    # BLANK_START
    # TODO: in both directions.
    raise NotImplementedError
    # BLANK_END
