#R
import torch
from torch import Tensor, nn


class Block(nn.Module):
    """A causal transformer block that normalizes first: `y = x + attention(norm1(x))`, and
    `out = y + down(gelu(up(norm2(y))))`.

    Attention has `heads` heads. `qkv` makes queries, keys and values of all heads, in that order
    and without bias; `out` mixes what the heads found. The hidden layer is 4 · width wide.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        # BLANK_START
        # TODO: two norms, two layers for attention, two for the network.
        raise NotImplementedError
        # BLANK_END

    def attention(self, x: Tensor) -> Tensor:
        """Causal attention of all heads, of tokens that are normalized already.

        Args:
            x: shape [batch, length, width]

        Returns:
            shape [batch, length, width]
        """
        # BLANK_START
        # TODO: cut into heads, attend, join.
        raise NotImplementedError
        # BLANK_END

    def forward(self, x: Tensor) -> Tensor:
        """
        Args:
            x: shape [batch, length, width]

        Returns:
            shape [batch, length, width]
        """
        # BLANK_START
        # TODO: two halves with a bypass each.
        raise NotImplementedError
        # BLANK_END
