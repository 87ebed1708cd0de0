import math
#R
import torch
from torch import Tensor


def build_kernel(tau_rise: float, tau_decay: float, fs: float) -> Tensor:
    """What one spike looks like in a trace:
    `h[i] = exp(-i dt / tau_decay) - exp(-i dt / tau_rise)` with `dt = 1 / fs`,
    divided by its largest sample.

    Args:
        tau_rise: seconds; smaller than `tau_decay`
        tau_decay: seconds
        fs: samples a second

    Returns:
        float64, as many samples as `exp(-i dt / tau_decay)` takes to fall to 1e-6, rounded up;
        at least 2
    """
    length = max(2, math.ceil(-math.log(1e-6) * tau_decay * fs))
    times = torch.tensor([i / fs for i in range(length)], dtype=torch.float64)
    kernel = torch.exp(-times / tau_decay) - torch.exp(-times / tau_rise)
    return kernel / kernel.max()
