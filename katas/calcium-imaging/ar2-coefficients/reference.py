import math
from typing import NamedTuple


class Ar2(NamedTuple):
    """A recursion `c[t] = g1 c[t-1] + g2 c[t-2]` and its roots, the slower one first."""

    g1: float
    g2: float
    d: float
    r: float


def tau_to_ar2(tau_rise: float, tau_decay: float, fs: float) -> Ar2:
    """The recursion that `exp(-t / tau_decay)` and `exp(-t / tau_rise)` obey when they are
    sampled `fs` times a second.

    Args:
        tau_rise: seconds; smaller than `tau_decay`
        tau_decay: seconds
        fs: samples a second

    Returns:
        the coefficients `g1` and `g2`, and the roots: `d` of the decay, `r` of the rise
    """
    d = math.exp(-1 / (tau_decay * fs))
    r = math.exp(-1 / (tau_rise * fs))
    return Ar2(d + r, -d * r, d, r)
