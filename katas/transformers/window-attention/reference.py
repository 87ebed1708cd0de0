import math
#R
import torch
import torch.nn.functional as F
from torch import Tensor


def window_attention(q: Tensor, k: Tensor, v: Tensor, width: int) -> Tensor:
    """Causal attention in which query t sees the keys t - width + 1 to t, those that exist.
    Makes no more than `width` scores for each query.

    Args:
        q: shape [..., length, d]
        k: shape [..., length, d]
        v: shape [..., length, e]
        width: how many tokens a query sees at most, itself included

    Returns:
        shape [..., length, e]
    """
    back = width - 1
    keys = F.pad(k, (0, 0, back, 0)).unfold(-2, width, 1)
    values = F.pad(v, (0, 0, back, 0)).unfold(-2, width, 1)
    scores = torch.einsum("...td,...tdw->...tw", q, keys) / math.sqrt(q.shape[-1])
    token = torch.arange(q.shape[-2])[:, None] + torch.arange(width) - back
    weights = scores.masked_fill(token < 0, float("-inf")).softmax(-1)
    return torch.einsum("...tw,...tew->...te", weights, values)
