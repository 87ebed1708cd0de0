from torch import Tensor


def moving_average(x: Tensor, width: int) -> Tensor:
    """The mean of every `width` neighbours along the last axis:
    `out[..., t] = (x[..., t] + … + x[..., t + width - 1]) / width`.

    Args:
        x: shape [..., n]
        width: how many elements a mean is of, from 1 to n

    Returns:
        shape [..., n - width + 1]
    """
    # BLANK_START
    # TODO: sum up everything that came before, then take differences.
    raise NotImplementedError
    # BLANK_END
