"""NumPy or torch, by the same protocol as `serve.ts`, on the numbers of `problems.ts`."""

import json
import math
import sys
import time

import numpy as np

NAME = sys.argv[1]
if NAME == "torch":
    import torch
    from torch.nn import functional as F


ATTENTION = (2, 8, 128, 64)
MATMUL = 1024
CHAIN = 2**24
MODEL = {"layers": 4, "width": 256, "heads": 4, "length": 128, "batch": 8, "tokens": 256, "lr": 1e-3}


def fill(shape, salt=0, scale=1.0):
    length = math.prod(shape)
    numbers = (np.arange(length, dtype=np.int64) * 7919 + salt * 104729) % 2003
    return ((numbers / 2003 - 0.5) * scale).astype(np.float32).reshape(shape)


def array(*arguments):
    values = fill(*arguments)
    return values if NAME == "numpy" else torch.from_numpy(values)


def sample(result):
    values = np.asarray(result).reshape(-1)
    return [float(one) for one in values[:: max(1, values.size // 61)][:61]]


def whole(make):
    return lambda values=False: sample(make()) if values else make()


def attention():
    q, k, v = (array(ATTENTION, salt, 4.0) for salt in (1, 2, 3))
    scale = 1 / math.sqrt(ATTENTION[3])

    def run():
        if NAME == "torch":
            return torch.softmax(q @ k.transpose(2, 3) * scale, -1) @ v
        scores = q @ k.transpose(0, 1, 3, 2) * np.float32(scale)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        return weights / weights.sum(-1, keepdims=True) @ v

    return whole(run)


def matmul():
    a, b = (array((MATMUL, MATMUL), salt) for salt in (1, 2))
    return whole(lambda: a @ b)


def chain():
    x = array((CHAIN,))

    def run():
        a = x * 1.5 + 0.5
        if NAME == "torch":
            return torch.sqrt((a * a - x).clamp(min=0) + 1)
        return np.sqrt(np.maximum(a * a - x, 0) + 1)

    return whole(run)


def total():
    x = array((CHAIN,))
    return whole(lambda: x.sum())


def parameters():
    layers, width, length, tokens = (MODEL[name] for name in ("layers", "width", "length", "tokens"))
    block = [
        ("norm1.weight", (width,)),
        ("norm1.bias", (width,)),
        ("qkv.weight", (3 * width, width)),
        ("qkv.bias", (3 * width,)),
        ("out.weight", (width, width)),
        ("out.bias", (width,)),
        ("norm2.weight", (width,)),
        ("norm2.bias", (width,)),
        ("up.weight", (4 * width, width)),
        ("up.bias", (4 * width,)),
        ("down.weight", (width, 4 * width)),
        ("down.bias", (width,)),
    ]
    shapes = [("token", (tokens, width)), ("position", (length, width))]
    shapes += [(f"{i}.{name}", shape) for i in range(layers) for name, shape in block]
    shapes += [("norm.weight", (width,)), ("norm.bias", (width,)), ("head.weight", (tokens, width))]
    values = {}
    for salt, (name, shape) in enumerate(shapes):
        if "norm" in name:
            values[name] = np.full(shape, 1 if name.endswith("weight") else 0, np.float32)
        else:
            values[name] = fill(shape, salt, 0.1)
    return {name: torch.from_numpy(one).requires_grad_() for name, one in values.items()}


def training():
    layers, width, heads, length, batch, tokens, lr = MODEL.values()
    p = parameters()
    row, i = np.arange(batch)[:, None] * 31, np.arange(length + 1)
    text = torch.from_numpy((row + i * i * 7 + i * 3) % tokens)
    x, y = text[:, :-1], text[:, 1:].reshape(-1)
    hidden = torch.ones(length, length, dtype=torch.bool).triu(1)
    optimizer = torch.optim.Adam(p.values(), lr=lr)

    def forward():
        h = F.embedding(x, p["token"]) + p["position"]
        for i in range(layers):
            own = lambda name: p[f"{i}.{name}"]
            normal = F.layer_norm(h, (width,), own("norm1.weight"), own("norm1.bias"))
            qkv = F.linear(normal, own("qkv.weight"), own("qkv.bias"))
            q, k, v = qkv.reshape(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
            scores = (q @ k.transpose(2, 3) / math.sqrt(width // heads)).masked_fill(hidden, -math.inf)
            mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, length, width)
            h = h + F.linear(mixed, own("out.weight"), own("out.bias"))
            normal = F.layer_norm(h, (width,), own("norm2.weight"), own("norm2.bias"))
            wide = F.gelu(F.linear(normal, own("up.weight"), own("up.bias")))
            h = h + F.linear(wide, own("down.weight"), own("down.bias"))
        h = F.layer_norm(h, (width,), p["norm.weight"], p["norm.bias"])
        return F.linear(h, p["head.weight"]).reshape(-1, tokens)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(forward(), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return lambda values=False: [step(), step()] if values else step()


PROBLEMS = {"attention": attention, "matmul": matmul, "chain": chain, "sum": total}
if NAME == "torch":
    PROBLEMS["training"] = training


def main():
    if "cold" in sys.argv:
        three = np.array([1, 2, 3], np.float32)
        print([float(((three if NAME == "numpy" else torch.from_numpy(three)) * 2).sum())], flush=True)
        return
    made = {}
    for line in sys.stdin:
        name, rounds = line.split()
        try:
            if name not in PROBLEMS:
                raise NotImplementedError("it has no means for this")
            if name not in made:
                run = PROBLEMS[name]()
                made[name] = run, run(True)
            run, values = made[name]
            ms = []
            for _ in range(int(rounds)):
                started = time.perf_counter()
                run()
                ms.append((time.perf_counter() - started) * 1000)
            print(json.dumps({"ms": ms, "values": values}), flush=True)
        except Exception as error:
            print(json.dumps({"error": str(error)}), flush=True)


main()
