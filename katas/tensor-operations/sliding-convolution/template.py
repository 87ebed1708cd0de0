import torch
from torch import Tensor


def convolve(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Convolution over the last axis, the way networks mean it, without turning the filter around:
    `out[b, o, t] = bias[o] + sum over c, i of weight[o, c, i] · x[b, c, t · stride + i - padding]`,
    where x is zero beyond its ends.

    Args:
        x: shape [batch, inputs, n]
        weight: shape [outputs, inputs, size]
        bias: shape [outputs]
        stride: how far the filter moves
        padding: how many zeros are added at each end

    Returns:
        shape [batch, outputs, (n + 2 · padding - size) // stride + 1]
    """
    # BLANK_START
    # TODO: pad, lay out the windows, one product for all.
    raise NotImplementedError
    # BLANK_END
