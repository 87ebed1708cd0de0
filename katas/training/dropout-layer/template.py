import torch
from torch import Tensor, nn


class Drop(nn.Module):
    """Dropout (Srivastava et al. 2014): in training, each element is zero with probability p, and
    otherwise divided by 1 - p; in evaluation, everything is passed on as it is.
    """

    def __init__(self, p: float):
        """ValueError when p is not a probability."""
        super().__init__()
        # BLANK_START
        # TODO: from 0 to 1, both included.
        raise NotImplementedError
        # BLANK_END

    def forward(self, x: Tensor) -> Tensor:
        """
        Args:
            x: any shape

        Returns:
            same shape
        """
        # BLANK_START
        # TODO: a mask of its own for every call in training.
        raise NotImplementedError
        # BLANK_END
