import math
#R
import torch
import torch.nn.functional as F
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
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def attention(self, x: Tensor) -> Tensor:
        """Causal attention of all heads, of tokens that are normalized already.

        Args:
            x: shape [batch, length, width]

        Returns:
            shape [batch, length, width]
        """
        parts = self.qkv(x).chunk(3, 2)
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in parts)
        scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])
        future = torch.ones_like(scores).triu(1).bool()
        found = scores.masked_fill(future, float("-inf")).softmax(-1) @ v
        return self.out(found.transpose(1, 2).flatten(2))

    def forward(self, x: Tensor) -> Tensor:
        """
        Args:
            x: shape [batch, length, width]

        Returns:
            shape [batch, length, width]
        """
        x = x + self.attention(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))
