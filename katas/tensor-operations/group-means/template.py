import torch
from torch import Tensor


def group_sums(x: Tensor, group: Tensor, groups: int) -> Tensor:
    """The sum of the rows of each group: `out[g] = sum over i with group[i] = g of x[i]`.

    Args:
        x: shape [n, width]
        group: whole numbers from 0 to groups - 1, shape [n]

    Returns:
        shape [groups, width]; zero for a group without rows
    """
    # BLANK_START
    # TODO: send each row to its group.
    raise NotImplementedError
    # BLANK_END


def group_means(x: Tensor, group: Tensor, centers: Tensor) -> Tensor:
    """The mean of the rows of each group; a group without rows keeps its row of `centers`.

    Args:
        x: shape [n, width]
        group: whole numbers, shape [n]
        centers: shape [groups, width], left as it is

    Returns:
        shape [groups, width]
    """
    # BLANK_START
    # TODO: sums, counts, and the centres of before.
    raise NotImplementedError
    # BLANK_END
