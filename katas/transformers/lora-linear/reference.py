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
        base.requires_grad_(False)
        self.a = nn.Parameter(torch.randn(rank, base.in_features) / base.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """
        Args:
            x: shape [..., inputs]

        Returns:
            shape [..., outputs]
        """
        if self.is_merged:
            return self.base(x)
        return self.base(x) + self.scale * (x @ self.a.T @ self.b.T)

    def merge(self) -> None:
        """Adds the change to the base's weight, in place and once: `forward` then gives the same as
        before with the base alone.
        """
        if not self.is_merged:
            with torch.no_grad():
                self.base.weight += self.scale * (self.b @ self.a)
            self.is_merged = True
