import torch
from torch import Tensor


def positions(length: int, width: int, base: float = 10_000) -> Tensor:
    """The table of Vaswani et al. 2017: `out[p, 2i] = sin(p · base^(-2i / width))`, and
    `out[p, 2i + 1]` the cosine of the same angle.

    Args:
        length: how many positions, from 0
        width: how many features, an even number

    Returns:
        float32, shape [length, width]
    """
    # BLANK_START
    # TODO: angles, then sines and cosines side by side.
    raise NotImplementedError
    # BLANK_END


def add_positions(x: Tensor) -> Tensor:
    """Adds its row of the table to every token.

    Args:
        x: shape [..., length, width]

    Returns:
        shape [..., length, width]
    """
    # BLANK_START
    # TODO: the last two axes say how large the table is.
    raise NotImplementedError
    # BLANK_END
