import torch
from torch import Tensor


def shift(x: Tensor, places: int, fill: float = 0) -> Tensor:
    """Moves everything along the last axis: `out[..., t] = x[..., t - places]`, and `fill` where
    there is no such element. Negative places move to the front.

    Args:
        x: shape [..., n]
        places: any whole number, also more than n

    Returns:
        shape [..., n], of the type of x
    """
    n = x.shape[-1]
    gap = x.new_full((*x.shape[:-1], abs(places)), fill)
    start = abs(places) - places
    return torch.cat([gap, x, gap], -1)[..., start : start + n]


def next_token_pairs(tokens: Tensor, start: int) -> tuple[Tensor, Tensor]:
    """What a language model sees and what it should say: at each place it has seen a token for
    the beginning and all tokens before this one.

    Args:
        tokens: whole numbers, shape [..., n]
        start: the token for the beginning

    Returns:
        inputs and targets, both of shape [..., n]
    """
    return shift(tokens, 1, start), tokens
