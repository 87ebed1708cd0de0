"""Random calls of numpy: sources, and how a result is shown. Run by CPython and by ours alike.

    numpy_cases.py make SEED COUNT    prints one source a line
    numpy_cases.py show FILE          prints for each line of FILE what it gives
"""
import json
import sys

import numpy as np

SHAPES = ["()", "(1,)", "(3,)", "(4,)", "(7,)", "(2, 3)", "(3, 3)", "(1, 3)", "(3, 1)", "(2, 3, 4)", "(2, 1, 4)", "(0,)", "(2, 0)"]
FULL = ["(1,)", "(3,)", "(4,)", "(9,)", "(2, 3)", "(3, 3)", "(4, 2)", "(2, 3, 4)"]
FLOATS = ["float64", "float32", "float16"]
WHOLE = ["int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64"]
COMMON = ["float64", "float64", "float32", "int64", "int64", "int32", "bool", "uint8"]
DTYPES = FLOATS + WHOLE + ["bool", "complex128"]


def make(shape, dtype, seed):
    state = np.random.RandomState(seed)
    if dtype == "bool":
        return state.random_sample(shape) > 0.5
    if dtype.startswith("complex"):
        return np.array(np.round(state.normal(size=shape), 3) + 1j * np.round(state.normal(size=shape), 3)).astype(dtype)
    if dtype.startswith("float"):
        return np.array(np.round(state.normal(size=shape) * 3, 3)).astype(dtype)
    return np.array(state.randint(0 if dtype.startswith("u") else -6, 9, size=shape)).astype(dtype)


def positive(shape, dtype, seed):
    return (np.abs(make(shape, dtype, seed)) + np.array(1, dtype)).astype(dtype)


def view(shape, dtype, seed, kind):
    x = make(shape, dtype, seed)
    if kind == "T":
        return x.T
    if kind == "-":
        return x[::-1] if x.ndim else x
    if kind == "2":
        return x[..., ::2] if x.ndim else x
    if kind == "F":
        return np.asfortranarray(x)
    return x


def special(shape, seed):
    x = make(shape, "float64", seed)
    flat = x.reshape(-1)
    for i, one in enumerate([np.nan, np.inf, -np.inf, 0.0, -0.0]):
        if i * 2 < flat.size:
            flat[(i * 2 + seed) % flat.size] = one
    return x


def spread(shape, seed, low, high):
    state = np.random.RandomState(seed)
    return np.array(state.normal(size=shape) * 10.0 ** state.randint(low, high, size=shape))


def number(value):
    if isinstance(value, complex):
        return [repr(value.real), repr(value.imag)]
    return repr(value)


def plain(value):
    if isinstance(value, np.ndarray):
        return {"array": value.dtype.name, "shape": list(value.shape), "values": [number(v) for v in value.reshape(-1).tolist()],
                "order": [value.flags.c_contiguous, value.flags.f_contiguous], "text": repr(value), "str": str(value)}
    if isinstance(value, np.generic):
        return {"scalar": value.dtype.name, "values": [number(value.item())], "text": repr(value), "str": str(value)}
    if isinstance(value, np.dtype):
        return {"dtype": repr(value)}
    if isinstance(value, (list, tuple)):
        return {"list": type(value).__name__, "items": [plain(v) for v in value]}
    if isinstance(value, (float, complex)):
        return {"python": type(value).__name__, "values": [number(value)]}
    if isinstance(value, (int, bool, str)) or value is None:
        return {"plain": repr(value)}
    return {"plain": str(value)[:200] if isinstance(value, type) else type(value).__name__}


def after(x, change):
    """What an array is after a statement on `x`."""
    space = {"np": np, "x": x, "make": make, "positive": positive}
    exec(change, space)
    return space["x"]


def shown(source):
    try:
        with np.errstate(all="ignore"):
            return plain(eval(source))
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}


UNARY = ["absolute", "fabs", "negative", "positive", "sign", "square", "reciprocal", "conjugate", "invert", "logical_not", "sqrt", "cbrt", "exp",
         "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "arcsinh",
         "arccosh", "arctanh", "degrees", "radians", "rint", "floor", "ceil", "trunc", "spacing", "isnan", "isinf", "isfinite", "signbit", "fix",
         "isposinf", "isneginf", "nan_to_num", "sinc", "angle", "real", "imag", "iscomplex", "isreal", "iscomplexobj"]
BINARY = ["add", "subtract", "multiply", "divide", "floor_divide", "remainder", "fmod", "power", "float_power", "maximum", "minimum", "fmax", "fmin",
          "arctan2", "hypot", "logaddexp", "logaddexp2", "copysign", "nextafter", "heaviside", "equal", "not_equal", "less", "less_equal", "greater",
          "greater_equal", "logical_and", "logical_or", "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift",
          "gcd", "lcm", "isclose", "allclose", "array_equal", "array_equiv"]
SIGNS = ["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^", "<<", ">>", "@"]
FOLDS = ["sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin", "ptp", "median", "count_nonzero", "cumsum", "cumprod",
         "nansum", "nanprod", "nanmean", "nanstd", "nanvar", "nanmax", "nanmin", "nanmedian", "nancumsum", "nanargmax", "average", "sort", "argsort"]
METHODS = ["sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin", "ptp", "cumsum", "cumprod"]
NAMES = ["shape", "ndim", "size", "itemsize", "nbytes", "T", "dtype", "strides", "real", "imag"]
INDEXES = ["0", "-1", "1", "5", "None", "...", ":", "::2", "::-1", "1:", ":-1", "[0, 1]", "[1, 0, 1]", "[True, False, True]", "0, 0", "0, :", ":, 0",
           "..., 0", "None, 0", ":, None", "[0, 1], [1, 0]", "[0, 1], :", ":, [0, 1]", "[[0, 1], [1, 0]]", "x > 0", "x == x", "0, [0, 1]", "[0], 1:",
           "1.0", "'a'", "[0.5]", "..., ...", "[]", "[0, 1], ..., [1, 0]", "0, ..., [0, 1]", "np.array([1, 0])", "np.int64(1)", "True", "False",
           "slice(None, None, -2)", "(slice(1, None), 0)", "2:1", "[0, 9]", "[-1, -2]", "0, 0, 0", "1, ..., 1", "None, ..., None", "x.astype(bool)"]
VALUES = ["7", "2.5", "-1", "True", "[1]", "[1, 2]", "[1, 2, 3]", "np.arange(3)", "np.ones(2)", "np.arange(6).reshape(2, 3)", "1j", "np.float32(1.5)", "[[1], [2]]", "300", "np.nan"]


def sources(seed, count):
    import random

    r = random.Random(seed)
    pick = r.choice

    def array(shapes=SHAPES, dtypes=DTYPES, how="make"):
        if how == "make" and r.random() < 0.25:
            return f"view({pick(shapes)}, '{pick(dtypes)}', {r.randrange(1000)}, '{pick('T-2F')}')"
        return f"{how}({pick(shapes)}, '{pick(dtypes)}', {r.randrange(1000)})"

    def vector(dtypes=COMMON, sizes=("(3,)", "(4,)", "(7,)", "(9,)")):
        return array(sizes, dtypes)

    def operand():
        one = r.random()
        if one < 0.6:
            return array()
        return pick(["2", "-3", "2.5", "0", "True", "1j", "np.float32(1.5)", "np.int64(3)", "np.int8(-2)", "np.uint8(200)", "300", "-300", "[1, 2, 3]", "np.float64(0.1)", "2**40", "1e300", "70000"])

    def axis(none=True):
        return pick(["0", "-1", "1", "2", "None"] if none else ["0", "-1", "1", "2"])

    def matrix(n=None, how="make", dtypes=("float64", "float64", "float32", "int64")):
        n = n or pick([1, 2, 3, 4])
        return f"{how}(({n}, {n}), '{pick(dtypes)}', {r.randrange(1000)})"

    def fold():
        name = pick(FOLDS)
        x = array() if r.random() < 0.7 else f"special({pick(FULL)}, {r.randrange(100)})"
        words = []
        if r.random() < 0.6:
            words.append(f"axis={axis()}")
        if name in ("sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "nansum", "nanmean", "median") and r.random() < 0.3:
            words.append("keepdims=True")
        if name in ("sum", "prod", "mean", "cumsum") and r.random() < 0.2:
            words.append(f"dtype='{pick(DTYPES)}'")
        if name in ("std", "var") and r.random() < 0.3:
            words.append("ddof=1")
        if name in ("sum", "prod", "max") and r.random() < 0.1:
            words.append("initial=2")
        if r.random() < 0.06 and name in ("sum", "mean", "max", "any"):
            words.append("axis=(0, 1)" if not any(one.startswith("axis") for one in words) else "")
        words = [one for one in words if one]
        return f"np.{name}({', '.join([x] + words)})"

    makers = {
        "unary": lambda: f"np.{pick(UNARY)}({array() if r.random() < 0.7 else operand()})",
        "special": lambda: f"np.{pick(UNARY)}(special({pick(FULL)}, {r.randrange(100)}))",
        "binary": lambda: f"np.{pick(BINARY)}({operand()}, {operand()})",
        "sign": lambda: f"{operand()} {pick(SIGNS)} {array()}",
        "sign2": lambda: f"{array()} {pick(SIGNS)} {operand()}",
        "inplace": lambda: f"after({array()}, 'x {pick(['+=', '-=', '*=', '/=', '//=', '%=', '**=', '&=', '|=', '@='])} {operand()}')",
        "fold": fold,
        "method": lambda: f"{array()}.{pick(METHODS)}({pick(['', 'axis=' + axis(), axis()])})",
        "get": lambda: f"(lambda x: x[{pick(INDEXES)}])({array()})",
        "set": lambda: f"after({array()}, \"x[{pick(INDEXES)}] = {pick(VALUES)}\")",
        "aug": lambda: f"after({array(dtypes=COMMON)}, \"x[{pick(INDEXES)}] += {pick(VALUES)}\")",
        "attribute": lambda: f"{array()}.{pick(NAMES)}",
        "reduce": lambda: f"np.{pick(['add', 'multiply', 'maximum', 'minimum', 'logical_and', 'logical_or', 'subtract', 'bitwise_or', 'bitwise_and', 'logaddexp', 'hypot', 'power', 'fmax', 'divide'])}.{pick(['reduce', 'accumulate'])}({array()}{pick(['', ', axis=0', ', axis=-1', ', axis=1'])})",
        "outer": lambda: f"np.{pick(['add', 'multiply', 'subtract', 'less', 'maximum', 'divide', 'power'])}.outer({vector()}, {vector()})",
        "at": lambda: f"after({vector()}, 'np.{pick(['add', 'subtract', 'multiply', 'maximum'])}.at(x, {pick(['[0, 1, 0]', '1', '[0, 0]', 'x > 0', 'slice(0, 2)'])}, {pick(['1', '2.5', '[1, 2, 3]', '3'])})')",
        "reduceat": lambda: f"np.{pick(['add', 'maximum'])}.reduceat({array(['(7,)', '(9,)', '(4, 2)'])}, [0, 2, 1])",
        "ufunc": lambda: f"np.{pick(['add', 'multiply', 'subtract', 'divide', 'less', 'maximum', 'sqrt', 'exp'][:6])}({array(FULL)}, {operand()}, " + pick(['dtype=np.float32', 'dtype=float', 'where=[True, False, True]', "casting='safe'", 'out=np.zeros(3)', 'out=np.zeros((2, 3))', 'dtype=int', 'out=np.zeros(3, int)']) + ")",
        "cast": lambda: f"{array()}.astype('{pick(DTYPES)}')",
        "castspecial": lambda: f"special({pick(FULL)}, {r.randrange(100)}).astype('{pick(['float32', 'float16', 'bool', 'int64', 'int32', 'complex128'])}')",
        "reshape": lambda: (f"{array()}." + pick(['reshape(-1)', 'reshape(3, -1)', 'reshape((2, 3))', 'reshape(4)', 'reshape(-1, 1)', 'ravel()', 'flatten()', 'T', 'transpose()', 'squeeze()', 'swapaxes(0, 1)', 'transpose(1, 0)', 'reshape(3, 2, order=\"F\")', 'ravel(order=\"F\")', 'ravel(order=\"K\")', 'flatten(\"F\")', 'reshape(-1, -1)', 'squeeze(0)', 'copy()', 'copy(\"F\")', 'repeat(2)', 'repeat(2, axis=0)', 'repeat([1, 2, 3])', 'tolist()', 'item()', 'item(0)', 'nonzero()', 'diagonal()', 'trace()', 'take([0, 1])', 'round(1)', 'clip(0, 2)', 'conj()', 'fill(3)', 'argsort()', 'compress([True, False])', 'choose([1, 2, 3])', 'searchsorted(2)', 'dot(2)', 'view()', 'view(\"int64\")', 'view(\"uint8\")', 'tobytes().hex()'])),
        "shapes": lambda: f"np.{pick(['expand_dims({x}, {a})', 'moveaxis({x}, 0, {a})', 'swapaxes({x}, 0, {a})', 'rollaxis({x}, {a})', 'flip({x})', 'flip({x}, {a})', 'flipud({x})', 'fliplr({x})', 'roll({x}, 1)', 'roll({x}, 2, {a})', 'rot90({x})', 'tile({x}, 2)', 'tile({x}, (2, 2))', 'repeat({x}, 2, {a})', 'atleast_1d({x})', 'atleast_2d({x})', 'atleast_3d({x})', 'squeeze({x}, {a})', 'broadcast_to({x}, (2, 3))', 'broadcast_to({x}, (3, 3))', 'ravel({x})', 'resize({x}, (2, 2))', 'append({x}, 5)', 'delete({x}, 0, {a})', 'delete({x}, [0, 1])', 'insert({x}, 1, 5)', 'insert({x}, 0, 9, {a})', 'diag({x})', 'diagflat({x})', 'tril({x})', 'triu({x}, 1)', 'trace({x})', 'diagonal({x}, 1)', 'array_split({x}, 2)', 'split({x}, 3)', 'hsplit({x}, 1)', 'vsplit({x}, 1)', 'split({x}, [1, 2])', 'array_split({x}, 3, {a})', 'diff({x})', 'diff({x}, axis={a})', 'diff({x}, n=2)', 'cumsum({x}, {a})', 'gradient({x})', 'ediff1d({x})', 'trapz({x})', 'unwrap({x})'])}".replace("{x}", array()).replace("{a}", axis(False)),
        "join": lambda: f"np.{pick(['concatenate(({x}, {y}))', 'concatenate(({x}, {y}), axis=1)', 'concatenate(({x}, {y}), axis=None)', 'stack(({x}, {y}))', 'stack(({x}, {y}), axis=-1)', 'vstack(({x}, {y}))', 'hstack(({x}, {y}))', 'dstack(({x}, {y}))', 'column_stack(({x}, {y}))', 'append({x}, {y})', 'append({x}, {y}, axis=0)', 'block([{x}, {y}])', 'where({x}, {y}, 2)', 'where({x} > 0, {x}, {y})', 'broadcast_arrays({x}, {y})', 'meshgrid({x}, {y})', 'kron({x}, {y})', 'union1d({x}, {y})', 'intersect1d({x}, {y})', 'setdiff1d({x}, {y})', 'setxor1d({x}, {y})', 'isin({x}, {y})', 'in1d({x}, {y})', 'searchsorted(np.sort({x}, axis=None), {y})', 'convolve({x}, {y})', 'correlate({x}, {y})', 'copyto({x}, {y})', 'result_type({x}, {y})', 'choose([0, 1], [{x}, {y}])', 'select([{x} > 0, {y} > 0], [1, 2], 3)'])}".replace("{x}", array(dtypes=COMMON)).replace("{y}", array(dtypes=COMMON)),
        "product": lambda: f"np.{pick(['dot', 'matmul', 'inner', 'outer', 'vdot', 'tensordot', 'kron', 'cross'])}({array()}, {array()})",
        "einsum": lambda: pick([f"np.einsum('ij,jk->ik', {array(['(2, 3)', '(3, 3)', '(1, 3)'], COMMON)}, {array(['(3, 3)', '(3, 1)'], COMMON)})", f"np.einsum('{pick(['ii', 'ii->i', 'ij->ji', 'ij->', 'ij->j', 'i...->...', 'ij', 'ji', '...j->...', 'ijk->k', 'abc->cab'])}', {array(FULL)})", f"np.einsum('{pick(['i,i', 'i,j', 'i,j->ij', 'i,i->i', '...,...', 'i,j->ji', 'i,ij->j'])}', {vector()}, {vector()})", f"np.einsum('bij,bjk->bik', {array(['(2, 3, 4)'], COMMON)}, {array(['(2, 4, 2)'], COMMON)})", f"np.einsum('ij,jk,kl->il', {matrix(3)}, {matrix(3)}, {matrix(3)})"]),
        "linalg": lambda: (f"np.linalg." + pick(['det({m})', 'inv({m})', 'norm({v})', 'norm({m})', 'norm({m}, 1)', 'norm({v}, {o})', 'norm({m}, axis=0)', 'norm({m}, np.inf)', 'norm({m}, 2)', 'norm({m}, \"nuc\")', 'matrix_rank({m})', 'matrix_power({m}, 3)', 'matrix_power({m}, -1)', 'slogdet({m})', 'solve({m}, {b})', 'lstsq({t}, {w}, rcond=None)', 'pinv({m})', 'qr({m})', 'qr({t})', 'svd({t}, compute_uv=False)', 'eigvalsh({m})', 'cholesky({m} @ {m}.T + np.eye(3))', 'cond({m})', 'multi_dot([{m}, {m}, {m}])', 'det({v})', 'inv(make((2, 3), \"float64\", 1))', 'inv(np.zeros((2, 2)))', 'solve({m}, {v})', 'norm({v}, axis=1)', 'norm({m}, 3)', 'cholesky(-np.eye(2))', 'qr({t}, \"r\")', 'tensorsolve({m}, {b})'])).replace("{m}", matrix(3)).replace("{b}", f"make((3,), 'float64', {r.randrange(99)})").replace("{t}", f"make((4, 3), 'float64', {r.randrange(99)})").replace("{w}", f"make((4,), 'float64', {r.randrange(99)})").replace("{v}", vector()).replace("{o}", pick(["1", "2", "np.inf", "-np.inf", "0", "3", "0.5"])),
        "stats": lambda: (f"np." + pick(['percentile({x}, 30)', 'percentile({x}, [10, 50, 90], axis={a})', 'quantile({x}, 0.25)', 'quantile({x}, 0.4, method={q})', 'median({x}, axis={a})', 'histogram({x}, bins=4)', 'histogram({x}, bins=[-2, 0, 1, 3])', 'histogram({x}, bins=3, density=True)', 'bincount({n})', 'bincount({n}, minlength=10)', 'digitize({x}, [-1, 0, 2])', 'cov({x})', 'corrcoef({x})', 'average({x}, weights=np.abs({x}) + 1)', 'average({x}, axis=0)', 'nanpercentile({s}, 40)', 'nanmedian({s})', 'nanmean({s}, axis=0)', 'nanmax({s})', 'nanargmin({s})', 'histogram2d({v}, {v}, bins=2)', 'interp({x}, [-1, 0, 2], [3, 1, 4])', 'interp(0.5, [0, 1], [2, 3])', 'histogram_bin_edges({x}, 5)', 'histogram({x}, \"auto\")', 'ptp({x})'])).replace("{x}", array(FULL, COMMON)).replace("{a}", axis()).replace("{q}", repr(pick(["lower", "higher", "nearest", "midpoint", "hazen", "weibull", "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "median_unbiased", "interpolated_inverted_cdf", "no"]))).replace("{n}", f"np.abs({vector(['int64', 'uint8', 'float64'])})").replace("{s}", f"special({pick(FULL)}, {r.randrange(99)})").replace("{v}", f"make((5,), 'float64', {r.randrange(99)})"),
        "sorting": lambda: (f"np." + pick(['sort({x})', 'sort({x}, axis=0)', 'sort({x}, axis=None)', 'argsort({x})', 'argsort({x}, axis=0)', 'argsort({x}, kind=\"stable\")', 'unique({x})', 'unique({x}, return_counts=True)', 'unique({x}, return_index=True)', 'unique({x}, return_inverse=True)', 'unique({x}, axis=0)', 'lexsort(({v}, {v}))', 'searchsorted([-2, 0, 1, 4], {x})', 'searchsorted([0, 1, 1, 2], {x}, side=\"right\")', 'nonzero({x})', 'argwhere({x})', 'flatnonzero({x})', 'count_nonzero({x}, axis=0)', 'partition({v}, 1)[1]', 'argpartition({v}, 1).shape', 'extract({x} > 0, {x})', 'where({x} > 0)', 'argmax({x}, axis=0)', 'sort(special((7,), 3))', 'argsort(special((9,), 4))', 'sort({x}, kind=\"no\")', 'take({x}, [0, 1], axis=0)', 'take({x}, [9])', 'take({x}, [9], mode=\"wrap\")', 'take_along_axis({x}, np.argsort({x}, axis=-1), axis=-1)', 'compress([True, False, True], {x})', 'choose([0, 1, 0], [[1, 2, 3], [4, 5, 6]])', 'put({v}, [0], 1)', 'isin({x}, [1, 2])', 'argsort(make((40,), \"int64\", 3))'])).replace("{x}", array(FULL, COMMON)).replace("{v}", vector(sizes=("(4,)",))),
        "creation": lambda: (f"np." + pick(['arange({i})', 'arange({i}, {j})', 'arange({i}, {j}, {s})', 'linspace({i}, {j}, {c})', 'linspace({i}, {j}, {c}, endpoint=False)', 'linspace({i}, {j}, {c}, retstep=True)', 'logspace(0, {s}, {c})', 'geomspace(1, 100, {c})', 'eye({c})', 'eye({c}, 3, 1)', 'identity({c})', 'full({h}, {i})', 'zeros({h}, {d})', 'ones({h}, {d})', 'full({h}, {i}, {d})', 'zeros_like({x})', 'ones_like({x}, dtype=float)', 'full_like({x}, 2)', 'array({l})', 'array({l}, dtype={d})', 'array({l}, ndmin=2)', 'asarray({l})', 'tri({c})', 'tri({c}, 2, -1)', 'vander([1, 2, 3])', 'vander([1, 2, 3], 2, increasing=True)', 'fromfunction(lambda i, j: i + j, (2, 3))', 'indices((2, 2))', 'mgrid[0:2, 0:3]', 'ogrid[0:2, 0:3]', 'mgrid[0:1:3j]', 'r_[1:4, 0, 2.5]', 'c_[[1, 2], [3, 4]]', 'ix_([0, 1], [1, 2])', 'diag({v})', 'diag({v}, 1)', 'tril_indices(3)', 'triu_indices(3, 1)', 'unravel_index(5, (2, 3))', 'ravel_multi_index((1, 2), (2, 3))', 'fromiter(range(4), int)', 'frombuffer(b\"\\\\x01\\\\x02\\\\x03\\\\x04\", dtype={d})', 'copy({x})', 'ascontiguousarray({x})', 'asfortranarray({x})', 'meshgrid([1, 2], [3, 4, 5])', 'meshgrid([1, 2], [3, 4, 5], indexing=\"ij\", sparse=True)', 'float32({i})', 'int8({i})', 'float64({l})', 'bool_({i})', 'int64({x})', 'dtype({d})', 'promote_types({d}, {e})', 'can_cast({d}, {e})', 'result_type({d}, {e})', 'min_scalar_type({i})', 'issubdtype({d}, np.integer)', 'finfo({d}).eps', 'iinfo({d}).max', 'full({h}, {l})', 'hanning({c})', 'empty({h}).shape', 'zeros(-1)', 'diag_indices(3)', 'apply_along_axis(sum, 0, {x})', 'vectorize(lambda a, b: a + b)({v}, 2)', 'piecewise({v}, [{v} > 1], [1, 2])', 'pad({v}, 1)', 'pad({v}, (2, 1), mode={m})', 'pad({x}, 1, mode={m})', 'polyfit([0, 1, 2, 3], [1, 3, 2, 5], 2)', 'polyval([1, 2, 3], {v})', 'roots([1, -3, 2])', 'poly([1, 2])', 'polyadd([1, 2], [1, 2, 3])', 'polymul([1, 2], [1, 3])', 'polyder([1, 2, 3])', 'polyint([1, 2, 3])', 'trapz({v})', 'interp({v}, [0, 1], [0, 1])', 'fft.fft({v})', 'fft.ifft({v})', 'fft.rfft({v})', 'fft.irfft({v})', 'fft.fftfreq({c})', 'fft.fftshift({v})', 'fft.fft2({x})', 'clip({x}, 0, 2)', 'clip({x}, None, 1.5)', 'clip({x}, 1, None)', 'round({x}, 1)', 'around({x}, -1)', 'divmod({x}, 3)', 'modf({x})', 'ldexp({v}, 2)', 'frexp({v})', 'nan_to_num(special((5,), 1))', 'base_repr({c}, 2)', 'binary_repr({c}, 8)', 'array2string({x})', 'array_str({x})', 'format_float_positional(1.25, precision=1)', 'lcm.reduce([2, 3, 4])'])).replace("{i}", pick(["0", "1", "5", "-2", "2.5", "10", "300"])).replace("{j}", pick(["3", "7", "0", "1.5", "-1"])).replace("{s}", pick(["1", "2", "0.5", "-1", "3"])).replace("{c}", pick(["1", "2", "3", "5", "0"])).replace("{h}", pick(["3", "(2, 3)", "()", "(0, 2)"])).replace("{d}", repr(pick(DTYPES))).replace("{e}", repr(pick(DTYPES))).replace("{x}", array(FULL, COMMON)).replace("{v}", vector()).replace("{m}", repr(pick(["edge", "reflect", "symmetric", "wrap", "maximum", "mean", "linear_ramp", "median", "minimum"]))).replace("{l}", pick(["[1, 2, 3]", "[1, 2.5]", "[[1, 2], [3, 4]]", "[True, False]", "[1, True]", "[1 + 2j]", "[[1, 2], [3]]", "[]", "[[]]", "5", "2.5", "(1, 2)", "range(3)", "[np.float32(1), 2]", "[np.int8(1), np.int16(2)]", "[2**63]", "[2**62, 1.0]", "[[1, 2], 3]", "[np.arange(2), np.arange(2)]", "[-1, 2**63]", "'abc'", "['a']", "None", "[None]", "{}", "3 + 0j", "[1, [2]]", "[float('nan')]"])),
        "random": lambda: (f"np.random.RandomState({r.randrange(99)})." + pick(['rand(3)', 'randn(2, 2)', 'randint(10)', 'randint(3, 9, 5)', 'randint(0, 2**40, 3)', 'choice(5)', 'choice(6, 3)', 'choice(6, 3, replace=False)', 'choice([1, 2, 3], 2, p=[0.2, 0.3, 0.5])', 'permutation(6)', 'permutation(make((4, 2), \"int64\", 1))', 'normal(2, 3, 4)', 'uniform(-1, 1, 3)', 'exponential(2, 3)', 'poisson(4, 4)', 'poisson(40, 4)', 'binomial(10, 0.3, 4)', 'binomial(200, 0.4, 4)', 'gamma(2.5, size=3)', 'gamma(0.5, size=3)', 'beta(2, 3, 3)', 'beta(0.5, 0.5, 3)', 'geometric(0.1, 4)', 'geometric(0.5, 4)', 'standard_normal(3)', 'random_sample()', 'randint(0, 200, 5, dtype=\"uint8\")', 'randint(0, 2, 5, dtype=bool)', 'randint(0, 9, 5, dtype=\"int16\")', 'randint(-5, 5, (2, 2), dtype=\"int32\")', 'lognormal(0, 1, 3)', 'laplace(0, 1, 3)', 'logistic(0, 1, 3)', 'gumbel(0, 1, 3)', 'chisquare(3, 3)', 'multinomial(20, [0.2, 0.3, 0.5])', 'dirichlet([1, 2, 3])', 'standard_t(4, 3)', 'triangular(0, 1, 3, 3)', 'weibull(2, 3)', 'rayleigh(2, 3)', 'choice(3, 5, replace=False)', 'randint(5, 2)', 'normal(0, -1)', 'normal([0, 10], [1, 2])', 'randint([1, 5], [4, 9])', 'pareto(3, 2)', 'standard_cauchy(2)', 'bytes(5).hex()', 'choice(4, 2, replace=False, p=[0.1, 0.2, 0.3, 0.4])'])),
        "generator": lambda: (f"np.random.default_rng({r.randrange(99)})." + pick(['random(3)', 'random((2, 2))', 'integers(10)', 'integers(3, 9, 5)', 'integers(0, 2**40, 3)', 'choice(5)', 'choice(6, 3)', 'choice(6, 3, replace=False)', 'choice([1, 2, 3], 2, p=[0.2, 0.3, 0.5])', 'choice(make((4, 2), \"int64\", 1), 2)', 'permutation(6)', 'permutation(make((4, 2), \"int64\", 1))', 'permuted(make((4, 2), \"int64\", 1), axis=0)', 'normal(2, 3, 4)', 'uniform(-1, 1, 3)', 'exponential(2, 3)', 'poisson(4, 4)', 'poisson(40, 4)', 'binomial(10, 0.3, 4)', 'binomial(200, 0.4, 4)', 'gamma(2.5, size=3)', 'gamma(0.5, size=3)', 'beta(2, 3, 3)', 'geometric(0.1, 4)', 'geometric(0.5, 4)', 'standard_normal(3)', 'random()', 'integers(0, 200, 5, dtype=\"uint8\")', 'integers(0, 2, 5, dtype=bool)', 'integers(0, 9, 5, dtype=\"int16\")', 'integers(-5, 5, (2, 2), dtype=\"int32\")', 'integers(1, 6, 4, endpoint=True)', 'lognormal(0, 1, 3)', 'laplace(0, 1, 3)', 'logistic(0, 1, 3)', 'gumbel(0, 1, 3)', 'chisquare(3, 3)', 'multinomial(20, [0.2, 0.3, 0.5])', 'dirichlet([1, 2, 3])', 'standard_t(4, 3)', 'triangular(0, 1, 3, 3)', 'weibull(2, 3)', 'rayleigh(2, 3)', 'choice(3, 5, replace=False)', 'integers(5, 2)', 'normal(0, -1)', 'normal([0, 10], [1, 2])', 'integers([1, 5], [4, 9])', 'random(3, dtype=\"float32\")', 'standard_exponential(3)', 'choice(20000, 500, replace=False)[:4]', 'shuffle(np.arange(4))', 'pareto(3, 2)', 'standard_cauchy(2)', 'choice(4, 2, replace=False, p=[0.1, 0.2, 0.3, 0.4])'])),
        "print": lambda: pick([f"make({pick(['(40,)', '(1200,)', '(30, 50)', '(12, 13)', '(2, 3, 4)', '(2, 2, 2, 2)', '(5, 1)', '(1, 30)', '(7, 200)'])}, '{pick(DTYPES)}', {r.randrange(99)})", f"special({pick(['(9,)', '(4, 5)', '(3,)'])}, {r.randrange(99)})", f"spread({pick(['(6,)', '(3, 4)', '(2,)', '(1,)', '()', '(30,)'])}, {r.randrange(999)}, {pick(['-3, 3', '-8, 8', '-20, 20', '0, 1', '5, 12', '-2, 0', '6, 8'])})" + pick(['', '.astype("float32")', ' + 0j', '.round(2)', '.astype("float16")']), f"float(spread((), {r.randrange(999)}, -20, 20))", f"np.float32(spread((), {r.randrange(999)}, -20, 20))", f"f'{{spread((), {r.randrange(999)}, -5, 5):.3f}} {{np.float32({r.random()}):{pick(['.2f', '', '10.3e', 'g'])}}} {{np.int64({r.randrange(99)}):{pick(['d', '5', '04d', ''])}}}'", f"np.array2string(spread((6,), {r.randrange(99)}, -3, 3), " + pick(['precision=3', 'separator=\", \"', 'suppress_small=True', 'floatmode=\"fixed\"', 'max_line_width=30', 'formatter={\"float\": lambda v: \"%.1f\" % v}', 'sign=\"+\"', 'threshold=3', 'edgeitems=1, threshold=2', 'floatmode=\"unique\"', 'floatmode=\"maxprec_equal\"', 'sign=\" \"']) + ")"]),
        "scalar": lambda: f"{pick(['np.float64(2.5)', 'np.float32(1.1)', 'np.int64(7)', 'np.int8(100)', 'np.uint8(200)', 'np.bool_(True)', 'np.float16(0.1)', 'np.int64(2**62)', 'np.complex128(1 + 2j)', 'np.uint64(2**63)', 'np.int32(-5)'])} {pick(SIGNS[:18])} {pick(['2', '2.5', 'np.float32(3)', 'np.int8(3)', 'True', 'np.uint8(3)', 'np.bool_(False)', '1j', 'np.float64(0.5)', 'np.int64(-3)', '0', 'np.int32(4)', '-1'])}",
        "scalar2": lambda: (f"" + pick(['round(np.float64(2.567), 2)', 'round(np.float32(2.5))', 'abs(np.int8(-5))', 'int(np.float64(3.7))', 'float(np.float32(0.1))', '-np.uint8(3)', '~np.int16(5)', 'bool(np.float64(0))', 'np.float64(3).is_integer()', 'np.float32(3).item()', 'np.int64(5).astype(float)', 'np.float64(1).dtype', 'np.int32(3).shape', 'hash(np.int64(5)) == hash(5)', 'np.int64(5) in [5]', '[1, 2, 3][np.int64(1)]', 'list(range(np.int32(3)))', 'np.float64(1.5).as_integer_ratio()', 'str(np.float64(1e22))', 'repr(np.float32(1e-5))', 'np.float64(0.1) + 0.2', 'max(np.array([1, 3]))', 'sum(np.array([1.5, 2]))', 'isinstance(np.float64(1), float)', 'isinstance(np.int64(1), int)', 'isinstance(np.float32(1), np.floating)', 'type(np.arange(3)[0])', 'np.float64(3).max()', 'np.int64(3).sum()', 'np.float64(7).reshape(1)', 'np.bool_(True) + 1', 'np.True_', 'divmod(np.int64(7), 2)', 'pow(np.int64(2), 3)', '10 ** np.int64(2)', 'np.int64(2) ** -1', 'complex(np.complex64(1 + 2j))', '5 // np.float64(2)', 'np.float64(5) % -3', 'np.array(5) + 1', 'np.array(5)[()]', 'np.array([1, 2]) == None', 'np.float64(1) == None', 'len(np.array(3))', 'np.arange(3) == [0, 1, 2]', '2 in np.arange(3)', 'bool(np.arange(2))', 'float(np.arange(2))', 'int(np.array([3]))', 'np.arange(3).tolist()', 'np.zeros(3).dtype == float', 'np.dtype(float) == \"float64\"', 'np.int64(1) is np.int64', 'np.int', 'np.float64.__name__', 'np.sctypes', 'np.foo'])),
    }
    names = list(makers)
    weights = {"creation": 8, "shapes": 4, "join": 3, "stats": 3, "sorting": 3, "linalg": 3, "binary": 3, "fold": 3, "unary": 3, "random": 3, "generator": 3, "print": 3, "get": 3, "set": 2, "reshape": 3, "scalar2": 2}
    return [makers[name]() for name in r.choices(names, [weights.get(one, 1) for one in names], k=count)]


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    if sys.argv[1] == "make":
        print("\n".join(sources(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        for line in open(sys.argv[2]):
            print(json.dumps(shown(line.rstrip("\n"))))
