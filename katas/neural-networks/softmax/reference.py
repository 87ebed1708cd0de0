from torch import Tensor


def stable_softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Softmax over one axis, for scores of any size:
    `out[i] = exp(x[i] - max(x)) / (sum over j of exp(x[j] - max(x)))`, with i and j along `dim`.

    Args:
        x: scores of any shape
        dim: the axis that sums to one; negative counts from the end

    Returns:
        probabilities, same shape as `x`
    """
    weights = (x - x.amax(dim, keepdim=True)).exp()
    return weights / weights.sum(dim, keepdim=True)
