from torch import Tensor


def cross_entropy(logits: Tensor, targets: Tensor, ignore_index: int = -100) -> Tensor:
    """The mean cross-entropy, in nats, of the positions whose target is not `ignore_index`:
    position i costs `log(sum over c of exp(logits[i, c])) - logits[i, targets[i]]`.

    Args:
        logits: shape [..., classes], unnormalized scores of any size
        targets: shape [...], whole numbers: the right class of each position, or `ignore_index`
        ignore_index: the target of positions that do not count

    Returns:
        shape [], 0 when no position counts
    """
    # BLANK_START
    # TODO: the log-probability of each target, negated, averaged over the positions that count.
    raise NotImplementedError
    # BLANK_END
