import math
#R
import torch
from torch import Tensor


def attention(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> Tensor:
    """Scaled dot-product attention: `softmax(q kᵀ / sqrt(d)) v`.

    Args:
        q: queries, shape [..., n, d]
        k: keys, shape [..., m, d]
        v: values, shape [..., m, e]
        causal: when true, query i attends to the keys 0 to i only

    Returns:
        shape [..., n, e]
    """
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        future = torch.ones_like(scores).triu(1).bool()
        scores = scores.masked_fill(future, float("-inf"))
    return scores.softmax(-1) @ v
