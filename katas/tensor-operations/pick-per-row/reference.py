import torch
from torch import Tensor


def pick(x: Tensor, columns: Tensor) -> Tensor:
    """One element of each row: `out[...] = x[..., columns[...]]`.

    Args:
        x: shape [..., n]
        columns: whole numbers from 0 to n - 1, shape [...]

    Returns:
        shape [...]
    """
    return x.gather(-1, columns.unsqueeze(-1)).squeeze(-1)


def last_real(x: Tensor, lengths: Tensor) -> Tensor:
    """The last real token of each sequence: `out[b] = x[b, lengths[b] - 1]`.

    Args:
        x: shape [batch, n, width]
        lengths: whole numbers from 1 to n, shape [batch]

    Returns:
        shape [batch, width]
    """
    return x[torch.arange(x.shape[0]), lengths - 1]
