from torch import Tensor


def layer_norm(x: Tensor, weight: Tensor, bias: Tensor, eps: float = 1e-5) -> Tensor:
    """Layer normalization over the last axis:
    `out = (x - mean) / sqrt(variance + eps) * weight + bias`, with the biased variance.

    Args:
        x: shape [..., d]
        weight: shape [d], scales each feature
        bias: shape [d], shifts each feature
        eps: added to the variance

    Returns:
        shape [..., d]
    """
    centered = x - x.mean(-1, keepdim=True)
    variance = centered.square().mean(-1, keepdim=True)
    return centered / (variance + eps).sqrt() * weight + bias
