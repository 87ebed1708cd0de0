import torch
from torch import Tensor


def top_k_mask(scores: Tensor, k: int) -> Tensor:
    """True at the `k` largest elements of each row, and nowhere else. Of equal elements the first
    ones are taken, so that there are always exactly k; rows of fewer elements are true throughout.

    Args:
        scores: shape [..., n]
        k: a whole number from 0

    Returns:
        bool, shape [..., n]
    """
    mine, theirs = scores.unsqueeze(-1), scores.unsqueeze(-2)
    place = torch.arange(scores.shape[-1])
    is_earlier = place < place.unsqueeze(1)
    is_ahead = (theirs > mine) | ((theirs == mine) & is_earlier)
    return is_ahead.sum(-1) < k


def keep_top_k(scores: Tensor, k: int) -> Tensor:
    """Scores for sampling from the `k` best alone: the others become minus infinity.

    Args:
        scores: shape [..., n]

    Returns:
        shape [..., n]
    """
    return scores.masked_fill(~top_k_mask(scores, k), float("-inf"))
