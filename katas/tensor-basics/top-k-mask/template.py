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
    # BLANK_START
    # TODO: how many elements are ahead of each one?
    raise NotImplementedError
    # BLANK_END


def keep_top_k(scores: Tensor, k: int) -> Tensor:
    """Scores for sampling from the `k` best alone: the others become minus infinity.

    Args:
        scores: shape [..., n]

    Returns:
        shape [..., n]
    """
    # BLANK_START
    # TODO: write minus infinity where the mask is false.
    raise NotImplementedError
    # BLANK_END
