import torch
from torch import Tensor


def traces(x: Tensor) -> Tensor:
    """The sum of the diagonal of each matrix: `out[...] = sum over i of x[..., i, i]`.

    Args:
        x: shape [..., n, n]

    Returns:
        shape [...]
    """
    return torch.einsum("...ii->...", x)


def row_dots(x: Tensor, y: Tensor) -> Tensor:
    """The dot product of each row of x with the same row of y.

    Args:
        x: shape [batch, n, width]
        y: shape [batch, n, width]

    Returns:
        shape [batch, n]
    """
    return torch.einsum("bnw,bnw->bn", x, y)


def bilinear(x: Tensor, weight: Tensor, y: Tensor) -> Tensor:
    """How well x and y fit:
    `out[..., k] = sum over i, j of x[..., i] · weight[k, i, j] · y[..., j]`.

    Args:
        x: shape [..., n]
        weight: shape [count, n, m]
        y: shape [..., m]

    Returns:
        shape [..., count]
    """
    return torch.einsum("...i,kij,...j->...k", x, weight, y)


def head_scores(q: Tensor, k: Tensor) -> Tensor:
    """The dot products of all queries with all keys, head by head, where tokens come before heads:
    `out[b, h, s, t] = sum over w of q[b, s, h, w] · k[b, t, h, w]`.

    Args:
        q: shape [batch, queries, heads, width]
        k: shape [batch, keys, heads, width]

    Returns:
        shape [batch, heads, queries, keys]
    """
    return torch.einsum("bshw,bthw->bhst", q, k)
