from torch import Tensor


def outer_product(a: Tensor, b: Tensor) -> Tensor:
    """The outer product of the last axes: `out[..., i, j] = a[..., i] * b[..., j]`.

    Args:
        a: shape [..., n]
        b: shape [..., m], with the same leading (batch) axes as `a`

    Returns:
        shape [..., n, m]
    """
    return a.unsqueeze(-1) * b.unsqueeze(-2)
