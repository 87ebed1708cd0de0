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
    return x.new_zeros(groups, x.shape[1]).index_add_(0, group, x)


def group_means(x: Tensor, group: Tensor, centers: Tensor) -> Tensor:
    """The mean of the rows of each group; a group without rows keeps its row of `centers`.

    Args:
        x: shape [n, width]
        group: whole numbers, shape [n]
        centers: shape [groups, width], left as it is

    Returns:
        shape [groups, width]
    """
    groups = len(centers)
    counts = group_sums(x.new_ones(len(x), 1), group, groups)
    return torch.where(counts > 0, group_sums(x, group, groups) / counts, centers)
