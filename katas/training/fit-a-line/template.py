import torch
from torch import Tensor


def fit_line(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor, list[float]]:
    """Fits `y ≈ slope · x + offset` by gradient descent on the mean of the squared errors, from
    slope 0 and offset 0.

    Args:
        x: shape [n]
        y: shape [n]
        lr: the learning rate
        steps: how many steps to take

    Returns:
        slope and offset, of shape [], and the loss before each step
    """
    # BLANK_START
    # TODO: two leaves, and steps of loss, backward, descent.
    raise NotImplementedError
    # BLANK_END
