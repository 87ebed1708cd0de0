"""Random calls of einops on arrays and tensors: run by CPython and by ours alike.

    einops_cases.py SEED COUNT    prints what each of them gives
"""
import random
import sys

import numpy as np
import torch
from einops import asnumpy, einsum, pack, parse_shape, rearrange, reduce, repeat, unpack

NAMES = ["a", "b", "c", "h", "w1"]


def side(r, names, wrong):
    groups, rest = [], list(names)
    while rest:
        count = r.choice([1, 1, 1, 2])
        part, rest = rest[:count], rest[count:]
        groups.append("(" + " ".join(part) + ")" if count > 1 else part[0])
    if r.random() < 0.15:
        groups.insert(r.randrange(len(groups) + 1), r.choice(["1", "()", "..."]))
    if wrong and r.random() < 0.4:
        groups.insert(r.randrange(len(groups) + 1), r.choice(["2", "z", "(", ")", "..", "_x", "a", "é!", "3", "class", "((b))"]))
    return " ".join(groups)


def show(value):
    if isinstance(value, (list, tuple)) and not isinstance(value, torch.Size):
        return [show(one) for one in value]
    if isinstance(value, dict):
        return value
    if isinstance(value, torch.Size):
        return tuple(value)
    return type(value).__name__, str(value.dtype).split(".")[-1], tuple(value.shape), (np.asarray(value).ravel() * 1.0).round(3).tolist()


def case(r):
    wrong = r.random() < 0.35
    names = r.sample(NAMES, r.choice([1, 2, 3, 4]))
    sizes = {name: r.choice([1, 2, 3, 4]) for name in NAMES}
    shape = [sizes[name] for name in names]
    left = side(r, names, wrong)
    flat, inside = [], None
    for word in left.replace("(", " ( ").replace(")", " ) ").split():
        size = sizes.get(word, 1 if not word.isdecimal() else int(word))
        if word == "(":
            inside = 1
        elif word == ")":
            flat.append(inside or 1)
            inside = None
        elif inside is not None:
            inside *= size
        elif word == "...":
            flat += r.choice([[], [2], [2, 3]])
        else:
            flat.append(size)
    if r.random() < 0.06 and flat:
        flat[r.randrange(len(flat))] += 1
    total = int(np.prod(flat))
    data = np.asarray(np.arange(total, dtype=r.choice(["float32", "int64", "float64"])).reshape(flat) % 7)
    x = data if r.random() < 0.5 else torch.from_numpy(data.copy())
    given = {name: sizes[name] for name in names if r.random() < (0.9 if "(" in left else 0.1)}
    kind = r.choice(["rearrange", "rearrange", "reduce", "reduce", "repeat", "parse_shape", "einsum", "pack", "list"])
    right = list(names)
    r.shuffle(right)
    text = None
    try:
        if kind == "rearrange" or kind == "list":
            text = f"{left} -> {side(r, right, wrong)}"
            return text, show(rearrange(x, text, **given) if kind == "rearrange" else rearrange([x, x], "n " + text, **given))
        if kind == "reduce":
            how = r.choice(["min", "max", "sum", "mean", "prod", "any", "all", "median" if wrong else "sum"])
            text = f"{left} -> {side(r, right[:r.randrange(len(right) + 1)], wrong)}"
            if how in ("any", "all"):
                x = x > 2
            return how, text, show(reduce(x, text, how, **given))
        if kind == "repeat":
            new = r.choice(["n", "2", "m"])
            right.insert(r.randrange(len(right) + 1), new)
            if r.random() < 0.9 and not new.isdecimal():
                given[new] = r.choice([1, 2, 3])
            text = f"{left} -> {side(r, right, wrong)}"
            return text, show(repeat(x, text, **given))
        if kind == "parse_shape":
            text = " ".join(r.choice([name, "_", "..."]) if r.random() < 0.3 else name for name in names)
            return text, show(parse_shape(np.zeros(shape) if r.random() < 0.8 else x, text))
        if kind == "einsum":
            other = r.sample(names, r.randrange(1, len(names) + 1))
            keep = r.sample(names, r.randrange(len(names) + 1)) + (["q"] if wrong and r.random() < 0.3 else [])
            text = f"{' '.join(names)}, {' '.join(other)} -> {' '.join(keep)}"
            one, two = np.ones(shape) * 2, np.arange(int(np.prod([sizes[n] for n in other])), dtype=float).reshape([sizes[n] for n in other])
            if r.random() < 0.5:
                one, two = torch.from_numpy(one), torch.from_numpy(two)
            return text, show(einsum(one, two, text))
        text = r.choice(["a * b", "* b", "a *", "*", "a b", "* *", "a * _b"])
        parts = [np.ones([2, *r.choice([[], [2], [2, 3]]), 3]) for _ in range(2)]
        if r.random() < 0.5:
            parts = [torch.from_numpy(one) for one in parts]
        packed, shapes = pack(parts, text)
        found = unpack(packed, r.choice([shapes, [[-1]] + [list(one) for one in shapes[1:]], [[9], [9]]]), text)
        return text, show(packed), show(shapes), show(found)
    except Exception as error:
        message = str(error)
        for ugly in ("{'", "torch.Size("):
            if message.count(ugly) and "', '" in message:
                message = "(names in any order)"
        return kind, text, type(error).__name__, message


def run(seed, count):
    r = random.Random(seed)
    for _ in range(count):
        print(case(r))


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]))
