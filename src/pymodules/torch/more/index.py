"""Functions of `torch` made of others, loaded when the first of them is asked for.

`METHODS` are methods of Tensor too, `IN_PLACE` those that also have a form with an underscore.
"""
import torch
from torch._more_elements import *
from torch._more_folds import *
from torch._more_memory import *
from torch._more_shapes import *

arccosh, arcsinh, arctanh = torch.acosh, torch.asinh, torch.atanh
concatenate = torch.cat
moveaxis = torch.movedim
row_stack = torch.vstack

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
