"""What torch is asked for: for each function the arguments it takes, and at random sources of calls.

A template holds placeholders, each a value drawn anew. Tensors (a shape may follow, as in {f:2,3}):
  {x} of any dtype  {f} floats  {p} positive floats  {u} floats in (0, 1)  {i} whole numbers  {b} bools
  {y} of any dtype and a shape that mostly fits the first  {g} as {y}, and of the first one's dtype
  {l:shape,high} places below `high`
Others: {s} number  {d} dim  {n} small whole number  {k} True or False  {t} dtype
A template that begins with a tensor is a function's, a method's, and that of the method with an underscore.
"""
import random
import re

SHAPES = ["", "1", "3", "4", "2,3", "3,3", "1,3", "3,1", "2,3,4", "2,1,4", "0", "2,0"]
FLOATS = ["float32", "float64"]
WHOLE = ["int64", "int32"]
DTYPES = FLOATS + WHOLE + ["bool"]

#: Templates by the names that share them; a name alone stands for `{x}`.
CALLS = {
    "exp log sqrt rsqrt reciprocal sin cos tan asin acos atan sinh cosh asinh acosh atanh tanh sigmoid erf erfc log1p log2 log10 exp2 expm1 neg abs sign floor ceil trunc "
    "square relu logical_not deg2rad rad2deg isnan isinf isfinite signbit ravel numel argwhere absolute negative arccos arcsin arctan arcsinh arccosh arctanh fix bitwise_not "
    "isposinf isneginf isreal positive sgn sinc is_floating_point": ["{x}"],
    "frac lgamma digamma": ["{f}"],
    "erfinv logit": ["{u}"],
    "softmax log_softmax": ["{f}, {d}", "{x}, {d}", "{x}, dim={d}, dtype=torch.float64"],
    "round": ["{x}", "{f}, decimals={n}"],
    "nan_to_num": ["{x}", "{x}, {s}", "{x}, nan=1.5, posinf=2.5"],
    "add sub subtract": ["{x}, {y}", "{x}, {s}", "{x}, {y}, alpha={s}"],
    "rsub": ["{x}, {y}", "{x}, {s}"],
    "mul multiply remainder fmod pow eq ne lt le gt ge greater greater_equal less less_equal not_equal floor_divide true_divide": ["{x}, {y}", "{x}, {s}", "{x}, {s}"],
    "div divide": ["{x}, {y}", "{x}, {s}", "{x}, {y}, rounding_mode='floor'", "{x}, {s}, rounding_mode='trunc'"],
    "maximum minimum fmax fmin logical_and logical_or logical_xor copysign": ["{x}, {y}", "{x}, {g}"],
    "atan2 arctan2 hypot logaddexp logaddexp2 xlogy heaviside": ["{x}, {y}", "{f}, {g}", "{f}, {g}"],
    "bitwise_and bitwise_or bitwise_xor": ["{i}, {g}", "{b}, {g}", "{x}, {y}", "{i}, {n}"],
    "bitwise_left_shift bitwise_right_shift": ["{i}, {n}", "{i}, {l:,3}"],
    "gcd lcm": ["{i}, {g}"],
    "float_power": ["{x}, {y}", "{x}, {s}"],
    "clamp clip": ["{x}, {s}", "{x}, {s}, {s}", "{x}, max={s}", "{x}, min={s}", "{f}, {g}, {g}", "{x}"],
    "clamp_min clamp_max": ["{x}, {s}", "{f}, {g}"],
    "masked_fill": ["{x}, {b}, {s}", "{x:2,3}, {b:2,3}, {s}", "{x:2,3}, {b:3}, {x:}"],
    "lerp": ["{f}, {g}, 0.3", "{f}, {g}, {g}"],
    "addcmul addcdiv": ["{f}, {g}, {g}", "{f}, {g}, {g}, value={s}", "{x}, {y}, {y}"],
    "isclose allclose": ["{x}, {g}", "{f}, {g}, 0.5, {s}", "{f}, {g}, rtol=0.1, equal_nan={k}", "{x}, {y}"],
    "equal": ["{x}, {g}", "{x}, {y}"],
    "sum": ["{x}", "{x}, {d}", "{x}, {d}, {k}", "{x}, dim=({d}, {d}), keepdim={k}", "{x}, dtype=torch.float64", "{x}, axis={d}"],
    "nansum nanmean": ["{f}", "{x}, {d}", "{f}, {d}, {k}"],
    "mean": ["{x}", "{f}, {d}", "{f}, {d}, {k}", "{x}, dim=({d}, {d}), keepdim={k}", "{x}, dtype=torch.float64"],
    "prod": ["{x}", "{x}, {d}", "{x}, {d}, {k}", "{x}, dtype=torch.float64"],
    "var std": ["{f}", "{f}, {d}", "{f}, {d}, {k}", "{f}, dim={d}, unbiased=False, keepdim={k}", "{f}, {k}", "{x}", "{f}, dim={d}, correction={n}", "{f}, dim=({d}, {d})"],
    "var_mean std_mean": ["{f}", "{f}, {d}", "{f}, dim={d}, unbiased=False, keepdim={k}", "{f}, dim=({d}, {d})"],
    "max min": ["{x}", "{x}, {d}", "{x}, {d}, {k}", "{x}, {y}", "{f}, dim={d}, keepdim=True"],
    "amax amin": ["{x}", "{x}, {d}", "{x}, {d}, {k}", "{x}, ({d}, {d})"],
    "aminmax": ["{x}", "{x}, dim={d}", "{x}, dim={d}, keepdim={k}"],
    "argmax argmin": ["{x}", "{x}, {d}", "{x}, {d}, {k}"],
    "any all": ["{x}", "{x}, {d}", "{x}, {d}, {k}"],
    "median nanmedian": ["{x}", "{x}, {d}", "{f}, {d}, {k}"],
    "mode": ["{x}", "{i}, {d}", "{i}, {d}, {k}"],
    "count_nonzero": ["{x}", "{x}, {d}"],
    "logsumexp": ["{f}, {d}", "{x}, {d}", "{f}, {d}, {k}", "{f}, ({d}, {d})"],
    "cumsum cumprod": ["{x}, {d}", "{x}, {d}, dtype=torch.float64"],
    "cummax cummin logcumsumexp": ["{x}, {d}", "{f}, {d}"],
    "diff": ["{x}", "{x}, {n}, {d}", "{x}, dim={d}"],
    "quantile nanquantile": ["{f}, 0.3", "{f}, 0.5, {d}", "{f}, {u:3}, {d}", "{f:2,3}, 0.4, dim=1, keepdim={k}", "{x}, 0.3", "{f}, 0.7, interpolation='lower'"],
    "norm": ["{f}", "{f}, {n}", "{f}, dim={d}", "{f}, {n}, {d}, {k}", "{f}, float('inf'), {d}", "{x}", "{f}, 'fro', ({d}, {d})"],
    "dist": ["{f}, {g}", "{f}, {g}, {n}", "{x}, {y}"],
    "renorm": ["{f:2,3}, 2, 0, 1.0"],
    "histc": ["{f}", "{f}, 4, -2, 2"],
    "bincount": ["{l:5,4}", "{i}", "{l:5,4}, minlength={n}", "{l:5,4}, {f:5}"],
    "reshape": ["{x}, ({n}, -1)", "{x}, (-1,)", "{x:2,3}, (3, 2)", "{x:2,3,4}, (4, -1)", "{x:2,3}, (1, -1, 1)", "{x}, (2, 3)"],
    "squeeze": ["{x}", "{x}, {d}", "{x:1,3,1}, {d}"],
    "unsqueeze": ["{x}, {d}"],
    "flatten": ["{x}", "{x}, {n}", "{x}, {d}, {d}"],
    "unflatten": ["{x:4,3}, 0, (2, 2)", "{x:4,3}, 1, (3, -1)", "{x:4,3}, 0, (3, 2)"],
    "permute": ["{x}, ({n}, {n})", "{x:2,3}, (1, 0)", "{x:2,3,4}, (2, 0, 1)", "{x:2,3,4}, (-1, 0, 1)"],
    "transpose swapaxes swapdims": ["{x}, {d}, {d}", "{x:2,3,4}, {d}, {d}"],
    "t adjoint": ["{x}", "{x:2,3}"],
    "movedim moveaxis": ["{x}, {d}, {d}", "{x:2,3,4}, (0, 1), (2, 0)"],
    "flip": ["{x}, ({d},)", "{x:2,3}, (0, 1)", "{x:2,3}, [{d}]"],
    "fliplr flipud": ["{x}"],
    "rot90": ["{x:2,3}", "{x:2,3}, {n}", "{x:2,3,4}, 1, (1, 2)"],
    "roll": ["{x}, {n}", "{x}, {n}, {d}", "{x:2,3}, (1, 2), (0, 1)", "{x}, -1"],
    "split": ["{x}, {n}", "{x}, {n}, {d}", "{x:2,3}, [1, 2], 1", "{x:2,3}, [1, 1], {d}"],
    "tensor_split": ["{x:4,3}, {n}", "{x:4,3}, (1, 3)", "{x:4,3}, 2, dim=1"],
    "chunk": ["{x}, {n}", "{x}, {n}, {d}"],
    "unbind": ["{x}", "{x}, {d}"],
    "narrow": ["{x}, {d}, 0, {n}", "{x:2,3}, 1, 1, {n}"],
    "select": ["{x}, {d}, {n}", "{x:2,3}, {d}, -1"],
    "repeat_interleave": ["{x}, {n}", "{x}, {n}, {d}", "{x:3,2}, {l:3,4}, 0"],
    "tile": ["{x}, ({n},)", "{x}, (1, 2)", "{x}, (2, 1, 2)"],
    "tril triu": ["{x}", "{x:3,3}, {n}", "{x:2,3,4}, -1"],
    "diag": ["{x}", "{x:3}, {n}", "{x:3,4}, {n}"],
    "diagonal": ["{x}", "{x:3,4}, {n}", "{x:2,3,4}, 0, 1, 2", "{x:2,3,4}, 1, {d}, {d}"],
    "diag_embed diagflat": ["{x}", "{x:3}, {n}", "{x:2,3}, 1"],
    "broadcast_to": ["{x}, (2, 3)", "{x}, (2, 3, 4)", "{x:3}, (2, 3)"],
    "clone": ["{x}", "{x:2,3}, memory_format=torch.contiguous_format"],
    "gather": ["{x:2,3}, {d}, {l:2,3,2}", "{x:3,3}, {d}, {l:2,2,3}", "{x}, {d}, {l:2,2}", "{f:2,3}, 1, {l:2,2,3}"],
    "index_select": ["{x:2,3}, {d}, {l:4,2}", "{x}, {d}, {l:2,3}", "{x:3}, 0, {l:,3}"],
    "masked_select": ["{x:2,3}, {b:2,3}", "{x:2,3}, {b:3}", "{x}, {b}"],
    "take": ["{x:2,3}, {l:2,2,6}", "{x}, {l:2,4}"],
    "take_along_dim": ["{x:2,3}, {l:2,2,2}, {d}", "{x:2,3}, {l:4,6}"],
    "sort argsort": ["{x}", "{x}, {d}", "{x}, {d}, {k}", "{x}, dim={d}, descending={k}", "{x}, stable=True"],
    "msort": ["{x}"],
    "topk": ["{x}, {n}", "{x}, {n}, {d}", "{x}, {n}, {d}, {k}", "{x:2,3}, 2, largest=False"],
    "kthvalue": ["{x}, 1", "{x}, {n}, {d}", "{f:2,3}, 2, {d}, {k}"],
    "nonzero": ["{x}", "{x}, as_tuple={k}"],
    "unique": ["{x}", "{x}, return_inverse=True", "{x}, return_counts=True", "{x}, True, True, True", "{i:3,3}, dim=0", "{i:3,3}, dim={d}, return_inverse=True, return_counts=True"],
    "unique_consecutive": ["{i:4}", "{i:4}, return_counts=True", "{i:4}, True, True"],
    "scatter": ["{x:2,3}, {d}, {l:2,3,2}, {g:2,3}", "{x:2,3}, {d}, {l:2,2,2}, 1", "{f:3,3}, 0, {l:2,3,3}, {g:3,3}, reduce='add'", "{f:3,3}, 0, {l:2,3,3}, {g:3,3}, reduce='multiply'", "{x}, 0, {l:2,3}, {s}"],
    "scatter_add": ["{x:2,3}, {d}, {l:2,3,2}, {g:2,3}", "{f:3,3}, 0, {l:2,2,3}, {g:2,3}"],
    "scatter_reduce": ["{f:3,3}, 0, {l:2,3,3}, {g:2,3}, 'sum'", "{x:3,3}, 1, {l:3,2,3}, {g:3,3}, 'prod'", "{f:3,3}, 0, {l:3,3,3}, {g:3,3}, 'mean'", "{x:3,3}, 0, {l:2,3,3}, {g:3,3}, 'amax', include_self={k}", "{x:3,3}, 0, {l:2,3,3}, {g:3,3}, reduce='amin', include_self={k}",
                       "{f:3}, 0, {l:4,3}, {f:4}, reduce='mean', include_self=False"],
    "index_add": ["{x:3,3}, {d}, {l:2,3}, {g:2,3}", "{f:3,3}, 0, {l:2,3}, {g:2,3}, alpha={s}"],
    "index_copy": ["{x:3,3}, 0, {l:2,3}, {g:2,3}", "{f:3,3}, {d}, {l:3,3}, {g:3,3}"],
    "index_fill": ["{x:3,3}, {d}, {l:2,3}, {s}", "{f:3,3}, 0, {l:2,3}, {f:}"],
    "index_put": ["{x:3,3}, ({l:2,3},), {g:3}", "{f:3,3}, ({l:2,3}, {l:2,3}), {g:2}, accumulate={k}", "{x:3,3}, ({b:3,3},), {g:}"],
    "index_reduce": ["{f:3,3}, 0, {l:2,3}, {g:2,3}, 'prod'"],
    "masked_scatter": ["{x:2,3}, {b:2,3}, {g:6}", "{f:2,3}, {b:3}, {g:6}"],
    "put": ["{x:2,3}, {l:2,6}, {g:2}", "{x:2,3}, {l:2,6}, {g:2}, accumulate={k}"],
    "select_scatter": ["{x:2,3}, {g:3}, 0, 1"],
    "slice_scatter": ["{x:4,3}, {g:2,3}, 0, 1, 3"],
    "diagonal_scatter": ["{x:3,3}, {g:3}"],
    "where": ["{b}, {x}, {y}", "{b:2,3}, {x:2,3}, {y:2,3}", "{b:3}, {f:3}, {s}", "{b:2,3}", "{x}, {y}, {y}"],
    "matmul": ["{f:3}, {g:3}", "{f:2,3}, {g:3,2}", "{f:2,3}, {g:3}", "{f:3}, {g:3,2}", "{x:4,2,3}, {g:3,2}", "{f:4,2,3}, {g:4,3,2}", "{x}, {y}", "{f:2,3}, {g:2,3}", "{f:2,1,2,3}, {g:4,3,2}", "{f:0,3}, {g:3,2}"],
    "mm": ["{x:2,3}, {g:3,2}", "{f:2,3}, {y:3,2}", "{f:2,3}, {g:2,3}"],
    "bmm": ["{x:4,2,3}, {g:4,3,2}", "{f:2,3}, {g:3,2}", "{f:4,2,3}, {g:3,3,2}"],
    "mv": ["{x:2,3}, {g:3}", "{f:2,3}, {g:2}"],
    "dot inner vdot": ["{x:3}, {g:3}", "{f:3}, {g:4}", "{f:2,3}, {g:3}"],
    "outer ger": ["{x:3}, {g:2}", "{x:3}, {y:2}", "{x:2,3}, {y:3}"],
    "kron": ["{x:2,3}, {g:3,2}", "{x:3}, {y:2,2}"],
    "trace": ["{x:3,3}", "{x:2,3}", "{x:3}"],
    "det inverse logdet slogdet pinverse matrix_exp": ["{f:3,3}", "{f:2,3,3}", "{f:2,3}"],
    "cholesky": ["{f:3,3} @ {g:3,3}.mT + 3 * torch.eye(3)"],
    "matrix_power": ["{f:3,3}, {n}", "{f:3,3}, -1", "{f:2,3}, 2"],
    "addmm": ["{f:2,2}, {g:2,3}, {g:3,2}", "{f:2}, {g:2,3}, {g:3,2}, beta={s}, alpha={s}", "{x:2,2}, {g:2,3}, {g:3,2}"],
    "addmv": ["{f:2}, {g:2,3}, {g:3}", "{f:2}, {g:2,3}, {g:3}, beta={s}, alpha={s}"],
    "addr": ["{f:2,3}, {g:2}, {g:3}", "{f:2,3}, {g:2}, {g:3}, beta={s}, alpha={s}"],
    "baddbmm": ["{f:4,2,2}, {g:4,2,3}, {g:4,3,2}", "{f:2,2}, {g:4,2,3}, {g:4,3,2}, beta={s}, alpha={s}"],
    "addbmm": ["{f:2,2}, {g:4,2,3}, {g:4,3,2}", "{f:2,2}, {g:4,2,3}, {g:4,3,2}, beta=0.5, alpha=2"],
    "corrcoef cov": ["{f:3,4}", "{f:4}"],
    "cross": ["{f:2,3}, {g:2,3}", "{f:2,3}, {g:2,3}, dim=1"],
    "cdist": ["{f:3,2}, {g:4,2}", "{f:2,3,2}, {g:2,4,2}, p=1.0", "{f:3,2}, {g:4,3}"],
    "tensordot": ["{f:2,3}, {g:3,2}, 1", "{f:2,3}, {g:2,3}, dims=([0, 1], [0, 1])", "{f:2,3}, {g:2,3}"],
    "einsum": ["'ij,jk->ik', {x:2,3}, {g:3,2}", "'bij,bjk->bik', {f:4,2,3}, {g:4,3,2}", "'ii->i', {x:3,3}", "'ij->', {x:2,3}", "'...i,i', {f:2,3}, {g:3}", "'ij,ij', {f:2,3}, {g:2,3}", "'i,j->ij', {f:2}, {g:3}", "'ij,jk', {f:2,3}, {g:2,3}", "'ij', {f:2,3}", "'bhid,bhjd->bhij', {f:1,2,3,2}, {g:1,2,3,2}", "'ij->ji', {x:2,3}"],
    "cat concat concatenate": ["[{x:2,3}, {y:2,3}]", "[{x:2,3}, {y:2,3}], {d}", "({x}, {y})", "[{x:2,3}, {y:1,3}, {x:0}], dim=0"],
    "stack": ["[{x:2,3}, {y:2,3}]", "[{x}, {g}], {d}", "[{x:2,3}, {x:3}]"],
    "hstack vstack dstack column_stack row_stack": ["[{x:2,3}, {y:2,3}]", "({x:3}, {y:3})", "[{x:}, {y:}]", "[{x}, {y}]"],
    "hsplit vsplit dsplit": ["{x:4,4}, 2", "{x:2,4,2}, 2", "{x:4,4}, [1, 3]"],
    "atleast_1d atleast_2d atleast_3d": ["{x}"],
    "block_diag": ["{x:2,3}, {g:3}, {g:}"],
    "cartesian_prod": ["{x:3}, {g:2}", "{x:3}"],
    "combinations": ["{x:4}", "{x:4}, 3", "{x:3}, 2, with_replacement=True"],
    "meshgrid": ["{x:3}, {g:2}, indexing='ij'", "{x:3}, {g:2}, indexing='xy'", "[{x:3}, {g:2}], indexing='ij'"],
    "broadcast_tensors": ["{x:3}, {y:2,1}", "{x}, {y}"],
    "searchsorted": ["{f:4}.sort()[0], {f}", "{f:2,4}.sort()[0], {f:2,3}, right={k}", "{f:4}.sort()[0], 0.5", "{f:4}.sort()[0], {f:3}, side='right'", "{f:4}.sort()[0], {f:3}, out_int32=True"],
    "bucketize": ["{f}, {f:4}.sort()[0]", "{f:2,3}, {f:4}.sort()[0], right={k}"],
    "isin": ["{i:3}, {i:4}", "{i:2,3}, {n}", "{i:3}, {i:4}, invert=True"],
    "tril_indices triu_indices": ["3, 3", "2, 4, 1", "{n}, {n}, {n}"],
    "vander": ["{f:3}", "{f:3}, 2", "{f:3}, increasing=True"],
    "trapezoid trapz cumulative_trapezoid": ["{f:4}", "{f:2,3}, dx=0.5", "{f:2,3}, {g:2,3}"],
    "logcumsumexp": ["{f}, {d}"],
    "tensor as_tensor": ["[1, 2.5]", "[True, False]", "[[1, 2], [3, 4]]", "[[1], [2, 3]]", "[]", "3", "[1, True]", "None", "'a'", "{x}", "[{x:}, 2]", "[1, 2], dtype={t}", "range(4)", "((1, 2), (3, 4)), dtype=torch.float64"],
    "scalar_tensor": ["3", "2.5, dtype=torch.float64"],
    "empty": ["0", "-1", "2.5"],
    "zeros ones": ["2, 3", "(2,)", "0", "[2, 1]", "-1", "2, dtype={t}", "()", "(2, 3), requires_grad=True", "2.5", "size=(2,)"],
    "full": ["(2,), {s}", "(2, 2), {s}, dtype={t}", "(), {s}", "2, 1"],
    "eye": ["{n}", "{n}, {n}", "3, dtype={t}"],
    "arange": ["{n}", "{s}", "1, 7, 2", "0.5, 3", "3, -2, -1", "1, 2, 0.3", "3, 0", "0, 1, 0", "5, dtype={t}", "start=1, end=4", "end=3"],
    "range": ["1, 4", "0, 2, 0.5"],
    "linspace": ["0, 1, 5", "-1, 1, 4", "0, 10, 1", "3, 3, 0", "1, 0, 7", "0, 1, steps=3, dtype=torch.float64", "start=0, end=2, steps=3"],
    "logspace": ["0, 2, 3", "0, 2, 5, base=2", "0, 1, 2, dtype=torch.float64"],
    "zeros_like ones_like": ["{x}", "{x}, dtype={t}", "{f}, requires_grad=True"],
    "empty_like": ["{x}.shape and {x:0}"],
    "full_like": ["{x}, {s}", "{x}, {s}, dtype={t}"],
    "rand randn": ["3", "2, 9", "17", "40", "3, dtype=torch.float64", "(20,), dtype=torch.float64", "2, 3, requires_grad=True", "2, dtype=torch.int64", "3, generator=torch.Generator().manual_seed(5)"],
    "rand_like randn_like": ["{f}", "{f:17}", "{f}, dtype=torch.float64", "{i}"],
    "randint": ["5, (4,)", "-3, 3, (2, 2)", "3, 3, (1,)", "low=1, high=9, size=(3,)", "9, (2,), dtype=torch.float32", "5, (4,), generator=torch.Generator().manual_seed(2)"],
    "randint_like": ["{f}, 5", "{i}, 2, 7"],
    "randperm": ["7", "{n}", "5, dtype=torch.int32", "6, generator=torch.Generator().manual_seed(1)"],
    "normal": ["0., 2., (3,)", "0., 2., (30,)", "{f}, {g}.abs()", "{f}, 2.0", "1.0, {p}"],
    "bernoulli": ["{u}", "{f:3}, 0.5", "{u:2,3}, generator=torch.Generator().manual_seed(3)"],
    "multinomial": ["{p:4}, 2", "{p:2,3}, 5, True", "{p:3}, 4", "{p:4}, 3, generator=torch.Generator().manual_seed(1)"],
    "poisson": ["{p}"],
    "can_cast promote_types": ["{t}, {t}"],
    "result_type": ["{x}, {y}", "{x}, {s}"],
    "broadcast_shapes": ["(2, 1), (3,)", "(2, 3), (4, 3)", "(1,), (5, 1, 2)", "3, (2, 1)"],
    "is_tensor typename": ["{x}", "{s}", "'a'"],
    "is_nonzero": ["{x}", "{x:1}"],
    "angle": ["{x}"],
    "ldexp": ["{f}, {l:,3}"],
    "as_strided": ["{x:2,3}, (2, 2), (1, 2)", "{x:4}, (2,), (2,), 1", "{x:6}, (2, 3), (1, 1)", "{x:4}, (3,), (2,)"],
    "chain_matmul": ["{f:2,3}, {g:3,4}, {g:4,2}"],
    "narrow_copy": ["{x:2,3}, 1, 0, 2"],
    "split_with_sizes": ["{x:2,3}, [1, 2], 1"],
    "is_complex is_same_size": ["{x}, {y}", "{x}"],
    "view_as_real view_as_complex real imag conj": ["{x}"],
    "cosine_similarity pairwise_distance": ["{f:2,3}, {g:2,3}"],
    "hann_window hamming_window blackman_window bartlett_window": ["5", "6, periodic=False"],
}

#: Methods alone, after the tensor they are of.
METHODS = {
    "item tolist size dim ndimension nelement element_size stride is_contiguous contiguous float double half int long bool cpu detach type T mT shape dtype ndim device is_leaf requires_grad grad grad_fn H mH is_cuda data layout storage_offset get_device is_signed "
    "__len__ __bool__ __neg__ __abs__ __invert__ __pos__ zero_ t_ squeeze_ retain_grad __float__ __int__ __index__": ["{x}", "{x:1}", "{x:2,3}"],
    "__repr__ __str__": ["{x}"] + ["{x:40,40}", "{x:3,20}", "{x:2,2,9}", "{x:1200}", "{f} * 1e-5", "{f} * 1e6", "{f:2,3} * 1e9", "{p:3} * 0", "{f:3}.half()", "{f:2,3}.long()", "{x:2,0,3}"],
    "__format__": ["{x}, ''", "{f:}, '.2f'", "{i:}, 'd'", "{f:1}, '.3f'"],
    "size": ["{x}, {d}"],
    "stride": ["{x}, {d}"],
    "view": ["{x}, -1", "{x:2,3}, 3, 2", "{x:2,3}, (6,)", "{x}, {n}, -1", "{x:2,3}.t(), -1", "{x:2,3,4}, 2, -1", "{x}, 2, 3"],
    "reshape": ["{x}, -1", "{x:2,3}, 3, 2", "{x}, {n}, -1", "{x:2,3}.t(), -1"],
    "expand": ["{x}, 2, 3", "{x}, 2, 3, 4", "{x:3}, (2, 3)", "{x:1,3}, -1, 3", "{x:1,3}, 4, -1", "{x:2,1}, -1"],
    "repeat": ["{x}, 2", "{x}, 2, 1", "{x:2,3}, (2, 2)", "{x}, 1, 2, 3"],
    "permute": ["{x:2,3}, 1, 0", "{x:2,3,4}, 2, 0, 1", "{x}, {n}, {n}"],
    "flip": ["{x:2,3}, 0, 1", "{x}, {d}"],
    "tile": ["{x}, 2, 2"],
    "expand_as view_as reshape_as type_as": ["{x}, {y}", "{x:2,3}, {g:3,2}", "{x:3}, {x:2,3}"],
    "unfold": ["{x:4}, 0, 2, 1", "{x:4,3}, -1, 2, 2", "{x:4}, 0, 5, 1"],
    "to": ["{x}, {t}", "{x}, 'cpu'", "{x}, {y}", "{x}, dtype={t}", "{x}, torch.device('cpu'), {t}", "{x}, {t}, copy=True", "{x}, 'cuda'"],
    "type": ["{x}, {t}", "{x}, 'torch.DoubleTensor'"],
    "new_empty": ["{x}, 0"],
    "new_zeros new_ones": ["{x}, 2", "{x}, (2, 3)", "{x}, 2, dtype={t}"],
    "new_full": ["{x}, (2,), {s}", "{x}, (2,), {s}, dtype={t}"],
    "new_tensor": ["{x}, [1, 2]", "{x}, 2.5, dtype={t}"],
    "where": ["{x:2,3}, {b:2,3}, {g:2,3}", "{x:3}, {b:3}, {s}"],
    "copy_": ["{x}, {y}", "{x:2,3}, {y:3}", "{x:2,3}, {s}", "{x:3}, {x:2,3}"],
    "fill_": ["{x}, {s}", "{x}, {x:}", "{x}, {x:3}"],
    "uniform_ normal_ random_ bernoulli_ exponential_ geometric_ log_normal_ cauchy_": ["{f}", "{f:20}", "{i}"],
    "uniform_ normal_": ["{f:3}, -1, 2", "{f:20}, 1, 3", "{f:3}, generator=torch.Generator().manual_seed(4)"],
    "random_": ["{x}, 5", "{x}, 2, 9", "{f}, generator=torch.Generator().manual_seed(4)"],
    "bernoulli_": ["{x}, 0.3", "{f:3}, {u:3}"],
    "index_put_": ["{x:3,3}, ({l:2,3},), {g:3}", "{f:3,3}, ({l:2,3}, {l:2,3}), {g:2}, accumulate={k}"],
    "unsqueeze_": ["{x}, {d}"],
    "transpose_ swapaxes_ swapdims_": ["{x}, {d}, {d}"],
    "fill_diagonal_": ["{x:3,3}, {s}", "{x:2,4}, {s}"],
    "resize_": ["{x:2,3}, 3, 2", "{x:2,3}, (2, 2)"],
    "requires_grad_": ["{x}", "{f}, {k}"],
    "apply_": ["{f:3}, lambda v: v + 1"],
    "map_": ["{f:3}, {g:3}, lambda a, b: a + b"],
    "sum_to_size": ["{f:2,3}, 1, 3", "{f:2,3}, (3,)"],
    "is_conj is_inference is_neg is_pinned is_shared is_signed pin_memory": ["{x}"],
    "__getitem__": ["{x:2,3}, {n}", "{x:2,3,4}, (slice(None), 1)", "{x:3,3}, {l:2,3}", "{x:3,3}, {b:3,3}", "{x:3,3}, (None, Ellipsis, 0)", "{x:4}, slice(None, None, 2)", "{x:3,3}, ({l:2,3}, {l:2,3})", "{x:3,3}, [0, 2]", "{x:2,3,4}, (0, {l:2,3}, slice(1, 3))", "{x:2,3,4}, ({l:2,2}, slice(None), {l:2,3})", "{x}, {n}", "{x:3}, -4",
                    "{x:3}, 1.5", "{x:3}, [True, False, True]", "{x:2,3}, (slice(None), [2, 0])", "{x:3}, slice(None, None, -1)", "{x:}, ()", "{x:2,3}, (0, 0, 0)", "{x:2,3}, {b:2}"],
    "__setitem__": ["{x:2,3}, {n}, {s}", "{x:2,3,4}, (slice(None), 1), {g:4}", "{x:3,3}, {l:2,3}, {s}", "{x:3,3}, {b:3,3}, {s}", "{x:3,3}, (None, Ellipsis, 0), {g:3}", "{x:4}, slice(None, None, 2), {y:2}", "{x:3,3}, ({l:2,3}, {l:2,3}), {g:2}", "{x:3,3}, {b:3}, {g:3}", "{x:2,3}, (slice(None), [2, 0]), {y:2,2}", "{x}, Ellipsis, {s}", "{x:2,3}, 0, {x:4}", "{x:3,3}, {b:3,3}, {x:}"],
    "__add__ __sub__ __mul__ __truediv__ __floordiv__ __mod__ __pow__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __radd__ __rsub__ __rmul__ __rtruediv__ __rfloordiv__ __rmod__ __rpow__ __iadd__ __isub__ __imul__ __itruediv__ __ifloordiv__ __imod__ __ipow__": ["{x}, {s}", "{x}, {y}"],
    "__and__ __or__ __xor__ __iand__ __ior__ __ixor__ __rand__ __ror__ __rxor__": ["{b}, {g}", "{i}, {g}", "{i}, {n}", "{x}, {s}", "{x}, {y}"],
    "__lshift__ __rshift__": ["{i}, {n}"],
    "__matmul__": ["{f:2,3}, {g:3,2}", "{x}, {y}"],
    "__contains__": ["{x}, {s}"],
    "__reversed__": ["{x}"],
    "numpy": ["{x}"],
    "is_set_to": ["{x}, {y}"],
    "data_ptr": ["{x:0}"],
}

#: `torch.nn.functional`; a name alone stands for `{f}`.
FUNCTIONAL = {
    "relu relu6 leaky_relu elu selu celu silu mish hardtanh hardsigmoid hardswish gelu logsigmoid softplus softsign tanhshrink softshrink hardshrink sigmoid tanh rrelu": ["{f}", "{x}"],
    "relu elu leaky_relu hardtanh silu": ["{f}, inplace=True"],
    "relu_ leaky_relu_ elu_": ["{f} * 1"],
    "leaky_relu elu celu": ["{f}, {s}"],
    "softshrink hardshrink": ["{f}, 0.7"],
    "hardtanh": ["{f}, -2.0, 0.5"],
    "softplus": ["{f}, 2", "{f}, beta=3, threshold=1"],
    "gelu": ["{f}, approximate='tanh'"],
    "threshold": ["{f}, 0.5, 2.0"],
    "glu": ["{f:2,4}", "{f:4,3}, 0", "{f:2,3}"],
    "prelu": ["{f:2,3}, {g:3}", "{f:2,3}, {g:1}"],
    "softmax log_softmax softmin": ["{f}, {d}", "{f}, dim={d}, dtype=torch.float64", "{i}, 0"],
    "gumbel_softmax": ["{f:2,3}", "{f:2,3}, tau=0.5, hard=True"],
    "linear": ["{f:2,3}, {g:4,3}", "{f:2,3}, {g:4,3}, {g:4}", "{f:3}, {g:4,3}, {g:4}", "{f:2,3,3}, {g:4,3}, {g:4}", "{f:2,3}, {g:4,2}", "{f:2,3}, {y:4,3}"],
    "bilinear": ["{f:2,3}, {g:2,4}, {g:2,3,4}", "{f:2,3}, {g:2,4}, {g:2,3,4}, {g:2}"],
    "embedding": ["{l:2,2,5}, {f:5,3}", "{l:3,5}, {f:5,3}, padding_idx=1", "{l:3,9}, {f:5,3}", "{f:2}, {f:5,3}", "{l:3,5}, {f:5,3}, max_norm=1.0", "{l:3,5}, {f:5,3}, padding_idx=-1"],
    "embedding_bag": ["{l:2,2,5}, {f:5,3}", "{l:2,2,5}, {f:5,3}, mode='sum'", "{l:2,2,5}, {f:5,3}, mode='max'"],
    "one_hot": ["{l:3,4}", "{l:2,2,4}, 5", "{l:3,4}, 2", "{f:2}"],
    "layer_norm": ["{f:2,3}, (3,)", "{f:2,3}, (3,), {g:3}, {g:3}", "{f:2,3}, (2, 3)", "{f:2,3}, (2,)", "{f:2,3}, [3], eps=0.1"],
    "group_norm": ["{f:2,4,3}, 2", "{f:2,4}, 2, {g:4}, {g:4}", "{f:2,4,3}, 3"],
    "instance_norm": ["{f:2,3,4}", "{f:2,3,4}, weight={g:3}, bias={g:3}"],
    "batch_norm": ["{f:4,3}, {g:3}, {g:3}.abs() + 1", "{f:4,3}, {g:3}, {g:3}.abs() + 1, training=True", "{f:2,3,4}, None, None, {g:3}, {g:3}, True", "{f:1,3}, None, None, training=True"],
    "local_response_norm": ["{f:2,4,3}, 2"],
    "normalize": ["{f:2,3}", "{f:2,3}, dim=0", "{f}, p=1.0, dim={d}"],
    "cosine_similarity": ["{f:2,3}, {g:2,3}", "{f:2,3}, {g:3}, dim=-1", "{f}, {g}, {d}"],
    "pairwise_distance": ["{f:2,3}, {g:2,3}", "{f:2,3}, {g:2,3}, p=1.0, keepdim={k}"],
    "pdist": ["{f:4,3}"],
    "conv1d": ["{f:2,3,8}, {g:4,3,3}", "{f:2,3,8}, {g:4,3,3}, {g:4}, stride=2, padding=1", "{f:3,8}, {g:4,3,3}", "{f:2,3,8}, {g:4,3,3}, padding='same'", "{f:2,4,8}, {g:4,2,3}, groups=2, dilation=2", "{f:2,3,8}, {g:4,2,3}", "{f:2,3,2}, {g:4,3,3}"],
    "conv2d": ["{f:1,2,6,6}, {g:3,2,3,3}", "{f:1,2,6,6}, {g:3,2,3,3}, {g:3}, stride=2, padding=(1, 2)", "{f:2,6,6}, {g:3,2,3,3}", "{f:1,2,5,5}, {g:2,1,3,3}, groups=2", "{f:1,2,6,6}, {g:3,2,3,2}, padding='same'", "{f:1,3,6,6}, {g:3,2,3,3}", "{f:1,2,6,6}, {g:3,2,3,3}, dilation=2"],
    "conv3d": ["{f:1,2,4,4,4}, {g:2,2,2,2,2}", "{f:1,2,4,4,4}, {g:2,2,2,2,2}, {g:2}, stride=2, padding=1"],
    "conv_transpose1d": ["{f:2,3,5}, {g:3,2,3}", "{f:2,3,5}, {g:3,2,3}, {g:2}, stride=2, padding=1, output_padding=1"],
    "conv_transpose2d": ["{f:1,3,4,4}, {g:3,2,3,3}", "{f:1,3,4,4}, {g:3,2,2,2}, {g:2}, stride=2", "{f:1,4,3,3}, {g:4,1,3,3}, groups=2, dilation=2"],
    "max_pool1d": ["{f:2,3,8}, 2", "{f:2,3,8}, 3, stride=2, padding=1", "{f:2,3,7}, 2, ceil_mode=True", "{f:2,3,8}, 2, return_indices=True"],
    "max_pool2d": ["{f:1,2,6,6}, 2", "{f:1,2,6,6}, 3, 2, 1", "{f:2,6,6}, (2, 3)", "{f:1,1,7,7}, 2, ceil_mode=True", "{f:1,2,6,6}, 2, return_indices=True", "{f:1,2,7,7}, 2, dilation=2"],
    "max_unpool2d": ["*F.max_pool2d({f:1,2,4,4}, 2, return_indices=True), 2"],
    "avg_pool1d": ["{f:2,3,8}, 2", "{f:2,3,8}, 3, 2, 1", "{f:2,3,8}, 3, 2, 1, count_include_pad=False", "{f:2,3,7}, 2, ceil_mode=True"],
    "avg_pool2d": ["{f:1,2,6,6}, 2", "{f:1,2,6,6}, 3, 2, 1", "{f:2,6,6}, (2, 3)", "{f:1,2,6,6}, 3, 2, 1, count_include_pad=False", "{f:1,1,7,7}, 2, ceil_mode=True", "{f:1,1,6,6}, 2, divisor_override=3"],
    "avg_pool3d max_pool3d": ["{f:1,2,4,4,4}, 2"],
    "lp_pool1d": ["{f:2,3,8}, 2, 2"],
    "lp_pool2d": ["{f:1,2,6,6}, 2, 2"],
    "adaptive_avg_pool1d adaptive_max_pool1d": ["{f:2,3,8}, 3", "{f:3,8}, 1"],
    "adaptive_avg_pool2d adaptive_max_pool2d": ["{f:1,2,6,6}, 3", "{f:1,2,6,5}, (2, 3)", "{f:2,6,6}, 1", "{f:1,2,6,6}, (None, 2)"],
    "pad": ["{x:2,3}, (1, 1)", "{f:2,3}, (1, 0, 0, 2), value=1.5", "{f:2,3}, (0, -1)", "{f:1,2,4}, (1, 2), mode='reflect'", "{f:1,2,4}, (1, 2), mode='replicate'", "{f:1,2,4}, (1, 2), mode='circular'", "{f:1,1,4,4}, (1, 1, 2, 2), 'reflect'", "{f:2,3}, (1,)", "{f:3}, (1, 1, 1, 1)"],
    "unfold": ["{f:1,2,4,4}, 2", "{f:1,2,4,4}, (2, 3), stride=2, padding=1"],
    "fold": ["{f:1,8,9}, (4, 4), 2", "{f:1,8,4}, (4, 4), 2, stride=2"],
    "interpolate": ["{f:1,1,3,3}, scale_factor=2", "{f:1,2,3,3}, size=(4, 5)", "{f:1,1,3,3}, scale_factor=2, mode='bilinear'", "{f:1,1,3,3}, size=5, mode='bilinear', align_corners=True", "{f:1,2,4}, scale_factor=2, mode='linear'", "{f:1,1,4,4}, size=2", "{f:1,1,3,3}, size=5, mode='bicubic'", "{f:1,1,4,4}, size=2, mode='area'", "{f:1,1,3,3}, scale_factor=(2.0, 1.5)"],
    "pixel_shuffle": ["{f:1,4,2,2}, 2"],
    "pixel_unshuffle": ["{f:1,1,4,4}, 2"],
    "channel_shuffle": ["{f:1,4,2,2}, 2"],
    "grid_sample": ["{f:1,1,3,3}, {f:1,2,2,2}.clamp(-1, 1), align_corners=False"],
    "affine_grid": ["{f:1,2,3}, (1, 1, 2, 2), align_corners=False"],
    "dropout dropout1d dropout2d alpha_dropout": ["{f:2,3,4}", "{f:2,3,4}, 0.3", "{f:2,3,4}, 0.3, training=False", "{f:2,3,4}, 1.5"],
    "dropout": ["{f}, 0.0", "{f}, 1.0", "{f:2,3}, inplace=True"],
    "mse_loss l1_loss smooth_l1_loss huber_loss": ["{f:2,3}, {g:2,3}", "{f:2,3}, {g:2,3}, reduction='sum'", "{f:2,3}, {g:2,3}, reduction='none'", "{f:2,3}, {g:3}", "{f:2,3}, {y:2,3}", "{f:2,3}, {g:2,3}, reduction='bad'"],
    "smooth_l1_loss": ["{f:2,3}, {g:2,3}, beta=0.5", "{f:2,3}, {g:2,3}, beta=0.0"],
    "huber_loss": ["{f:2,3}, {g:2,3}, delta=0.5"],
    "kl_div": ["{f:2,3}, {u:2,3}", "{f:2,3}, {u:2,3}, reduction='batchmean'", "{f:2,3}, {g:2,3}, log_target=True, reduction='sum'", "{f:2,3}, {u:2,3}, reduction='none'"],
    "cross_entropy": ["{f:4,3}, {l:4,3}", "{f:4,3}, {l:4,3}, {p:3}.float()", "{f:4,3}, {l:4,3}, label_smoothing=0.1", "{f:4,3}, {l:4,3}, reduction='none'", "{f:4,3}, {l:4,3}, reduction='sum', ignore_index=1", "{f:4,3}, {g:4,3}.softmax(1)", "{f:4,3}, {l:4,5}", "{f:4,3}, {l:3,3}", "{f:2,3,4}, {l:2,4,3}", "{f:3}, {l:,3}",
                      "{f:4,3}, {l:4,1,3}", "{f:4,3}, {f:4}"],
    "nll_loss": ["{f:4,3}, {l:4,3}", "{f:4,3}, {l:4,3}, reduction='none'", "{f:2,3,4}, {l:2,4,3}", "{f:4,3}, {l:4,5}"],
    "binary_cross_entropy": ["{u:4}, {b:4}.float()", "{u:2,3}, {u:2,3}, reduction='none'", "{u:2,3}, {u:3}", "{f:3}, {u:3}", "{u:4}, {u:4}, {u:4}"],
    "binary_cross_entropy_with_logits": ["{f:4}, {u:4}", "{f:2,3}, {u:2,3}, reduction='none'", "{f:2,3}, {u:3}", "{f:2,3}, {u:2,3}, pos_weight={p:3}", "{f:4}, {u:4}, {u:4}"],
    "cosine_embedding_loss": ["{f:2,3}, {g:2,3}, torch.tensor([1, -1])", "{f:2,3}, {g:2,3}, torch.tensor([1, -1]), margin=0.2, reduction='sum'"],
    "margin_ranking_loss": ["{f:3}, {g:3}, torch.tensor([1, -1, 1])", "{f:3}, {g:3}, torch.tensor([1, -1, 1]), margin=0.5"],
    "hinge_embedding_loss": ["{f:3}, torch.tensor([1, -1, 1])"],
    "triplet_margin_loss": ["{f:2,3}, {g:2,3}, {g:2,3}", "{f:2,3}, {g:2,3}, {g:2,3}, margin=2.0, p=1", "{f:2,3}, {g:2,3}, {g:2,3}, swap=True"],
    "poisson_nll_loss": ["{f:3}, {p:3}", "{p:3}, {p:3}, log_input=False", "{f:3}, {p:3}, full=True"],
    "gaussian_nll_loss": ["{f:3}, {g:3}, {p:3}", "{f:3}, {g:3}, {p:3}, full=True"],
    "multi_margin_loss": ["{f:4,3}, {l:4,3}"],
    "multilabel_margin_loss": ["{f:2,3}, torch.tensor([[1, -1, 0], [2, 0, -1]])"],
    "multilabel_soft_margin_loss soft_margin_loss": ["{f:2,3}, torch.tensor([[1., 0., 1.], [1., 1., 0.]])"],
    "ctc_loss": ["{f:6,2,4}.log_softmax(2), torch.tensor([[1, 2], [3, 1]]), torch.tensor([6, 6]), torch.tensor([2, 2])"],
}

#: `torch.linalg`, `torch.special`, `torch.fft`.
OTHERS = {
    "linalg": {
        "norm": ["{f}", "{f:3,3}", "{f:3}, 1", "{f:2,3}, dim=1", "{f:2,3}, float('inf'), 1", "{f:3,3}, 'nuc'", "{f:3,3}, 2", "{f:3,3}, 1", "{f:3,3}, 'fro', keepdim=True"],
        "vector_norm": ["{f}", "{f}, {n}", "{f}, 3, dim={d}", "{f:2,3}, 1, keepdim={k}"],
        "matrix_norm": ["{f:2,3}", "{f:4,2,3}", "{f:3,3}, 1", "{f:3,3}, float('inf')"],
        "inv det slogdet matrix_exp pinv svdvals eigvals cond matrix_rank": ["{f:3,3}", "{f:2,3,3}", "{f:2,3}"],
        "cholesky eigvalsh": ["{f:3,3} @ {g:3,3}.mT + 3 * torch.eye(3, dtype=a0.dtype)"],
        "solve": ["{f:3,3}, {g:3,2}", "{f:3,3}, {g:3}", "{f:2,3,3}, {g:2,3,1}", "{f:2,3}, {g:3}"],
        "solve_triangular": ["{f:3,3}.tril() + 3 * torch.eye(3, dtype=a0.dtype), {g:3,2}, upper=False"],
        "lstsq": ["{f:4,2}, {g:4,1}"],
        "qr": ["{f:3,3}", "{f:4,2}"],
        "svd": ["{f:3,3} * 0 + torch.eye(3, dtype=a0.dtype)"],
        "eigh": ["{f:3,3} * 0 + 3 * torch.eye(3, dtype=a0.dtype)"],
        "matrix_power": ["{f:3,3}, {n}", "{f:3,3}, -2"],
        "multi_dot": ["[{f:2,3}, {g:3,4}, {g:4,2}]"],
        "cross vecdot": ["{f:2,3}, {g:2,3}"],
        "diagonal": ["{f:3,3}"],
        "tensorinv": ["{f:4,2,2}"],
        "vander": ["{f:3}"],
        "matmul": ["{f:2,3}, {g:3,2}"],
    },
    "special": {
        "expit exp2 expm1 log1p erf erfc sinc digamma gammaln psi": ["{f}"],
        "erfinv logit": ["{u}"],
        "entr": ["{p}"],
        "softmax log_softmax logsumexp": ["{f}, {d}"],
        "xlogy xlog1py": ["{p}, {g}"],
        "round": ["{f}"],
    },
    "fft": {
        "fft ifft": ["{f:4}", "{f:2,5}"],
        "rfft": ["{f:4}"],
        "fftfreq rfftfreq": ["5", "6, 0.5"],
        "fftshift ifftshift": ["{f:4}", "{f:2,5}"],
    },
}

#: Modules: how they are made, and what they are called with.
MODULES = {
    "Linear(3, 4)": "{f:2,3}", "Linear(3, 4, bias=False)": "{f:3}", "Linear(3, 2, dtype=torch.float64)": "{f:2,3}.double()", "Bilinear(3, 4, 2)": "{f:2,3}, {g:2,4}", "Identity()": "{x}", "Embedding(5, 2)": "{l:2,2,5}", "Embedding(5, 2, padding_idx=0)": "{l:3,5}", "EmbeddingBag(5, 2)": "{l:2,2,5}",
    "LayerNorm(3)": "{f:2,3}", "LayerNorm((2, 3), elementwise_affine=False)": "{f:2,3}", "GroupNorm(2, 4)": "{f:2,4,3}", "BatchNorm1d(3)": "{f:4,3}", "BatchNorm1d(3, affine=False)": "{f:2,3,4}", "BatchNorm2d(2)": "{f:2,2,3,3}", "BatchNorm3d(2)": "{f:2,2,2,2,2}", "BatchNorm2d(2, track_running_stats=False, momentum=None)": "{f:2,2,3,3}",
    "InstanceNorm1d(3)": "{f:2,3,4}", "InstanceNorm2d(2, affine=True)": "{f:2,2,3,3}", "LocalResponseNorm(2)": "{f:2,4,3}", "Conv1d(2, 3, 3)": "{f:2,2,6}", "Conv2d(1, 2, 3, padding=1)": "{f:1,1,4,4}", "Conv2d(2, 4, (2, 3), stride=2, groups=2, bias=False)": "{f:1,2,6,6}", "Conv2d(1, 1, 3, padding='same', padding_mode='circular')": "{f:1,1,4,4}",
    "Conv1d(2, 3, 3, padding=1, padding_mode='reflect')": "{f:2,2,6}", "Conv3d(1, 2, 2)": "{f:1,1,3,3,3}", "ConvTranspose1d(2, 1, 3)": "{f:1,2,4}", "ConvTranspose2d(2, 1, 2, stride=2)": "{f:1,2,3,3}", "ConvTranspose2d(2, 1, 3, stride=2, padding=1, output_padding=1)": "{f:1,2,3,3}",
    "MaxPool1d(2)": "{f:1,2,4}", "MaxPool2d(2)": "{f:1,1,4,4}", "MaxPool2d(3, stride=2, padding=1)": "{f:1,1,6,6}", "MaxPool2d(2, return_indices=True)": "{f:1,1,4,4}", "MaxPool2d(2, ceil_mode=True)": "{f:1,1,5,5}", "AvgPool1d(2)": "{f:1,2,4}", "AvgPool2d(2)": "{f:1,1,4,4}", "AvgPool2d(2, 1, 1)": "{f:1,1,4,4}", "AdaptiveAvgPool1d(2)": "{f:1,2,5}", "AdaptiveAvgPool2d(1)": "{f:1,2,3,3}", "AdaptiveAvgPool2d((2, None))": "{f:1,2,3,3}", "AdaptiveMaxPool1d(2)": "{f:1,2,5}", "AdaptiveMaxPool2d(2)": "{f:1,2,4,4}", "LPPool2d(2, 2)": "{f:1,1,4,4}",
    "Dropout(0.4)": "{f:3,3}", "Dropout1d(0.4)": "{f:2,3,3}", "Dropout2d(0.4)": "{f:1,2,3,3}", "AlphaDropout(0.4)": "{f:3,3}", "Flatten()": "{f:2,3,4}", "Flatten(0, 1)": "{f:2,3,4}", "Unflatten(1, (2, 2))": "{f:3,4}", "PixelShuffle(2)": "{f:1,4,2,2}", "PixelUnshuffle(2)": "{f:1,1,4,4}", "ChannelShuffle(2)": "{f:1,4,2,2}", "Upsample(scale_factor=2)": "{f:1,1,2,2}", "Upsample(size=3, mode='bilinear', align_corners=True)": "{f:1,1,2,2}", "UpsamplingNearest2d(scale_factor=2)": "{f:1,1,2,2}", "UpsamplingBilinear2d(scale_factor=2)": "{f:1,1,2,2}",
    "Unfold(2)": "{f:1,2,4,4}", "Fold((4, 4), 2)": "{f:1,8,9}", "CosineSimilarity()": "{f:2,3}, {g:2,3}", "PairwiseDistance()": "{f:2,3}, {g:2,3}", "ZeroPad2d(1)": "{f:1,1,2,2}", "ConstantPad1d(1, 2.0)": "{f:1,1,3}", "ConstantPad2d((1, 0, 0, 1), 2.0)": "{f:1,1,2,2}", "ReflectionPad1d(1)": "{f:1,1,3}", "ReflectionPad2d(1)": "{f:1,1,3,3}", "ReplicationPad1d(1)": "{f:1,1,3}", "ReplicationPad2d((1, 0, 1, 2))": "{f:1,1,3,3}",
    "LSTM(3, 2)": "{f:4,1,3}", "LSTM(3, 2, num_layers=2, bidirectional=True, batch_first=True)": "{f:2,4,3}", "LSTM(3, 4, proj_size=2)": "{f:4,1,3}", "GRU(3, 2, batch_first=True)": "{f:2,4,3}", "GRU(3, 2, 2, dropout=0.5)": "{f:4,1,3}", "RNN(3, 2, 2)": "{f:4,1,3}", "RNN(3, 2, nonlinearity='relu')": "{f:4,3}", "LSTMCell(3, 2)": "{f:2,3}", "GRUCell(3, 2)": "{f:2,3}", "RNNCell(3, 2)": "{f:2,3}",
    "MultiheadAttention(4, 2, batch_first=True)": "{f:2,3,4}, {g:2,3,4}, {g:2,3,4}", "MultiheadAttention(4, 2)": "{f:3,4}, {g:3,4}, {g:3,4}", "MultiheadAttention(4, 2, kdim=3, vdim=2)": "{f:3,1,4}, {g:5,1,3}, {g:5,1,2}", "MultiheadAttention(4, 2, bias=False, add_bias_kv=True)": "{f:3,1,4}, {g:3,1,4}, {g:3,1,4}",
    "TransformerEncoderLayer(4, 2, 8, batch_first=True)": "{f:2,3,4}", "TransformerEncoderLayer(4, 2, 8, dropout=0.0, activation='gelu', norm_first=True)": "{f:3,1,4}", "TransformerDecoderLayer(4, 2, 8, dropout=0.0)": "{f:3,1,4}, {g:5,1,4}", "TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0), 2)": "{f:3,1,4}", "TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 8, dropout=0.0), 1)": "{f:3,1,4}, {g:5,1,4}", "Transformer(4, 2, 1, 1, 8, 0.0)": "{f:3,1,4}, {g:5,1,4}",
    "Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1))": "{f:2,3}", "Sequential(nn.Sequential(nn.Linear(3, 3), nn.Tanh()), nn.Dropout(0.1))": "{f:2,3}", "ModuleList([nn.Linear(2, 3), nn.ReLU()])": None, "ModuleDict({'a': nn.Linear(2, 3), 'b': nn.Tanh()})": None, "ParameterList([nn.Parameter(torch.ones(2)), nn.Parameter(torch.zeros(2, 3))])": None, "ParameterDict({'w': nn.Parameter(torch.ones(2))})": None,
    "ReLU()": "{f}", "ReLU(inplace=True)": "{f}", "ReLU6()": "{f}", "LeakyReLU()": "{f}", "LeakyReLU(0.2, True)": "{f}", "ELU()": "{f}", "SELU()": "{f}", "CELU(2.0)": "{f}", "GELU()": "{f}", "GELU(approximate='tanh')": "{f}", "SiLU()": "{f}", "Mish()": "{f}", "Sigmoid()": "{f}", "Tanh()": "{f}", "LogSigmoid()": "{f}", "Softplus()": "{f}", "Softplus(2, 3)": "{f}", "Softsign()": "{f}", "Tanhshrink()": "{f}", "Softshrink()": "{f}", "Hardshrink(0.7)": "{f}", "Hardtanh()": "{f}", "Hardtanh(-2, 2)": "{f}", "Hardsigmoid()": "{f}", "Hardswish()": "{f}", "GLU()": "{f:2,4}", "GLU(0)": "{f:2,4}", "Softmax(dim=1)": "{f:2,3}", "Softmax(dim=-1)": "{f:2,3}", "LogSoftmax(dim=1)": "{f:2,3}", "Softmin(dim=1)": "{f:2,3}", "Softmax2d()": "{f:1,2,2,2}", "PReLU()": "{f:2,3}", "PReLU(3)": "{f:2,3}", "RReLU()": "{f:2,3}", "Threshold(0.1, 20)": "{f}",
    "MSELoss()": "{f:2,3}, {g:2,3}", "MSELoss(reduction='none')": "{f:2,3}, {g:2,3}", "L1Loss()": "{f:2,3}, {g:2,3}", "SmoothL1Loss(beta=0.5)": "{f:2,3}, {g:2,3}", "HuberLoss(delta=0.5)": "{f:2,3}, {g:2,3}", "CrossEntropyLoss()": "{f:4,3}, {l:4,3}", "CrossEntropyLoss(label_smoothing=0.1, reduction='sum')": "{f:4,3}, {l:4,3}", "CrossEntropyLoss(weight=torch.tensor([1., 2., 3.]), ignore_index=0)": "{f:4,3}.float(), {l:4,3}", "NLLLoss()": "{f:4,3}, {l:4,3}", "BCELoss()": "{u:4}, {u:4}", "BCEWithLogitsLoss()": "{f:4}, {u:4}", "BCEWithLogitsLoss(pos_weight=torch.tensor([2.]))": "{f:4}.float(), {u:4}.float()", "KLDivLoss(reduction='batchmean')": "{f:2,3}, {u:2,3}", "KLDivLoss(log_target=True)": "{f:2,3}, {g:2,3}", "CosineEmbeddingLoss()": "{f:2,3}, {g:2,3}, torch.tensor([1, -1])", "MarginRankingLoss(0.1)": "{f:3}, {g:3}, torch.tensor([1, -1, 1])", "HingeEmbeddingLoss()": "{f:3}, torch.tensor([1, -1, 1])", "TripletMarginLoss()": "{f:2,3}, {g:2,3}, {g:2,3}", "TripletMarginLoss(swap=True)": "{f:2,3}, {g:2,3}, {g:2,3}", "PoissonNLLLoss()": "{f:3}, {p:3}", "GaussianNLLLoss()": "{f:3}, {g:3}, {p:3}", "MultiMarginLoss()": "{f:4,3}, {l:4,3}", "SoftMarginLoss()": "{f:3}, torch.tensor([1., -1., 1.])", "MultiLabelSoftMarginLoss()": "{f:2,3}, torch.tensor([[1., 0., 1.], [1., 1., 0.]])", "TripletMarginWithDistanceLoss()": "{f:2,3}, {g:2,3}, {g:2,3}",
}

#: Optimizers and schedules, after a few steps of each.
OPTIMIZERS = [
    "SGD(p, lr=0.1)", "SGD(p, lr=0.1, momentum=0.9)", "SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1)", "SGD(p, lr=0.1, momentum=0.5, dampening=0.5)", "SGD(p, lr=0.1, maximize=True)", "Adam(p, lr=0.1)", "Adam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1)", "Adam(p, lr=0.1, amsgrad=True)", "Adam(p, maximize=True)", "AdamW(p, lr=0.1)", "AdamW(p, lr=0.1, weight_decay=0.3, amsgrad=True)",
    "RMSprop(p, lr=0.1)", "RMSprop(p, lr=0.1, alpha=0.9, momentum=0.9, centered=True, weight_decay=0.1)", "Adagrad(p, lr=0.1)", "Adagrad(p, lr=0.1, lr_decay=0.1, initial_accumulator_value=0.5)", "Adadelta(p)", "Adadelta(p, lr=0.5, rho=0.8, weight_decay=0.1)", "Adamax(p, lr=0.1)", "NAdam(p, lr=0.1)", "RAdam(p, lr=0.1)", "ASGD(p, lr=0.1)", "Rprop(p, lr=0.1)", "SGD(p, lr=-1)", "Adam(p, betas=(2, 0.9))", "SGD([], lr=0.1)", "SGD([{'params': p, 'lr': 0.5}], lr=0.1)", "LBFGS(p)",
]
SCHEDULES = [
    "StepLR(o, 2, 0.5)", "MultiStepLR(o, [1, 4])", "ExponentialLR(o, 0.9)", "LambdaLR(o, lambda e: 0.9 ** e)", "MultiplicativeLR(o, lambda e: 0.9)", "CosineAnnealingLR(o, 5)", "CosineAnnealingLR(o, 3, eta_min=0.01)", "LinearLR(o)", "LinearLR(o, 0.5, total_iters=3)", "ConstantLR(o, 0.5, 3)", "PolynomialLR(o, 4, 2.0)", "CosineAnnealingWarmRestarts(o, 2, 2)", "OneCycleLR(o, 1.0, total_steps=10)", "CyclicLR(o, 0.01, 0.1, step_size_up=2, cycle_momentum=False)", "SequentialLR(o, [S.ConstantLR(o, 0.1, 2), S.ExponentialLR(o, 0.9)], [2])", "ChainedScheduler([S.ConstantLR(o, 0.1, 2), S.ExponentialLR(o, 0.9)])", "ReduceLROnPlateau(o, patience=1)",
]
INITS = {
    "uniform_ normal_ ones_ zeros_ xavier_uniform_ xavier_normal_ kaiming_uniform_ kaiming_normal_ orthogonal_ trunc_normal_ eye_": ["{f:3,4}", "{f:3}"],
    "constant_": ["{f:3}, 2.5"], "dirac_": ["{f:3,3,3}"], "sparse_": ["{f:4,3}, 0.5"],
    "uniform_ normal_": ["{f:3,4}, -2, 3"], "xavier_uniform_ xavier_normal_": ["{f:3,4}, gain=2.0"], "kaiming_uniform_ kaiming_normal_": ["{f:3,4}, mode='fan_out', nonlinearity='relu'", "{f:3,4,2}, a=0.2"],
    "calculate_gain": ["'relu'", "'leaky_relu', 0.2", "'tanh'", "'none'"], "trunc_normal_": ["{f:3,4}, std=0.02"],
}


class Drawn:
    """One call with its placeholders filled in: its text over a0, a1, … and the text of each of them."""

    def __init__(self, r):
        self.r = r
        self.tensors = []
        self.first = None

    def fill(self, template):
        return re.sub(r"\{(\w)(?::([\d,]*))?\}", lambda m: self.one(m[1], m[2]), template)

    def one(self, kind, given):
        r = self.r
        if kind == "s":
            return r.choice(["2", "0", "-3", "1.5", "0.0", "-0.25", "True", "7"])
        if kind == "d":
            return r.choice(["0", "0", "1", "-1", "-1", "2", "-2", "-3", "3"])
        if kind == "n":
            return r.choice(["0", "1", "2", "2", "3", "4"])
        if kind == "k":
            return r.choice(["True", "False"])
        if kind == "t":
            return "torch." + r.choice(DTYPES)
        return self.tensor(kind, given)

    def tensor(self, kind, given):
        r = self.r
        if kind == "l":
            *sizes, high = given.split(",")
            return self.put(f"places(({''.join(s + ', ' for s in sizes if s)}), {high}, {r.randrange(99)})")
        shape, dtype = given, None
        if shape is None:
            shape = r.choice(SHAPES)
            if kind in "yg" and self.first is not None:
                shape = r.choice([self.first[0]] * 4 + ["", "1", r.choice(SHAPES)])
        if kind == "g" and self.first is not None:
            dtype = self.first[1]
        how = {"p": "positive", "u": "chances"}.get(kind, "make")
        if dtype is None:
            dtype = {"i": r.choice(WHOLE), "b": "bool"}.get(kind) or r.choice(FLOATS if kind in "fpug" else DTYPES)
        if kind in "pu" and self.first is not None:
            dtype = self.first[1] if self.first[1] in FLOATS else dtype
        if self.first is None and kind != "l":
            self.first = (shape, dtype)
        return self.put(f"{how}(({''.join(s + ', ' for s in shape.split(',') if s)}), '{dtype}', {r.randrange(999)})")

    def put(self, text):
        self.tensors.append(text)
        return f"a{len(self.tensors) - 1}"


def spread(table):
    """Names, each with all its templates."""
    found = {}
    for names, templates in table.items():
        for name in names.split():
            found.setdefault(name, []).extend(templates)
    return found


def sources(seed, rounds, exposed):
    """Calls of everything that is exposed: (what is called, its source); and what has no template."""
    r = random.Random(seed)
    made = []
    left = []

    def add(what, template, write):
        drawn = Drawn(r)
        body = write(drawn.fill(template))
        made.append((what, f"probe({body!r}, [{', '.join(drawn.tensors)}])" if what[-1] != "_" or what.endswith("__") else f"probe({body!r}, [{', '.join(drawn.tensors)}], True)"))

    def each(templates, count):
        picked = list(templates) * (count // len(templates)) + r.sample(templates, count % len(templates))
        return picked

    def table(where, names, templates, write, count=rounds):
        found = spread(templates)
        for name in names:
            if name not in found:
                left.append(f"{where}.{name}")
                continue
            for template in each(found[name], count):
                add(f"{where}.{name}", template, lambda text, name=name: write(name, text))

    def method(name, text):
        head, _, rest = text.partition(", ")
        attribute = name in ("T", "mT", "H", "mH", "shape", "dtype", "ndim", "device", "is_leaf", "requires_grad", "grad", "grad_fn", "is_cuda", "data", "layout", "is_sparse", "is_quantized", "retains_grad")
        return f"({head}).{name}" + ("" if attribute else f"({rest})")

    calls = {**{name: t for name, t in spread(FUNCTIONAL).items()}, **spread(CALLS)}
    table("torch", exposed["torch"], calls, lambda name, text: f"torch.{name}({text})")
    own = spread(METHODS)
    both = spread(CALLS)
    for name in exposed["Tensor"]:
        if name in own:
            both[name] = own[name] + [t for t in both.get(name, []) if t[0] == "{"]
        if name.endswith("_") and not name.endswith("__") and name[:-1] in both and name not in both:
            both[name] = both[name[:-1]]
    first = {name: [t for t in templates if t.startswith("{")] for name, templates in both.items()}
    table("Tensor", exposed["Tensor"], {name: t for name, t in first.items() if t}, method)
    table("F", exposed["F"], FUNCTIONAL, lambda name, text: f"F.{name}({text})")
    for where, templates in OTHERS.items():
        table(where, exposed.get(where, []), templates, lambda name, text, where=where: f"torch.{where}.{name}({text})")
    table("init", exposed["init"], INITS, lambda name, text: f"nn.init.{name}({text})", 3)
    covered = set()
    for text, arguments in MODULES.items():
        name = text.partition("(")[0]
        if name not in exposed["nn"]:
            continue
        covered.add(name)
        what = f"nn.{name}"
        made.append((what, f"repr(nn.{text})"))
        made.append((what, f"learned('nn.{text}')" if '"' in text else f'learned("nn.{text}")'))
        if arguments is not None:
            for evaluated in (False, True):
                drawn = Drawn(r)
                body = drawn.fill(arguments)
                made.append((what, f'called("nn.{text}", "{body}", [{", ".join(drawn.tensors)}], {evaluated})'))
    left += [f"nn.{name}" for name in exposed["nn"] if name not in covered]
    optimizers = {text.partition("(")[0] for text in OPTIMIZERS}
    schedules = {text.partition("(")[0] for text in SCHEDULES}
    made += [(f"optim.{text.partition('(')[0]}", f'stepped("{text}")') for text in OPTIMIZERS if text.partition("(")[0] in exposed["optim"]]
    made += [(f"sched.{text.partition('(')[0]}", f'scheduled("{text}")') for text in SCHEDULES if text.partition("(")[0] in exposed["sched"]]
    left += [f"optim.{name}" for name in exposed["optim"] if name not in optimizers]
    left += [f"sched.{name}" for name in exposed["sched"] if name not in schedules]
    return made, left
