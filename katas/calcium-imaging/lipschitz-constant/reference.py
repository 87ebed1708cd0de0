import math
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
    if len(kernel) == 0:
        return 1e-10
    points = 2 ** math.ceil(math.log2(2 * len(kernel)))
    places = torch.arange(len(kernel))
    frequencies = torch.arange(points, dtype=torch.float64).unsqueeze(1)
    angles = 2 * math.pi / points * frequencies * places
    stretch = (angles.cos() @ kernel) ** 2 + (angles.sin() @ kernel) ** 2
    return max(1e-10, stretch.max().item())
