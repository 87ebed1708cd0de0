from dataclasses import dataclass

from torch import Tensor


@dataclass
class Weights:
    """Each multiplies features from the right: `x @ query`."""

    query: Tensor  # shape [width, heads * size]
    key: Tensor  # shape [width, groups * size]
    value: Tensor  # shape [width, groups * size]
    output: Tensor  # shape [heads * size, width]


def self_attention(x: Tensor, weights: Weights, heads: int, groups: int) -> Tensor:
    """Causal self-attention with several heads that share keys and values in groups.
    Head h attends with its own queries to the keys and values of group `h // (heads // groups)`;
    what the heads find is set side by side and mixed by `output`.

    Args:
        x: shape [..., length, width]
        heads: how many heads of queries there are
        groups: how many heads of keys and values there are; it divides `heads`

    Returns:
        shape [..., length, width]
    """
    # BLANK_START
    # TODO: project, cut into heads, share the groups, attend, join the heads, mix.
    raise NotImplementedError
    # BLANK_END
