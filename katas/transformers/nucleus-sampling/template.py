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
    # BLANK_START
    # TODO: sort, add up what is ahead, and go back to the order of the vocabulary.
    raise NotImplementedError
    # BLANK_END


def sampling_weights(scores: Tensor, p: float, temperature: float = 1) -> Tensor:
    """The probabilities to sample from: softmax of `scores / temperature`, and of that the
    nucleus alone, scaled to sum to one.

    Args:
        scores: shape [..., n]
        temperature: above 0

    Returns:
        shape [..., n]
    """
    # BLANK_START
    # TODO: temperature, softmax, nucleus, and again a sum of one.
    raise NotImplementedError
    # BLANK_END
