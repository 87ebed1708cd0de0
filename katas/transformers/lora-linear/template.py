import torch
from torch import Tensor, nn


class LoraLinear(nn.Module):
    """A linear layer with a change of low rank (Hu et al. 2021):
    `base(x) + alpha / rank · x Aᵀ Bᵀ`. The base is frozen; `a`, of shape [rank, inputs], and `b`,
    of shape [outputs, rank], learn.
    """

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        """Takes over `base`. `a` is random, `b` zero: in the beginning nothing is changed."""
        super().__init__()
        self.base = base
        self.scale = alpha / rank
        self.is_merged = False
        # BLANK_START
        # TODO: freeze the base, and make the two parameters.
        raise NotImplementedError
        # BLANK_END

    def forward(self, x: Tensor) -> Tensor:
        """
        Args:
            x: shape [..., inputs]

        Returns:
            shape [..., outputs]
        """
        # BLANK_START
        # TODO: the base, and the change unless it is merged.
        raise NotImplementedError
        # BLANK_END

    def merge(self) -> None:
        """Adds the change to the base's weight, in place and once: `forward` then gives the same as
        before with the base alone.
        """
        # BLANK_START
        # TODO: unless it was done already.
        raise NotImplementedError
        # BLANK_END
