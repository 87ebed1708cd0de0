"""Functions of `torch` that rearrange, make and copy tensors, made of others."""
import math
import torch
from torch import Tensor

_range = range


def _tensors(given):
    return list(given[0]) if len(given) == 1 and isinstance(given[0], (list, tuple)) else list(given)


def adjoint(input):
    if input.dim() == 0:
        return input
    if input.dim() == 1:
        raise RuntimeError("tensor.adjoint() is only supported on matrices or batches of matrices. Got 1-D tensor.")
    return input.transpose(-2, -1)


def atleast_1d(*tensors):
    return _atleast(tensors, lambda x: x.reshape(1) if x.dim() == 0 else x)


def atleast_2d(*tensors):
    return _atleast(tensors, lambda x: x.reshape(1, 1) if x.dim() == 0 else x.unsqueeze(0) if x.dim() == 1 else x)


def atleast_3d(*tensors):
    def wide(x):
        if x.dim() == 0:
            return x.reshape(1, 1, 1)
        if x.dim() == 1:
            return x.unsqueeze(0).unsqueeze(-1)
        return x.unsqueeze(-1) if x.dim() == 2 else x
    return _atleast(tensors, wide)


def _atleast(tensors, widen):
    if len(tensors) == 1 and isinstance(tensors[0], Tensor):
        return widen(tensors[0])
    return tuple(widen(x) for x in _tensors(tensors))


def dstack(tensors, *, out=None):
    return torch.cat(list(atleast_3d(*tensors)), 2, out=out)


def column_stack(tensors, *, out=None):
    return torch.cat([x.reshape(-1, 1) if x.dim() < 2 else x for x in tensors], 1, out=out)


def tensor_split(input, indices_or_sections, dim=0):
    size = input.size(dim)
    if isinstance(indices_or_sections, int):
        count = indices_or_sections
        if count <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {count}")
        ends, at = [], 0
        for i in _range(count):
            at += size // count + (1 if i < size % count else 0)
            ends.append(at)
        ends.pop()
    else:
        ends = list(indices_or_sections.tolist() if isinstance(indices_or_sections, Tensor) else indices_or_sections)
    parts, start = [], 0
    for end in ends + [size]:
        if end < 0:
            end += size
        stop = min(max(end, start), size)
        parts.append(input.narrow(dim, min(start, size), max(stop - start, 0)))
        start = end
    return tuple(parts)


def _split(name, input, how, dim, least):
    if input.dim() < least:
        raise RuntimeError(f"torch.{name} requires a tensor with at least {least} dimension, but got a tensor with {input.dim()} dimensions!")
    if isinstance(how, int) and (how == 0 or input.size(dim) % how != 0):
        raise RuntimeError(
            f"torch.{name} attempted to split along dimension {dim}, but the size of the dimension {input.size(dim)} is not divisible by the split_size {how}!"
        )
    return tensor_split(input, how, dim)


def hsplit(input, indices_or_sections):
    return _split("hsplit", input, indices_or_sections, 0 if input.dim() == 1 else 1, 1)


def vsplit(input, indices_or_sections):
    return _split("vsplit", input, indices_or_sections, 0, 2)


def dsplit(input, indices_or_sections):
    return _split("dsplit", input, indices_or_sections, 2, 3)


def split_with_sizes(input, split_sizes, dim=0):
    return torch.split(input, list(split_sizes), dim)


def narrow_copy(input, dim, start, length):
    return input.narrow(dim, start, length).clone()


def rot90(input, k=1, dims=(0, 1)):
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if input.dim() < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {input.dim()}")
    a, b = dims
    k %= 4
    if k == 1:
        return input.flip(b).transpose(a, b)
    if k == 2:
        return input.flip(tuple(dims))
    if k == 3:
        return input.flip(a).transpose(a, b)
    return input.clone()


def diagflat(input, offset=0):
    return torch.diag(input.reshape(-1), offset)


def block_diag(*tensors):
    blocks = [atleast_2d(x) for x in _tensors(tensors)]
    dtype = blocks[0].dtype
    for block in blocks:
        dtype = torch.promote_types(dtype, block.dtype)
    width = sum(block.size(1) for block in blocks)
    rows, at = [], 0
    for block in blocks:
        left = torch.zeros(block.size(0), at, dtype=dtype)
        at += block.size(1)
        rows.append(torch.cat([left, block.to(dtype), torch.zeros(block.size(0), width - at, dtype=dtype)], 1))
    return torch.cat(rows)


def cartesian_prod(*tensors):
    tensors = _tensors(tensors)
    if len(tensors) == 1:
        return tensors[0].clone()
    return torch.stack([x.reshape(-1) for x in torch.meshgrid(*tensors, indexing="ij")], 1)


def combinations(input, r=2, with_replacement=False):
    import itertools
    if input.dim() != 1:
        raise RuntimeError("Expect a 1D vector, but got shape [" + ", ".join(map(str, input.shape)) + "]")
    if r == 0:
        return torch.empty(0, dtype=input.dtype)
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    picked = list(choose(_range(input.numel()), r))
    return input[torch.tensor(picked, dtype=torch.int64).reshape(-1, r)]


def _triangle(row, col, offset, keep, dtype):
    places = [(i, j) for i in _range(row) for j in _range(col) if keep(j - i, offset)]
    return torch.tensor(places, dtype=dtype).reshape(-1, 2).t().contiguous()


def tril_indices(row, col, offset=0, *, dtype=torch.long, device=None, layout=None):
    return _triangle(row, col, offset, lambda d, k: d <= k, dtype)


def triu_indices(row, col, offset=0, *, dtype=torch.long, device=None, layout=None):
    return _triangle(row, col, offset, lambda d, k: d >= k, dtype)


def vander(x, N=None, increasing=False):
    if x.dim() != 1:
        raise RuntimeError("x must be a one-dimensional tensor.")
    powers = torch.arange(x.numel() if N is None else N, dtype=x.dtype)
    out = x.unsqueeze(1) ** powers
    return out if increasing else out.flip(1)


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    if dim is None:
        flat, along = input.reshape(-1), 0
    else:
        flat, along = input, dim
    size = flat.size(along)
    rows = flat.movedim(along, 0).reshape(size, -1)
    new = torch.ones(size, dtype=torch.bool)
    if size > 1:
        new[1:] = (rows[1:] != rows[:-1]).any(1)
    inverse = new.long().cumsum(0) - 1
    found = [flat.index_select(along, new.nonzero().reshape(-1))]
    if return_inverse:
        found.append(inverse.reshape(input.shape) if dim is None else inverse)
    if return_counts:
        found.append(torch.bincount(inverse, minlength=0))
    return found[0] if len(found) == 1 else tuple(found)


def sum_to_size(input, *size):
    size = tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else size
    added = input.dim() - len(size)
    if added < 0 or any(s not in (1, input.size(d + added)) for d, s in enumerate(size)):
        raise RuntimeError(f"size {list(size)} is not expandable to size {list(input.shape)}.")
    dims = list(_range(added)) + [d + added for d, s in enumerate(size) if s == 1 and input.size(d + added) != 1]
    out = input.sum(dims, keepdim=True) if dims else input
    return out.reshape(size)


def index_put(input, indices, values, accumulate=False):
    return input.clone().index_put_(indices, values, accumulate)


def put(input, index, source, accumulate=False):
    return input.reshape(-1).clone().index_put_((index.reshape(-1),), source.reshape(-1), accumulate).reshape(input.shape)


def _written(input, view, src):
    out = input.clone()
    view(out).copy_(src)
    return out


def select_scatter(input, src, dim, index):
    return _written(input, lambda x: x.select(dim, index), src)


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    place = (slice(None),) * (dim % max(input.dim(), 1)) + (slice(start, end, step),)
    return _written(input, lambda x: x[place], src)


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    return _written(input, lambda x: x.diagonal(offset, dim1, dim2), src)


def fill(input, value):
    return torch.full_like(input, value)


def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    out = torch.tensor(obj, dtype=dtype) if copy else torch.as_tensor(obj, dtype=dtype)
    return out.requires_grad_() if requires_grad else out


def scalar_tensor(s, *, dtype=None, layout=None, device=None, requires_grad=False):
    return torch.full((), s, dtype=dtype or torch.get_default_dtype(), requires_grad=requires_grad)


def range(start=0, end=None, step=1, *, dtype=None, requires_grad=False):
    count = math.floor((end - start) / step) + 1
    return torch.linspace(start, start + (count - 1) * step, count, dtype=dtype, requires_grad=requires_grad)


def empty_strided(size, stride, *, dtype=None, layout=None, device=None, requires_grad=False):
    length = 1 + sum((n - 1) * step for n, step in zip(size, stride))
    return torch.empty(length, dtype=dtype).as_strided(size, stride)
