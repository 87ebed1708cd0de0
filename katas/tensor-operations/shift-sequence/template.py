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
    # BLANK_START
    # TODO: what stays, and what fills the gap.
    raise NotImplementedError
    # BLANK_END


def next_token_pairs(tokens: Tensor, start: int) -> tuple[Tensor, Tensor]:
    """What a language model sees and what it should say: at each place it has seen a token for
    the beginning and all tokens before this one.

    Args:
        tokens: whole numbers, shape [..., n]
        start: the token for the beginning

    Returns:
        inputs and targets, both of shape [..., n]
    """
    # BLANK_START
    # TODO: the targets are the text itself.
    raise NotImplementedError
    # BLANK_END
