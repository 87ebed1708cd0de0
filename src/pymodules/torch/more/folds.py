"""Functions of `torch` that fold dims and multiply, made of others."""
import math
import torch
from torch import Tensor

from torch._more_shapes import _tensors, triu_indices, unique_consecutive


def mode(input, dim=-1, keepdim=False):
    x = input.movedim(dim, -1) if input.dim() else input.reshape(1)
    rows = x.reshape(-1, x.size(-1))
    values, places = [], []
    for row in rows:
        ordered, order = row.sort(stable=True)
        found, count = unique_consecutive(ordered, return_counts=True)
        at = int(count.argmax())
        values.append(found[at])
        places.append(order[count[:at + 1].sum() - 1])
    shape = x.shape[:-1] if input.dim() else ()
    out = torch.stack(values).reshape(shape), torch.stack(places).reshape(shape)
    if keepdim and input.dim():
        out = tuple(t.unsqueeze(dim) for t in out)
    return torch._picked("mode", *out)


def nanmedian(input, dim=None, keepdim=False):
    if dim is None:
        kept = input[~input.isnan()] if input.is_floating_point() else input.reshape(-1)
        return kept.median() if kept.numel() else input.reshape(-1).median()
    x = input.masked_fill(input.isnan(), math.inf) if input.is_floating_point() else input
    count = input.isnan().logical_not().sum(dim, keepdim=True)
    values, order = x.sort(dim, stable=True)
    middle = ((count - 1) // 2).clamp(min=0)
    picked = [t.gather(dim, middle) for t in (values, order)]
    if input.is_floating_point():
        picked[0] = picked[0].masked_fill(count == 0, math.nan)
    if not keepdim:
        picked = [t.squeeze(dim) for t in picked]
    return torch._picked("nanmedian", *picked)


def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    if dim is None:
        kept = input[~input.isnan()]
        out = torch.quantile(kept if kept.numel() else input.reshape(-1), q, interpolation=interpolation)
        return out.reshape([1] * input.dim()) if keepdim and out.dim() == 0 else out
    rows = input.movedim(dim, -1)
    flat = rows.reshape(-1, rows.size(-1))
    found = []
    for row in flat:
        kept = row[~row.isnan()]
        found.append(torch.quantile(kept if kept.numel() else row, q, interpolation=interpolation))
    several = isinstance(q, Tensor) and q.dim() > 0
    out = torch.stack(found, -1).reshape(((q.numel(),) if several else ()) + rows.shape[:-1])
    return out.unsqueeze(dim if dim < 0 or not several else dim + 1) if keepdim else out


def histc(input, bins=100, min=0, max=0):
    low, high = (input.min().item(), input.max().item()) if min == max else (min, max)
    if low == high:
        low, high = low - 1, high + 1
    kept = input[(input >= low) & (input <= high)].detach()
    places = ((kept - low) / (high - low) * bins).floor().clamp(max=bins - 1).long()
    return torch.bincount(places, minlength=bins).to(input.dtype)


def dist(input, other, p=2):
    return torch.norm(input - other, p)


def renorm(input, p, dim, maxnorm):
    others = [d for d in range(input.dim()) if d != dim % input.dim()]
    norm = torch.linalg.vector_norm(input, p, others, keepdim=True)
    return input * torch.where(norm > maxnorm, maxnorm / (norm + 1e-7), torch.ones_like(norm))


def trapezoid(y, x=None, *, dx=1, dim=-1):
    return _trapezoids(y, x, dx, dim).sum(dim)


def cumulative_trapezoid(y, x=None, *, dx=1, dim=-1):
    return _trapezoids(y, x, dx, dim).cumsum(dim)


def _trapezoids(y, x, dx, dim):
    size = y.size(dim)
    width = dx if x is None else x.diff(dim=dim if x.dim() > 1 else -1)
    return (y.narrow(dim, 1, size - 1) + y.narrow(dim, 0, size - 1)) * width / 2


trapz = trapezoid


def inner(input, other):
    if input.dim() == 0 or other.dim() == 0:
        return input * other
    if input.size(-1) != other.size(-1):
        raise RuntimeError(
            f"inner() the last dimension must match on both input tensors but got shapes {list(input.shape)} and {list(other.shape)}"
        )
    return torch.tensordot(input, other, dims=([-1], [-1]))


def vdot(input, other):
    return torch.dot(input, other)


ger = torch.outer


def addr(input, vec1, vec2, *, beta=1, alpha=1):
    return beta * input + alpha * torch.outer(vec1, vec2)


def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    return beta * input + alpha * torch.bmm(batch1, batch2).sum(0)


def cross(input, other, dim=None):
    if dim is None:
        dim = next((d for d, size in enumerate(torch.broadcast_shapes(input.shape, other.shape)) if size == 3), None)
        if dim is None:
            raise RuntimeError("no dimension of size 3 in input")
    return torch.linalg.cross(input, other, dim=dim)


def pdist(input, p=2.0):
    rows, columns = triu_indices(input.size(0), input.size(0), 1)
    return torch.norm(input[rows] - input[columns], p, -1)


def logdet(input):
    return torch.det(input).log()


def chain_matmul(*matrices):
    return torch.linalg.multi_dot(_tensors(matrices))
