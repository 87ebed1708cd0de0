"""`torch.nn.utils`."""
import math
import torch


def _given(parameters):
    listed = [parameters] if isinstance(parameters, torch.Tensor) else list(parameters)
    return [p for p in listed if p.grad is not None]


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    found = _given(parameters)
    if not found:
        return torch.tensor(0.0)
    kind = float(norm_type)
    if kind == math.inf:
        total = torch.stack([p.grad.detach().abs().max() for p in found]).max()
    else:
        total = torch.norm(torch.stack([torch.norm(p.grad.detach(), kind) for p in found]), kind)
    if error_if_nonfinite and not bool(torch.isfinite(total)):
        raise RuntimeError(
            f"The total norm of order {kind} for gradients from `parameters` is non-finite, so it cannot be clipped. "
            "To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`"
        )
    factor = torch.clamp(max_norm / (total + 1e-6), max=1.0)
    with torch.no_grad():
        for p in found:
            p.grad.mul_(factor)
    return total


def clip_grad_value_(parameters, clip_value):
    with torch.no_grad():
        for p in _given(parameters):
            p.grad.clamp_(min=-float(clip_value), max=float(clip_value))


def parameters_to_vector(parameters):
    return torch.cat([p.reshape(-1) for p in parameters])


def vector_to_parameters(vec, parameters):
    at = 0
    for p in parameters:
        p.data = vec[at:at + p.numel()].reshape(p.shape).detach()
        at += p.numel()
