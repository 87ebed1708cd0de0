import torch
from torch import Tensor


def rms_norm(x: Tensor, offset: Tensor, eps: float = 1e-6) -> Tensor:
    """Root mean square normalization (Zhang and Sennrich 2019) over the last axis:
    `out = x / sqrt(mean of x² + eps) · (1 + offset)`, computed in float32.

    Args:
        x: shape [..., width]
        offset: shape [width]; how far the scale of each feature is from one
        eps: added to the mean square

    Returns:
        shape [..., width], of the type of x
    """
    wide = x.float()
    scale = torch.rsqrt(wide.square().mean(-1, keepdim=True) + eps)
    return (wide * scale * (1 + offset)).to(x.dtype)
