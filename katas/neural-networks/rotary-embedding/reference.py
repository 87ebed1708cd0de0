import math
#R
import torch
from torch import Tensor


def rotate(x: Tensor, offset: int = 0, base: float = 10_000) -> Tensor:
    """Rotary position embedding (Su et al. 2021, RoFormer). The features of a token are taken in
    pairs (2i, 2i + 1), and pair i of the token at position p is turned by the angle
    `p · base^(-2i / width)`: `(a, b)` becomes `(a cos - b sin, a sin + b cos)`.

    Args:
        x: shape [..., length, width], width even
        offset: the position of the first token

    Returns:
        same shape as x
    """
    length, width = x.shape[-2:]
    speeds = torch.exp(torch.arange(0, width, 2) * (-math.log(base) / width))
    angles = (torch.arange(length) + offset).unsqueeze(1) * speeds
    cos, sin = angles.cos(), angles.sin()
    a, b = x[..., ::2], x[..., 1::2]
    return torch.stack([a * cos - b * sin, a * sin + b * cos], -1).flatten(-2)
