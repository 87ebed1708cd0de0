import math
from dataclasses import dataclass
from typing import Callable

from torch import Tensor


@dataclass
class Problem:
    """What is to be explained, and by what. All tensors have shape [n]."""

    trace: Tensor  # what the microscope saw
    forward: Callable[[Tensor], Tensor]  # K x: the trace that spikes x would make
    adjoint: Callable[[Tensor], Tensor]  # Kᵀ r
    lipschitz: float  # of the gradient
    cost: float  # λ, what a unit of spike costs


@dataclass
class State:
    """Where the descent is. `x` and `y` have shape [n]."""

    x: Tensor
    y: Tensor  # the point that the gradient is taken at
    t: float
    objective: float  # at `x`; infinite before the first step


def fista_step(problem: Problem, state: State) -> State:
    """One step of FISTA towards the least `½ |K x - trace|² + cost · (sum of x)` over x ≥ 0:

    - `x⁺ = max(0, y - gradient / L - cost / L)` with the gradient `Kᵀ (K y - trace)`;
    - if the objective at `x⁺` is larger than at `x`, t starts anew from 1;
    - `t⁺ = (1 + √(1 + 4 t²)) / 2` and `y⁺ = max(0, x⁺ + (t - 1) / t⁺ · (x⁺ - x))`.

    Returns:
        the state after it, in tensors of its own; the one before is left as it is
    """
    gradient = problem.adjoint(problem.forward(state.y) - problem.trace)
    x = (state.y - (gradient + problem.cost) / problem.lipschitz).clamp(min=0)
    error = problem.forward(x) - problem.trace
    objective = (0.5 * error.square().sum() + problem.cost * x.sum()).item()
    t = 1 if objective > state.objective else state.t
    ahead = (1 + math.sqrt(1 + 4 * t * t)) / 2
    y = (x + (t - 1) / ahead * (x - state.x)).clamp(min=0)
    return State(x, y, ahead, objective)
