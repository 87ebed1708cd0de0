from dataclasses import dataclass

import numpy as np
from catune import build_kernel, compute_lipschitz


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
    kernel = build_kernel(tau_rise, tau_decay, fs)
    lipschitz = compute_lipschitz(kernel)
    n = len(trace)

    def forward(x: np.ndarray) -> np.ndarray:
        return np.convolve(x, kernel)[:n]

    def adjoint(r: np.ndarray) -> np.ndarray:
        return forward(r[::-1])[::-1]

    x = y = np.zeros(n)
    t = 1
    before = np.inf
    for iterations in range(1, max_iterations + 1):
        gradient = adjoint(forward(y) - trace)
        following = np.maximum(0, y - (gradient + cost) / lipschitz)
        error = forward(following) - trace
        objective = 0.5 * np.sum(error**2) + cost * np.sum(following)
        if objective > before:
            t = 1
        ahead = (1 + np.sqrt(1 + 4 * t * t)) / 2
        y = np.maximum(0, following + (t - 1) / ahead * (following - x))
        x, t = following, ahead
        settled = abs(objective - before) / (abs(before) + 1e-10) < tolerance
        if iterations > 5 and settled:
            return Result(x, iterations, True)
        before = objective
    return Result(x, max_iterations, False)
