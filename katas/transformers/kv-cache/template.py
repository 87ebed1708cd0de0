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
        # BLANK_START
        # TODO: is there room? Write, and count.
        raise NotImplementedError
        # BLANK_END


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
    # BLANK_START
    # TODO: append, score against what is filled, hide what comes after each query, average.
    raise NotImplementedError
    # BLANK_END
