from torch import Tensor


def nucleus(probabilities: Tensor, p: float) -> Tensor:
    """The nucleus of each distribution (Holtzman et al. 2020): true at a token when the tokens
    more probable than it have less than p together. Of equal ones the earlier is ahead.

    Args:
        probabilities: shape [..., n]; each row sums to one
        p: above 0

    Returns:
        bool, shape [..., n]
    """
    values, order = probabilities.sort(descending=True, stable=True)
    is_needed = values.cumsum(-1) - values < p
    return is_needed.gather(-1, order.argsort(-1))


def sampling_weights(scores: Tensor, p: float, temperature: float = 1) -> Tensor:
    """The probabilities to sample from: softmax of `scores / temperature`, and of that the
    nucleus alone, scaled to sum to one.

    Args:
        scores: shape [..., n]
        temperature: above 0

    Returns:
        shape [..., n]
    """
    probabilities = (scores / temperature).softmax(-1)
    kept = probabilities * nucleus(probabilities, p)
    return kept / kept.sum(-1, keepdim=True)
