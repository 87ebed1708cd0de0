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
    # BLANK_START
    # TODO: how long is it, what are its samples, and which is the largest?
    raise NotImplementedError
    # BLANK_END
