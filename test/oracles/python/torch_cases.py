"""Random calls of torch: sources, and how a result is shown. Run by CPython and by ours alike.

    torch_cases.py make SEED COUNT    prints one source a line
    torch_cases.py show FILE          prints for each line of FILE what it gives
"""
import json
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

SHAPES = ["()", "(1,)", "(3,)", "(4,)", "(2, 3)", "(3, 3)", "(1, 3)", "(3, 1)", "(2, 3, 4)", "(2, 1, 4)", "(0,)", "(2, 0)"]
FLOATS = ["float32", "float64"]
WHOLE = ["int64", "int32"]
DTYPES = FLOATS + WHOLE + ["bool"]


def make(shape, dtype, seed):
    torch.manual_seed(seed)
    if dtype == "bool":
        return torch.rand(shape) > 0.5
    if dtype.startswith("int"):
        return torch.randint(-4, 9, shape).to(getattr(torch, dtype))
    return (torch.randn(shape, dtype=torch.float64) * 2).to(getattr(torch, dtype))


def positive(shape, dtype, seed):
    return make(shape, dtype, seed).abs() + 0.1


def places(shape, high, seed):
    torch.manual_seed(seed)
    return torch.randint(0, high, shape)


def plain(value):
    if isinstance(value, torch.Tensor):
        return {"dtype": str(value.dtype), "shape": list(value.shape), "values": [plain(v) for v in value.detach().reshape(-1).tolist()],
                "grad": bool(value.requires_grad)}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, (int, bool, str)) or value is None:
        return value
    return repr(value)


def shown(source):
    try:
        return plain(eval(source))
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error).split("\n")[0]}


MAPS = ["exp", "log", "sqrt", "rsqrt", "reciprocal", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh",
        "atanh", "tanh", "sigmoid", "erf", "log1p", "log2", "log10", "exp2", "expm1", "neg", "abs", "sign", "floor", "ceil", "trunc",
        "frac", "square", "relu", "logical_not", "deg2rad", "rad2deg", "round", "isnan", "isinf", "isfinite", "signbit", "nan_to_num",
        "ravel", "flatten", "clone", "nonzero", "numel", "argwhere", "T", "mT"]
BINARY = ["add", "sub", "mul", "div", "floor_divide", "remainder", "fmod", "pow", "maximum", "minimum", "eq", "ne", "lt", "le", "gt",
          "ge", "logical_and", "logical_or", "logical_xor", "atan2", "fmax", "fmin", "hypot"]
SIGNS = ["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">="]
FOLDS = ["sum", "prod", "mean", "var", "std", "amax", "amin", "max", "min", "argmax", "argmin", "any", "all", "median", "nansum", "count_nonzero"]
ALONG = ["cumsum", "cumprod", "cummax", "cummin", "sort", "argsort", "softmax", "log_softmax", "logsumexp", "logcumsumexp", "diff",
         "unbind", "squeeze", "unsqueeze", "norm"]
ACTIVATIONS = ["relu", "relu6", "leaky_relu", "elu", "selu", "celu", "silu", "mish", "hardtanh", "hardsigmoid", "hardswish", "gelu",
               "logsigmoid", "softplus", "softsign", "tanhshrink", "softshrink", "hardshrink"]
PAIRS = ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy_with_logits", "kl_div"]


def sources(seed, count):
    import random

    r = random.Random(seed)
    pick = r.choice

    def tensor(shapes=SHAPES, dtypes=DTYPES, how="make"):
        return f"{how}({pick(shapes)}, '{pick(dtypes)}', {r.randrange(1000)})"

    def square(n, dtypes=FLOATS):
        return f"make(({n}, {n}), '{pick(dtypes)}', {r.randrange(1000)})"

    def dim():
        return pick(["0", "1", "-1", "2", "-2", "-3", "3"])

    def scalar():
        return pick(["2", "0", "-3", "1.5", "0.0", "-0.25", "True", "7"])

    def fold():
        name = pick(FOLDS)
        way = pick(["", f"{dim()}", f"dim={dim()}", f"{dim()}, keepdim=True"])
        if name == "count_nonzero":
            way = way.split(", keep")[0]
        return f"{tensor()}.{name}({way})"

    def index():
        part = lambda: pick(["0", "1", "-1", ":", "1:", ":-1", "::2", "None", "...", "5", "[0, 1]", "[True, False, True]",
                             f"places((2,), 2, {r.randrange(99)})", f"places((2, 2), 3, {r.randrange(99)})", f"make((3,), 'bool', {r.randrange(99)})"])
        return ", ".join(part() for _ in range(pick([1, 1, 2, 2, 3])))

    def shape_call():
        x = tensor(dtypes=["float32", "int64"])
        return x + "." + pick([
            f"reshape({pick(['-1', '2, -1', '3, 2', '-1, 4', '6', '1, -1, 1', '(4, 6)'])})", f"view({pick(['-1', '2, -1', '3, 2', '-1, 4', '6'])})",
            f"permute({pick(['1, 0', '0, 1', '2, 0, 1', '0', '-1, 0', '0, 0'])})", f"transpose({dim()}, {dim()})", f"expand({pick(['3, 3', '2, 3', '4, 2, 3', '-1, 3', '5', '2, 3, 4'])})",
            f"repeat({pick(['2', '2, 1', '1, 2, 3', '2, 2'])})", f"flip({dim()})", f"roll({pick(['1', '-1', '(1, 2), (0, 1)', '1, 0', '2, -1'])})", f"tile({pick(['(2,)', '(1, 2)', '(2, 1, 2)'])})",
            f"split({pick(['1', '2', '[1, 1]', '[1, 2]'])}, {dim()})", f"chunk({pick(['1', '2', '3'])}, {dim()})", f"narrow({dim()}, 0, {pick(['1', '2'])})", f"select({dim()}, {pick(['0', '1', '-1'])})",
            f"squeeze({dim()})", f"unsqueeze({dim()})", f"flatten({pick(['0', '1', '0, 1', '1, -1'])})", f"tril({pick(['', '1', '-1'])})", f"triu({pick(['', '1', '-1'])})", f"diagonal({pick(['', '1', '-1'])})",
            f"repeat_interleave({pick(['2', '3, 0', '2, dim=-1'])})", f"unfold({pick(['0, 2, 1', '-1, 2, 2', '-1, 3, 1'])})", f"movedim({pick(['0, 1', '0, -1', '-1, 0'])})", "t()", f"swapaxes({dim()}, {dim()})",
        ])

    def picking():
        x = tensor(["(3,)", "(2, 3)", "(3, 3)", "(2, 3, 4)"], ["float32", "float64", "int64"])
        i = f"places({pick(['(2,)', '(2, 2)', '(2, 3)', '(1, 2, 2)', '(3, 3)'])}, {pick(['2', '3'])}, {r.randrange(99)})"
        return pick([
            f"{x}.gather({dim()}, {i})", f"{x}.index_select({dim()}, places((2,), 2, {r.randrange(99)}))", f"{x}.take(places((2, 2), 3, 1))", f"{x}.topk({pick(['1', '2', '4'])}, {dim()}, {pick(['True', 'False'])})[0]",
            f"{x}.sort({dim()}, {pick(['True', 'False'])})[0]", f"torch.where({x} > 0, {x}, {scalar()})", f"{x}.scatter_add({dim()}, {i}, torch.ones_like({i}).to({x}.dtype))", f"{x}.scatter({dim()}, {i}, 1)",
            f"{x}.masked_fill({x} > 1, {scalar()})", f"{x}.masked_select({x} > 0)", f"{x}.unique()", f"{x}.kthvalue(1, {dim()})[0]", f"{x}.index_add(0, places((2,), 2, 3), {x}[:2])", f"{x}.index_fill(0, places((1,), 2, 3), 5)",
            f"torch.searchsorted({x}.reshape(-1).sort()[0], {x})", f"torch.cat([{x}, {tensor(dtypes=['float32', 'int64'])}], {dim()})", f"torch.stack([{x}, {x}], {dim()})", f"{x}.take_along_dim({i}, {dim()})",
        ])

    def matrices():
        f = ["float32", "float64"]
        dtype = pick(f + ["int64"])
        m = lambda shapes: f"make({pick(shapes)}, '{dtype}', {r.randrange(999)})"
        a, b = m(["(3,)", "(2, 3)", "(3, 3)", "(4, 2, 3)", "(2, 4)"]), m(["(3,)", "(3, 2)", "(3, 3)", "(4, 3, 2)", "(2, 3)"])
        s = square(3, f)
        return pick([
            f"{a} @ {b}", f"{a}.matmul({b})", f"torch.mm({a}, {b})", f"torch.bmm({a}, {b})", f"torch.dot({a}, {b})", f"torch.outer({a}, {b})", f"{s}.det()", f"{s}.inverse()", f"torch.trace({s})", f"torch.kron({a}, {b})",
            f"torch.einsum('ij,jk->ik', make((2, 3), 'float32', 1), make((3, 4), 'float32', {r.randrange(99)}))", f"torch.einsum('bij,bjk->bik', make((2, 2, 3), 'float32', 1), make((2, 3, 4), 'float32', 2))",
            f"torch.einsum('ii->i', {s})", f"torch.einsum('ij->', {s})", f"torch.einsum('...i,i', {s}, make((3,), {s!r}.split(chr(39))[1], 2))", f"torch.linalg.norm({s})", f"torch.linalg.solve({s}, {s})", f"torch.cdist(make((3, 2), 'float32', 3), make((4, 2), 'float32', 4))",
            f"torch.tensordot({s}, {s}, 1)", f"torch.addmm({s}, {s}, {s})", f"torch.linalg.matrix_power({s}, 3)",
        ])

    def functional():
        x = tensor(["(2, 3)", "(4, 3)", "(1, 3)"], ["float32"])
        n = r.randrange(99)
        return pick([
            f"F.{pick(ACTIVATIONS)}({tensor(dtypes=FLOATS)})", f"F.softmax({tensor(dtypes=FLOATS)}, {dim()})", f"F.{pick(PAIRS)}({x}, torch.sigmoid({x}), reduction='{pick(['mean', 'sum', 'none'])}')",
            f"F.cross_entropy({x}, places(({pick(['2', '4', '1'])},), {pick(['3', '3', '4'])}, {n}){pick(['', ', label_smoothing=0.1', ', reduction=' + repr('none'), ', reduction=' + repr('sum')])})", f"F.nll_loss(F.log_softmax({x}, 1), places((2,), 3, {n}))",
            f"F.linear({x}, make(({pick(['5, 3', '2, 4'])}), 'float32', {n}), {pick(['None', 'make((5,), ' + repr('float32') + ', 1)'])})", f"F.layer_norm({x}, (3,))", f"F.normalize({x}, dim={dim()})", f"F.one_hot(places((3,), 4, {n}){pick(['', ', 5', ', 2'])})",
            f"F.embedding(places((2, 2), 5, {n}), make((5, 3), 'float32', 1))", f"F.conv1d(make((2, 3, 8), 'float32', {n}), make((4, 3, 3), 'float32', 2), stride={pick(['1', '2'])}, padding={pick(['0', '1', repr('same')])})",
            f"F.conv2d(make((1, 2, 6, 6), 'float32', {n}), make((3, {pick(['2', '1'])}, 3, 3), 'float32', 2), make((3,), 'float32', 3), padding={pick(['0', '1', '(1, 2)'])})", f"F.max_pool2d(make((1, 2, 6, 6), 'float32', {n}), {pick(['2', '3', '(2, 3)'])})", f"F.avg_pool2d(make((1, 2, 6, 6), 'float32', {n}), {pick(['2', '3, 1', '3, 2, 1'])})",
            f"F.pad({x}, {pick(['(1, 1)', '(1, 0, 0, 2)', '(0, -1)'])}, value={pick(['0', '1.5'])})", f"F.cosine_similarity({x}, {x} + 1)", f"F.dropout({x}, {pick(['0.5', '0.1', '0.0'])}, training={pick(['True', 'False'])})", f"F.glu(make((2, 4), 'float32', {n}))", f"F.batch_norm({x}, torch.zeros(3), torch.ones(3), training={pick(['True', 'False'])})",
            f"F.group_norm(make((2, 4, 3), 'float32', {n}), 2)", f"F.interpolate(make((1, 1, 3, 3), 'float32', {n}), scale_factor=2)", f"F.binary_cross_entropy(torch.sigmoid({x}), (torch.sigmoid({x}) > 0.5).float())", f"F.triplet_margin_loss({x}, {x} + 1, {x} * 2)", f"F.unfold(make((1, 2, 4, 4), 'float32', {n}), 2)",
        ])

    def layers():
        n = r.randrange(99)
        layer, x = pick([
            ("nn.Linear(3, 4)", "(2, 3)"), ("nn.Linear(3, 4, bias=False)", "(3,)"), ("nn.Embedding(5, 2)", "places"), ("nn.LayerNorm(3)", "(2, 3)"), ("nn.BatchNorm1d(3)", "(4, 3)"), ("nn.BatchNorm2d(2)", "(2, 2, 3, 3)"), ("nn.Conv1d(2, 3, 3)", "(2, 2, 6)"),
            ("nn.Conv2d(1, 2, 3, padding=1)", "(1, 1, 4, 4)"), ("nn.Dropout(0.4)", "(3, 3)"), ("nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1))", "(2, 3)"), ("nn.ConvTranspose2d(2, 1, 2, stride=2)", "(1, 2, 3, 3)"), ("nn.GroupNorm(2, 4)", "(2, 4, 3)"),
            ("nn.LSTM(3, 2)", "(4, 1, 3)"), ("nn.GRU(3, 2, batch_first=True)", "(2, 4, 3)"), ("nn.RNN(3, 2, 2)", "(4, 1, 3)"), ("nn.LSTM(3, 2, bidirectional=True)", "(4, 1, 3)"), ("nn.Bilinear(2, 3, 4)", None), ("nn.PReLU()", "(2, 3)"), ("nn.MaxPool2d(2)", "(1, 1, 4, 4)"), ("nn.Flatten()", "(2, 3, 4)"),
            ("nn.MultiheadAttention(4, 2, batch_first=True)", "mha"),
        ])
        seeded = f"(torch.manual_seed({n}), {layer})[1]"
        if x is None:
            return pick([f"repr({layer})", f"list({seeded}.parameters())"])
        call = {"places": f"places((2, 2), 5, {n})", "mha": "*[make((2, 3, 4), 'float32', 5)] * 3"}.get(x, f"make({x}, 'float32', {n})")
        return pick([f"repr({layer})", f"list({seeded}.parameters())", f"{seeded}({call})", f"{seeded}({call})"])

    def gradient():
        x = f"make({pick(['(3,)', '(2, 3)'])}, 'float64', {r.randrange(99)})"
        f = pick(["torch.exp(x)", "x * x.sum()", "torch.softmax(x, -1)[..., 0]", "x[x > 0] ** 2", "x.cumsum(-1).sin()", "F.gelu(x) * x", "x.max(-1)[0]", "x.std()", "torch.stack([x, x * 2]).prod(0)", "x.norm()", "x.sort(-1)[0] * torch.arange(3)",
                  "x[..., 1:] - x[..., :-1]", "torch.where(x > 0, x, x ** 3)", "(x @ x.mT if x.dim() > 1 else x @ x).tanh()", "F.layer_norm(x, (3,))", "x.logsumexp(-1)", "x.clamp(-1, 1) * x", "x.var(-1) / 3", "x.expand(2, *x.shape).mean(0) ** 2", "torch.cat([x, x.detach()]).abs()"])
        return f"(lambda x: torch.autograd.grad(({f}).sum(), x)[0])({x}.requires_grad_())"

    def printed():
        return f"repr({pick([tensor(), tensor(how='positive', dtypes=FLOATS) + ' * ' + pick(['1e-5', '1e5', '1e9', '1000', '0.5']), 'torch.arange(' + str(r.randrange(5, 3000)) + ')', f'make((40, 40), {pick(DTYPES)!r}, 3)', f'make((3, 20), {pick(DTYPES)!r}, 3)', f'make((2, 2, 9), {pick(FLOATS)!r}, 3).requires_grad_() * 2', 'torch.tensor([1., float(' + repr('inf') + '), float(' + repr('nan') + ')])', f'make((1200,), {pick(DTYPES)!r}, 3)', 'make((2, 3), ' + repr('float32') + ', 3)' + pick(['.sum(0).requires_grad_()', '.long()', '.half()', '.double() * 1e-7'])])})"

    def creation():
        return pick([f"torch.arange({pick(['5', '1, 7, 2', '0.5, 3', '3, -2, -1', '1, 2, 0.3', '3, 0', '0, 1, 0'])})", f"torch.linspace({pick(['0, 1, 5', '-1, 1, 4', '0, 10, 1', '3, 3, 0', '1, 0, 7'])})", f"torch.full({pick(['(2,), 3', '(2, 2), 1.5', '(), True', '2, 1'])})",
                     f"torch.eye({pick(['3', '2, 3'])})", f"torch.tensor({pick(['[1, 2.5]', '[True, False]', '[[1, 2], [3, 4]]', '[[1], [2, 3]]', '[]', '[[]]', '3', '[1, True]', '[1, [2]]', 'None', repr('a')])})", f"torch.zeros({pick(['2, 3', '(2,)', '0', '[2, 1]', '-1', '2, dtype=torch.int64'])})",
                     f"(torch.manual_seed({r.randrange(99)}), torch.{pick(['rand', 'randn'])}({pick(['3', '2, 9', '17', '40', '3, dtype=torch.float64', '20, dtype=torch.float64'])}))[1]", f"(torch.manual_seed(3), torch.randint({pick(['5, (4,)', '-3, 3, (2, 2)', '3, 3, (1,)'])}))[1]", f"(torch.manual_seed(4), torch.randperm({r.randrange(1, 20)}))[1]",
                     f"torch.ones_like({tensor()})", f"{tensor()}.to(torch.{pick(DTYPES)})", f"{tensor()}.new_zeros(2)", f"torch.logspace(0, 2, {pick(['3', '5'])})", "(torch.manual_seed(1), torch.bernoulli(torch.full((8,), 0.4)))[1]", f"{tensor()}.tolist()", f"(torch.manual_seed(2), torch.normal(0., 2., ({pick(['3', '30'])},)))[1]"])

    kinds = [
        lambda: (lambda n: f"{tensor()}.{n}" + ("" if n in ("T", "mT") else "()"))(pick(MAPS)),
        lambda: f"torch.{pick(BINARY)}({tensor()}, {pick([tensor(), tensor(), scalar()])})",
        lambda: f"{tensor()} {pick(SIGNS)} {pick([tensor(), scalar()])}",
        lambda: f"{scalar()} {pick(SIGNS)} {tensor()}",
        fold,
        lambda: f"{tensor(dtypes=FLOATS + WHOLE)}.{pick(ALONG)}({dim()})",
        shape_call,
        lambda: f"{tensor(dtypes=['float32', 'int64'])}[{index()}]",
        lambda: f"(lambda x: (x.__setitem__(({index()},), {pick([scalar(), tensor(['(3,)', '(1,)', '(2,)', '()'], ['float32', 'int64'])])}), x)[1])({tensor(dtypes=['float32', 'int64'])})",
        picking, matrices, functional, layers, gradient, printed, creation,
        lambda: f"{tensor()}.{pick(['add_', 'sub_', 'mul_', 'div_', 'clamp_', 'pow_', 'fill_', 'masked_fill_', 'copy_'])}({pick([scalar(), tensor()])})",
        lambda: f"torch.clamp({tensor()}, {pick(['0, 1', 'min=0', 'max=1.5', '-1.5, 2'])})",
        lambda: f"torch.allclose({tensor(dtypes=['float32'])}, {tensor(dtypes=['float32', 'float64'])})",
    ]
    return [pick(kinds)() for _ in range(count)]


if __name__ == "__main__":
    if sys.argv[1] == "make":
        print("\n".join(sources(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        with open(sys.argv[2]) as file:
            for line in file.read().splitlines():
                print(json.dumps(shown(line)))
