import torch


def center_rows(x: torch.Tensor) -> torch.Tensor:
    """Takes from every row its mean: `out[..., :] = x[..., :] - mean(x[..., :])`.

    x: shape [..., d]; a row is a vector along the last axis
    Returns shape [..., d].
    """
    # BLANK_START
    # TODO: subtract the mean of each row.
    raise NotImplementedError
    # BLANK_END
