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
    # BLANK_START
    # TODO: the angles of positions and pairs, then turn every pair by its own.
    raise NotImplementedError
    # BLANK_END
