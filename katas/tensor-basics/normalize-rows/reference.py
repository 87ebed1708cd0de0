from torch import Tensor


def normalize_rows(x: Tensor, eps: float = 1e-12) -> Tensor:
    """Scales every row to Euclidean length one: `out[..., :] = x[..., :] / max(|x[..., :]|, eps)`.

    Args:
        x: shape [..., d]; a row is a vector along the last axis
        eps: the least length a row is divided by, so that zero rows stay zero

    Returns:
        shape [..., d]
    """
    length = x.square().sum(-1, keepdim=True).sqrt()
    return x / length.clamp(min=eps)
