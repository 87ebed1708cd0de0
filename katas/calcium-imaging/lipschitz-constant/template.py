#R
import torch
from torch import Tensor


def compute_lipschitz(kernel: Tensor) -> float:
    """The largest `|H(w)|²` of a kernel's Fourier transform on N points,
    `H(w) = sum over i of kernel[i] exp(-2 pi sqrt(-1) w i / N)`, where N is the smallest
    power of two that is at least twice the kernel's length.

    Args:
        kernel: float64, shape [n], of any length and sign

    Returns:
        at least 1e-10, also for an empty kernel
    """
    # BLANK_START
    # TODO: for every frequency, how much does the kernel stretch it?
    raise NotImplementedError
    # BLANK_END
