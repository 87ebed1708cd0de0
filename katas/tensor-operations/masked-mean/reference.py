from torch import Tensor


def masked_mean(x: Tensor, mask: Tensor) -> Tensor:
    """The mean over those places of each sequence where the mask is true; zero where it is true
    nowhere. What stands at the other places does not matter, NaN and infinities neither.

    Args:
        x: shape [..., n, width]
        mask: bool, shape [..., n]

    Returns:
        shape [..., width]
    """
    counted = mask.unsqueeze(-1)
    total = x.masked_fill(~counted, 0).sum(-2)
    return total / counted.sum(-2).clamp(min=1)
