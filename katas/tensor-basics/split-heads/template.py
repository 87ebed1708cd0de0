from torch import Tensor


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Cuts the feature axis into heads and moves the heads in front of the sequence:
    `out[..., h, t, i] = x[..., t, h * width + i]`.

    Args:
        x: shape [..., length, heads * width]
        heads: how many heads lie side by side in the last axis

    Returns:
        shape [..., heads, length, width]
    """
    # BLANK_START
    # TODO: cut the last axis where it stands, then swap two axes.
    raise NotImplementedError
    # BLANK_END


def merge_heads(x: Tensor) -> Tensor:
    """Undoes `split_heads`: `out[..., t, h * width + i] = x[..., h, t, i]`.

    Args:
        x: shape [..., heads, length, width]

    Returns:
        shape [..., length, heads * width]
    """
    # BLANK_START
    # TODO: walk the same path backwards.
    raise NotImplementedError
    # BLANK_END
