import torch
from torch import Tensor, nn


class Drop(nn.Module):
    """Dropout (Srivastava et al. 2014): in training, each element is zero with probability p, and
    otherwise divided by 1 - p; in evaluation, everything is passed on as it is.
    """

    def __init__(self, p: float):
        """ValueError when p is not a probability."""
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"not a probability: {p}")
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """
        Args:
            x: any shape

        Returns:
            same shape
        """
        if not self.training:
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p)
