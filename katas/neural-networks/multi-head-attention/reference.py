import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass
class Weights:
    """Each multiplies features from the right: `x @ query`."""

    query: Tensor  # shape [width, heads * size]
    key: Tensor  # shape [width, groups * size]
    value: Tensor  # shape [width, groups * size]
    output: Tensor  # shape [heads * size, width]


def self_attention(x: Tensor, weights: Weights, heads: int, groups: int) -> Tensor:
    """Causal self-attention with several heads that share keys and values in groups.
    Head h attends with its own queries to the keys and values of group `h // (heads // groups)`;
    what the heads find is set side by side and mixed by `output`.

    Args:
        x: shape [..., length, width]
        heads: how many heads of queries there are
        groups: how many heads of keys and values there are; it divides `heads`

    Returns:
        shape [..., length, width]
    """
    def split(features: Tensor, count: int) -> Tensor:
        return features.reshape(*features.shape[:-1], count, -1).transpose(-3, -2)

    q = split(x @ weights.query, heads)
    k = split(x @ weights.key, groups).repeat_interleave(heads // groups, -3)
    v = split(x @ weights.value, groups).repeat_interleave(heads // groups, -3)
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    future = torch.ones_like(scores).triu(1).bool()
    found = scores.masked_fill(future, float("-inf")).softmax(-1) @ v
    return found.transpose(-3, -2).flatten(-2) @ weights.output
