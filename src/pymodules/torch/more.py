"""Functions of `torch` made of others, loaded when the first of them is asked for.

`METHODS` are methods of Tensor too, `IN_PLACE` those that also have a form with an underscore.
"""
import math
import torch
from torch import Tensor

_range = range

def _tensors(given):
    return list(given[0]) if len(given) == 1 and isinstance(given[0], (list, tuple)) else list(given)


def _float(x):
    return x if x.is_floating_point() else x.to(torch.get_default_dtype())


# Names of the same thing.
arccosh, arcsinh, arctanh = torch.acosh, torch.asinh, torch.atanh
concatenate = torch.cat
moveaxis = torch.movedim
row_stack = torch.vstack


# Each element by itself.

def positive(input):
    if input.dtype == torch.bool:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


def sgn(input):
    return torch.sign(input)


def sinc(input):
    x = _float(input) * math.pi
    zero = x == 0
    return torch.where(zero, torch.ones_like(x), torch.sin(x) / x.masked_fill(zero, 1.0))


def isposinf(input):
    return input == math.inf if input.is_floating_point() else torch.zeros_like(input, dtype=torch.bool)


def isneginf(input):
    return input == -math.inf if input.is_floating_point() else torch.zeros_like(input, dtype=torch.bool)


def isreal(input):
    return torch.ones_like(input, dtype=torch.bool)


def copysign(input, other):
    out = _float(input) if not isinstance(other, Tensor) or not other.is_floating_point() else input
    other = other if isinstance(other, Tensor) else torch.tensor(other, dtype=out.dtype)
    dtype = torch.result_type(out, other)
    if not dtype.is_floating_point:
        dtype = torch.get_default_dtype()
    out, other = torch.broadcast_tensors(out.to(dtype), other.to(dtype))
    negative = torch.signbit(other) | ((other == 0) & (1 / other < 0))
    return torch.where(negative, -out.abs(), out.abs())


def heaviside(input, values):
    if input.dtype != values.dtype:
        raise RuntimeError("heaviside is not yet implemented for tensors with different dtypes.")
    return torch.where(input == 0, values, (input > 0).to(values.dtype))


def logaddexp2(input, other):
    return torch.logaddexp(input * math.log(2), other * math.log(2)) / math.log(2)


def float_power(input, exponent):
    input = input.double() if isinstance(input, Tensor) else input
    return input ** (exponent.double() if isinstance(exponent, Tensor) else exponent)


def clamp_min(input, min):
    return torch.clamp(input, min=min)


def clamp_max(input, max):
    return torch.clamp(input, max=max)


def ldexp(input, other):
    return input * 2.0 ** other


def angle(input):
    x = _float(input)
    zero = torch.zeros_like(x)
    return torch.where(x.isnan(), x, torch.where(x < 0, zero + math.pi, zero))


# Questions.

def is_nonzero(input):
    return bool(input)


def is_complex(input):
    return input.is_complex()


def is_same_size(input, other):
    return input.shape == other.shape


def is_signed(input):
    return input.dtype.is_signed


def is_conj(input):
    return False


def isin(elements, test_elements, *, assume_unique=False, invert=False):
    if not isinstance(elements, Tensor):
        elements = torch.tensor(elements)
    if not isinstance(test_elements, Tensor):
        test_elements = torch.tensor(test_elements)
    found = (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(-1)
    return ~found if invert else found


# Shapes.

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


# Written copies.

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


# Folds.

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
    others = [d for d in _range(input.dim()) if d != dim % input.dim()]
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


# Products.

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


# Windows of signals.

def _window(length, periodic, formula, dtype):
    n = torch.arange(length, dtype=torch.float64)
    return formula(n, length if periodic else length - 1).to(dtype or torch.get_default_dtype())


def _cosines(*factors):
    def formula(n, last):
        return sum((f * torch.cos(2 * math.pi * k * n / last) for k, f in enumerate(factors)), torch.zeros_like(n))
    return formula


def hann_window(window_length, periodic=True, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, _cosines(0.5, -0.5), dtype)


def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, _cosines(alpha, -beta), dtype)


def blackman_window(window_length, periodic=True, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, _cosines(0.42, -0.5, 0.08), dtype)


def bartlett_window(window_length, periodic=True, *, dtype=None, requires_grad=False):
    return _window(window_length, periodic, lambda n, last: 1 - (2 * n / last - 1).abs(), dtype)


# New tensors.

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


# Methods alone.

def resize_(input, *size, memory_format=None):
    size = tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else size
    count = math.prod(size)
    flat = input.reshape(-1)
    if count > flat.numel():
        flat = torch.cat([flat, torch.zeros(count - flat.numel(), dtype=input.dtype)])
    input.data = flat[:count].reshape(size)
    return input


def fill_diagonal_(input, fill_value, wrap=False):
    if input.dim() < 2:
        raise RuntimeError("dimensions must larger than 1")
    step = sum(input.stride())
    count = min(input.shape) if not wrap or input.dim() != 2 else -(-input.numel() // step)
    with torch.no_grad():
        input.as_strided((count,), (step,)).fill_(fill_value)
    return input


def pin_memory(input, device=None):
    raise RuntimeError("Cannot access accelerator device when none is available.")


def share_memory_(input):
    return input


def is_pinned(input):
    return False


def is_shared(input):
    return False


def is_inference(input):
    return False


def is_neg(input):
    return False


def is_set_to(input, tensor):
    return input.data_ptr() == tensor.data_ptr() and input.shape == tensor.shape and input.stride() == tensor.stride()


def conj(input):
    return input


def resolve_conj(input):
    return input


def real(input):
    return input


def to_dense(input):
    return input


class _Storage:
    """The memory that a tensor looks into, shared by its views."""

    def __init__(self, tensor):
        self._flat = tensor.detach().as_strided((tensor._held(),), (1,), 0)

    def data_ptr(self):
        return self._flat.data_ptr()

    def __len__(self):
        return self._flat.numel()

    size = __len__

    def nbytes(self):
        return self._flat.numel() * self._flat.element_size()

    def __getitem__(self, place):
        return self._flat[place].item()

    def __setitem__(self, place, value):
        self._flat[place] = value

    def __iter__(self):
        return iter(self._flat.tolist())

    def tolist(self):
        return self._flat.tolist()

    def __repr__(self):
        lines = "".join(f" {value}\n" for value in self._flat.tolist())
        return f"{lines}[torch.storage.TypedStorage(dtype={self._flat.dtype}, device=cpu) of size {len(self)}]"


def storage(input):
    return _Storage(input)


untyped_storage = storage

METHODS = frozenset((
    "arccosh arcsinh arctanh moveaxis positive sgn sinc isposinf isneginf isreal copysign heaviside logaddexp2 float_power clamp_min clamp_max ldexp angle "
    "is_nonzero is_same_size is_signed is_conj adjoint tensor_split hsplit vsplit dsplit split_with_sizes narrow_copy rot90 diagflat unique_consecutive sum_to_size index_put put "
    "select_scatter slice_scatter diagonal_scatter mode nanmedian nanquantile histc dist renorm inner vdot ger addr addbmm cross logdet resize_ fill_diagonal_ pin_memory "
    "share_memory_ is_pinned is_shared is_inference is_neg is_set_to conj resolve_conj real to_dense storage untyped_storage"
).split())

IN_PLACE = frozenset((
    "arccosh arcsinh arctanh sgn sinc copysign heaviside float_power clamp_min clamp_max ldexp put renorm addr addbmm cumsum cumprod addmm addmv baddbmm"
).split())

#: Names in `torch.nn.functional` that `torch` has too.
FUNCTIONAL = frozenset((
    "adaptive_avg_pool1d alpha_dropout avg_pool1d batch_norm bilinear celu channel_shuffle conv1d conv2d conv3d conv_transpose1d "
    "conv_transpose2d cosine_similarity dropout embedding group_norm hardshrink instance_norm layer_norm max_pool1d max_pool2d pairwise_distance pixel_shuffle pixel_unshuffle "
    "prelu rrelu selu threshold"
).split())


def method(name):
    """What the method of this name runs, its tensor first; None where there is none."""
    if name in METHODS:
        return globals()[name]
    base = name[:-1]
    if name.endswith("_") and base in IN_PLACE:
        run = globals().get(base) or getattr(torch, base)

        def write(input, *args, **kwargs):
            return input.copy_(run(input, *args, **kwargs))
        return write
    return None


#: What PyTorch has and is not here, with what comes nearest.
MISSING = {
    "vmap": "a loop and torch.stack, or a batch dim",
    "func": "torch.autograd.grad, and torch.autograd.functional",
    "compile": "the function itself: operators are fused as they are",
    "jit": "the function itself",
    "autocast": "Tensor.to(dtype)",
    "amp": "Tensor.to(dtype)",
    "complex": "real and imaginary parts in a last dim of 2",
    "polar": "torch.cos and torch.sin",
    "view_as_complex": "a last dim of 2",
    "view_as_real": "a last dim of 2",
    "sparse_coo_tensor": "a dense tensor, or scatter_add",
    "sparse_csr_tensor": "a dense tensor",
    "sparse": "a dense tensor",
    "stft": "torch.fft.rfft of Tensor.unfold",
    "istft": "torch.fft.irfft",
    "distributions": "torch.randn, torch.rand, torch.bernoulli, torch.multinomial",
    "poisson": "torch.multinomial",
    "binomial": "torch.bernoulli and a sum",
    "quantize_per_tensor": "torch.round and torch.clamp",
    "eig": "torch.linalg.eigh, for symmetric matrices",
    "lu": "torch.linalg.solve, or torch.linalg.qr",
    "lobpcg": "torch.linalg.eigh",
    "polygamma": "torch.digamma",
    "igamma": "torch.lgamma",
    "i0": "torch.exp",
    "frexp": "torch.log2 and torch.floor",
    "nextafter": "torch.finfo",
    "from_file": "torch.load",
    "hub": "a file of the program's own",
    "onnx": "torch.save",
    "multiprocessing": "one process",
    "distributed": "one process",
    "cuda": "torch.device('cpu')",
    "nested": "torch.nn.utils.rnn.pad_sequence",
    "overrides": "a subclass of torch.Tensor",
    "fx": "hooks of torch.nn.Module",
    "register_post_accumulate_grad_hook": "Tensor.register_hook",
    "lstsq": "torch.linalg.lstsq",
    "byte": "Tensor.int", "char": "Tensor.int", "short": "Tensor.int", "bfloat16": "Tensor.half",
    "to_sparse": "the tensor itself, which is dense",
    "rename": "dims by their places",
    "names": "dims by their places",
    "imag": "a last dim of 2",
}


def missing(name):
    """What is said of a name that is not here."""
    nearest = MISSING.get(name)
    return f": it is not here; nearest: {nearest}" if nearest else ""
