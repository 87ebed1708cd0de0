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
    # BLANK_START
    # TODO: score every query against every key, hide the future if asked, average the values.
    raise NotImplementedError
    # BLANK_END
