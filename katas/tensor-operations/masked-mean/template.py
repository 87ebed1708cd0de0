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
    # BLANK_START
    # TODO: replace what does not count, add up, divide by how many do.
    raise NotImplementedError
    # BLANK_END
