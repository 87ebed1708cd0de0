"""`torch.random`: the generator of the run."""
import contextlib
import torch
from torch import default_generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state


@contextlib.contextmanager
def fork_rng(devices=None, enabled=True, device_type="cpu"):
    state = get_rng_state()
    try:
        yield
    finally:
        if enabled:
            set_rng_state(state)
