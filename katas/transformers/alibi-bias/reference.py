import torch
from torch import Tensor


def slopes(heads: int) -> Tensor:
    """How fast each head's hearing fades (Press et al. 2022): `2^(-8h / heads)` for head h, from 1.

    Returns:
        shape [heads]
    """
    return 2 ** (-8 * torch.arange(1, heads + 1) / heads)


def alibi_bias(heads: int, length: int) -> Tensor:
    """What is added to the scores of each head: `out[h, t, s] = -slope[h] · (t - s)` for keys s up
    to the query t, and minus infinity for those behind it.

    Returns:
        shape [heads, length, length]
    """
    places = torch.arange(length)
    back = places[:, None] - places
    return (-slopes(heads)[:, None, None] * back).masked_fill(back < 0, float("-inf"))


def attention_weights(scores: Tensor) -> Tensor:
    """The causal weights of biased scores.

    Args:
        scores: shape [..., heads, length, length]

    Returns:
        shape [..., heads, length, length]; rows sum to one
    """
    return (scores + alibi_bias(*scores.shape[-3:-1])).softmax(-1)
