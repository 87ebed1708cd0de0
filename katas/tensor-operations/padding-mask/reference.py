import torch
from torch import Tensor


def padding_mask(lengths: Tensor, n: int) -> Tensor:
    """True at the places of each sequence that are real: `out[..., t]` is `t < lengths[...]`.

    Args:
        lengths: whole numbers from 0, shape [...]
        n: how many places a sequence has, filled up

    Returns:
        bool, shape [..., n]
    """
    return torch.arange(n) < lengths.unsqueeze(-1)


def pair_mask(lengths: Tensor, n: int) -> Tensor:
    """True at the pairs of places that are both real: `out[..., s, t]`.

    Returns:
        bool, shape [..., n, n]
    """
    mask = padding_mask(lengths, n)
    return mask.unsqueeze(-1) & mask.unsqueeze(-2)
