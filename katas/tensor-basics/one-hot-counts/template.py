import torch
from torch import Tensor


def encode(labels: Tensor, classes: int) -> Tensor:
    """A one in the column of each label: `out[..., c] = 1` where `labels[...]` is c, 0 elsewhere.
    A label that is no class, less than 0 or too large, has a row of zeros.

    Args:
        labels: whole numbers, shape [...]
        classes: how many classes there are

    Returns:
        float32, shape [..., classes]
    """
    # BLANK_START
    # TODO: compare every label with every class.
    raise NotImplementedError
    # BLANK_END


def count_classes(labels: Tensor, classes: int) -> Tensor:
    """How often each class occurs along the last axis.

    Args:
        labels: whole numbers, shape [..., n]

    Returns:
        float32, shape [..., classes]
    """
    # BLANK_START
    # TODO: add up the rows of the table.
    raise NotImplementedError
    # BLANK_END


def confusion(actual: Tensor, given: Tensor, classes: int) -> Tensor:
    """The confusion matrix: `out[i, j]` is how many positions have the class i and were given j.
    Positions where either is no class do not count.

    Args:
        actual: whole numbers, shape [n]
        given: whole numbers, shape [n]

    Returns:
        float32, shape [classes, classes]
    """
    # BLANK_START
    # TODO: one product of two tables.
    raise NotImplementedError
    # BLANK_END
