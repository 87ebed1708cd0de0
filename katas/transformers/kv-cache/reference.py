import math
#R
import torch
from torch import Tensor


class Cache:
    """The keys and values of a text as it grows, for a batch and its heads."""

    def __init__(self, batch: int, heads: int, capacity: int, width: int):
        """Room for `capacity` tokens; none of it is in use yet."""
        self.keys = torch.zeros(batch, heads, capacity, width)
        self.values = torch.zeros(batch, heads, capacity, width)
        self.filled = 0

    def append(self, k: Tensor, v: Tensor) -> None:
        """Writes the keys and values of the next tokens, in place.

        Args:
            k: shape [batch, heads, n, width]
            v: shape [batch, heads, n, width]

        Raises:
            ValueError: when there is no room for all of them; nothing is written then
        """
        end = self.filled + k.shape[2]
        if end > self.keys.shape[2]:
            raise ValueError(f"no room for {end} tokens")
        self.keys[:, :, self.filled : end] = k
        self.values[:, :, self.filled : end] = v
        self.filled = end


def attend(cache: Cache, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Appends the keys and values of the next tokens, and lets their queries attend, causally, to
    all tokens of the cache up to their own.

    Args:
        q: shape [batch, heads, n, width]
        k: shape [batch, heads, n, width]
        v: shape [batch, heads, n, width]

    Returns:
        shape [batch, heads, n, width]
    """
    cache.append(k, v)
    total = cache.filled
    positions = torch.arange(total - q.shape[2], total)
    scores = q @ cache.keys[:, :, :total].transpose(2, 3) / math.sqrt(q.shape[3])
    future = positions[:, None] < torch.arange(total)
    return scores.masked_fill(future, float("-inf")).softmax(-1) @ cache.values[:, :, :total]
