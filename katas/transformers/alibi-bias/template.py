import torch
from torch import Tensor


def slopes(heads: int) -> Tensor:
    """How fast each head's hearing fades (Press et al. 2022): `2^(-8h / heads)` for head h, from 1.

    Returns:
        shape [heads]
    """
    # BLANK_START
    # TODO: a geometric series.
    raise NotImplementedError
    # BLANK_END


def alibi_bias(heads: int, length: int) -> Tensor:
    """What is added to the scores of each head: `out[h, t, s] = -slope[h] · (t - s)` for keys s up
    to the query t, and minus infinity for those behind it.

    Returns:
        shape [heads, length, length]
    """
    # BLANK_START
    # TODO: distances, slopes, and the future.
    raise NotImplementedError
    # BLANK_END


def attention_weights(scores: Tensor) -> Tensor:
    """The causal weights of biased scores.

    Args:
        scores: shape [..., heads, length, length]

    Returns:
        shape [..., heads, length, length]; rows sum to one
    """
    # BLANK_START
    # TODO: add, then softmax over the keys.
    raise NotImplementedError
    # BLANK_END
