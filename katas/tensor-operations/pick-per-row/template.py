from torch import Tensor


def pick(x: Tensor, columns: Tensor) -> Tensor:
    """One element of each row: `out[...] = x[..., columns[...]]`.

    Args:
        x: shape [..., n]
        columns: whole numbers from 0 to n - 1, shape [...]

    Returns:
        shape [...]
    """
    # BLANK_START
    # TODO: gather along the last axis.
    raise NotImplementedError
    # BLANK_END


def last_real(x: Tensor, lengths: Tensor) -> Tensor:
    """The last real token of each sequence: `out[b] = x[b, lengths[b] - 1]`.

    Args:
        x: shape [batch, n, width]
        lengths: whole numbers from 1 to n, shape [batch]

    Returns:
        shape [batch, width]
    """
    # BLANK_START
    # TODO: pair each sequence with its own place.
    raise NotImplementedError
    # BLANK_END
