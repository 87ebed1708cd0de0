from dataclasses import dataclass

import numpy as np


@dataclass
class Result:
    spikes: np.ndarray  # [n], none is negative
    iterations: int
    converged: bool  # False when max_iterations ended it


def deconvolve(
    trace: np.ndarray,
    tau_rise: float,
    tau_decay: float,
    fs: float,
    cost: float,
    tolerance: float = 1e-6,
    max_iterations: int = 2000,
) -> Result:
    """The spikes that explain a trace: the x ≥ 0 with the least
    `½ |K x - trace|² + cost · (sum of x)`, by FISTA from x = 0. It ends when, after more than
    five iterations, the objective has changed by less than
    `tolerance · (|objective before| + 1e-10)`, or after `max_iterations`.

    `build_kernel` and `compute_lipschitz` are in `catune`.

    Args:
        trace: fluorescence, float64, shape [n]
        tau_rise: seconds
        tau_decay: seconds, more than `tau_rise`
        fs: samples a second
        cost: λ, what a unit of spike costs
    """
    # BLANK_START
    # TODO: the convolution, its adjoint, and FISTA steps until the objective settles.
    raise NotImplementedError
    # BLANK_END
