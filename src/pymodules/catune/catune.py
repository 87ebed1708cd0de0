"""`catune`: calcium kernels, and spikes from calcium traces.

A calcium kernel is what one spike looks like in a fluorescence trace: it rises and decays, the
difference of two exponentials. Arrays are float64; time constants are in seconds, rates in samples
a second (Hz).
"""
import json
from pathlib import Path

import numpy as np

import _catune

__version__ = "1.0.0"
__all__ = [
    "build_kernel",
    "compute_lipschitz",
    "load_tuning_data",
    "run_deconvolution",
    "save_for_tuning",
    "tau_to_ar2",
]


def build_kernel(tau_rise, tau_decay, fs):
    """The response to one spike, sampled at fs; its largest sample is 1.

    Sample i is exp(-i/(fs*tau_decay)) - exp(-i/(fs*tau_rise)) before it is scaled; there are
    max(2, ceil(ln(1e6)*tau_decay*fs)) of them. Raises ValueError unless 0 < tau_rise < tau_decay.
    """
    return _catune.build_kernel(tau_rise, tau_decay, fs)


def tau_to_ar2(tau_rise, tau_decay, fs):
    """The coefficients (g1, g2, d, r) of c[t] = g1*c[t-1] + g2*c[t-2] + spike[t].

    d = exp(-1/(fs*tau_decay)), r = exp(-1/(fs*tau_rise)), g1 = d + r, g2 = -d*r.
    """
    return _catune.tau_to_ar2(tau_rise, tau_decay, fs)


def compute_lipschitz(kernel):
    """The largest |H(w)|**2 of a calcium kernel's transform, at least 1e-10: 1 over FISTA's step."""
    return _catune.compute_lipschitz(kernel)


def run_deconvolution(traces, fs, tau_r, tau_d, lam=0.01, tolerance=1e-6, max_iterations=2000):
    """Spikes x >= 0 that make 0.5*|K x - trace|**2 + lam*sum(x) least (FISTA, exact convolution).

    traces is [time], or [cells, time]; the result has its shape. Raises ValueError that names the
    argument that is wrong.
    """
    traces = _float64(traces)
    if traces.size == 0:
        raise ValueError("traces is empty, expected at least one sample")
    rows = traces.reshape(1, -1) if traces.ndim == 1 else traces
    spikes = _catune.deconvolve(rows, fs, tau_r, tau_d, lam, tolerance, max_iterations)
    return spikes.reshape(traces.shape)


def save_for_tuning(traces, fs, path, metadata=None):
    """Writes {path}.npy (float64, [cells, time]) and {path}_metadata.json.

    The keys that describe the array win over those of metadata.
    """
    traces = _float64(traces)
    if not 0 < fs < float("inf"):
        raise ValueError(f"fs must be a positive number of samples a second, got {fs}")
    rows = traces.reshape(1, -1) if traces.ndim == 1 else traces
    described = {
        **(metadata or {}),
        "schema_version": "1.0.0",
        "sampling_rate_hz": fs,
        "num_cells": rows.shape[0],
        "num_timepoints": rows.shape[1],
        "dtype": "float64",
    }
    text = json.dumps(described, indent=2) + "\n"
    np.save(f"{path}.npy", np.ascontiguousarray(rows))
    Path(f"{path}_metadata.json").write_text(text)


def load_tuning_data(path):
    """The pair (traces, metadata) that save_for_tuning wrote. Raises FileNotFoundError."""
    arrays, described = Path(f"{path}.npy"), Path(f"{path}_metadata.json")
    for file in (arrays, described):
        if not file.exists():
            raise FileNotFoundError(f"There is no {file}; save_for_tuning writes it")
    return np.load(str(arrays)), json.loads(described.read_text())


def _float64(traces):
    traces = np.asarray(traces, dtype=np.float64)
    if traces.ndim not in (1, 2):
        raise ValueError(f"traces must have one or two dimensions, got {traces.ndim}")
    return traces
