from torch import Tensor


def normalize_rows(x: Tensor, eps: float = 1e-12) -> Tensor:
    """Scales every row to Euclidean length one: `out[..., :] = x[..., :] / max(|x[..., :]|, eps)`.

    Args:
        x: shape [..., d]; a row is a vector along the last axis
        eps: the least length a row is divided by, so that zero rows stay zero

    Returns:
        shape [..., d]
    """
    # BLANK_START
    # TODO: reduce each row to its length, bound the length by `eps`, divide.
    raise NotImplementedError
    # BLANK_END
