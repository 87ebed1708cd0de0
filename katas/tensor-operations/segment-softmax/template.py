import torch
from torch import Tensor


def segment_softmax(scores: Tensor, group: Tensor, groups: int) -> Tensor:
    """Softmax within each group, for scores of any size:
    `out[i] = exp(scores[i]) / (sum over j with group[j] = group[i] of exp(scores[j]))`.

    Args:
        scores: shape [n], finite
        group: whole numbers from 0 to groups - 1 in any order, shape [n]
        groups: how many groups there are; some may have no members

    Returns:
        shape [n]
    """
    # BLANK_START
    # TODO: the largest of each group, the sum of each group, both sent back to the members.
    raise NotImplementedError
    # BLANK_END


def attend(scores: Tensor, values: Tensor, source: Tensor, target: Tensor, nodes: int) -> Tensor:
    """What each node of a graph hears: the mean of the values of the nodes with an edge to it,
    weighed by the softmax of the scores of those edges; zero without edges.

    Args:
        scores: one for each edge, shape [edges]
        values: shape [nodes, width]
        source: the node that each edge leaves, shape [edges]
        target: the node that each edge arrives at, shape [edges]

    Returns:
        shape [nodes, width]
    """
    # BLANK_START
    # TODO: weigh the messages, and add them up where they arrive.
    raise NotImplementedError
    # BLANK_END
