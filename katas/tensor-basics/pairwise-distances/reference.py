from torch import Tensor


def pairwise_distances(a: Tensor, b: Tensor) -> Tensor:
    """The Euclidean distance of every point of `a` to every point of `b`:
    `out[i, j] = sqrt(sum over c of (a[i, c] - b[j, c])²)`.

    Args:
        a: shape [n, d], n points with d coordinates
        b: shape [m, d]

    Returns:
        shape [n, m]
    """
    difference = a.unsqueeze(1) - b
    return difference.square().sum(-1).sqrt()
