"""How a call of torch is made and shown: run by CPython and by ours alike, so in words that both have."""
import json
import torch
import torch.nn as nn
import torch.nn.functional as F


def make(shape, dtype, seed):
    torch.manual_seed(seed)
    if dtype == "bool":
        return torch.rand(shape) > 0.5
    if dtype.startswith("int"):
        return torch.randint(-4, 9, shape).to(getattr(torch, dtype))
    return (torch.randn(shape, dtype=torch.float64) * 2).to(getattr(torch, dtype))


def positive(shape, dtype, seed):
    return make(shape, dtype, seed).abs() + 0.1


def chances(shape, dtype, seed):
    return make(shape, dtype, seed).abs().clamp(max=5) / 6 + 0.05


def places(shape, high, seed):
    torch.manual_seed(seed)
    return torch.randint(0, high, shape)


def strides(value):
    """Where there is a next element to step to."""
    return [step if size > 1 else 0 for size, step in zip(value.shape, value.stride())] if value.numel() > 0 else []


def plain(value):
    if isinstance(value, torch.Tensor):
        found = {"dtype": str(value.dtype), "shape": list(value.shape), "values": [plain(v) for v in value.detach().reshape(-1).tolist()],
                 **({"grad": True} if value.requires_grad else {}), **({} if value.is_contiguous() else {"stride": strides(value)})}
        if value.grad_fn is not None:
            found["made"] = value.grad_fn.name()
        return found
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, float):
        return "~%.11g" % value
    if isinstance(value, (int, bool, str)) or value is None:
        return value
    return repr(value)


def gradient(value):
    """Its values: how it lies in memory is nobody's to know."""
    return None if value is None else plain(value.contiguous())


def parts(value):
    """Tensors of a result."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, (list, tuple)):
        return [t for v in value for t in parts(v)]
    return []


def evaluated(body, given):
    torch.manual_seed(7)
    names = {"torch": torch, "F": F, "nn": nn}
    for at, one in enumerate(given):
        names[f"a{at}"] = one
    return eval(body, names)


def probe(body, given, writes=False):
    """A call without gradients, what it shares and writes, and again with gradients of all that can have them."""
    fresh = [one.clone() for one in given]
    out = evaluated(body, fresh)
    shown = {"out": plain(out)}
    if writes:
        shown["after"] = [plain(one) for one in fresh]
    before = [one.clone() for one in fresh]
    shares = []
    for one in parts(out):
        if one.numel() == 0 or any(one is given_ for given_ in fresh):
            continue
        try:
            one.copy_(one.logical_not() if one.dtype == torch.bool else one + 1)
        except RuntimeError:
            shares.append("cannot be written")
    shares += [at for at, one in enumerate(fresh) if not one.equal(before[at])]
    if shares:
        shown["shares"] = shares
    leaves = [one.clone().requires_grad_() if one.is_floating_point() else one for one in given]
    wanted = [one for one in leaves if one.requires_grad]
    if not wanted:
        return shown
    try:
        out = evaluated(body, [one * 1 if one.requires_grad else one.clone() for one in leaves])
        ends = [one for one in parts(out) if one.requires_grad]
        shown["ends"] = [plain(one)["made"] if one.grad_fn is not None else None for one in ends]
        if ends:
            total = sum((one * torch.linspace(-1, 1.3, one.numel(), dtype=torch.float64).to(one.dtype).reshape(one.shape)).sum().double() for one in ends)
            if total.requires_grad:
                shown["gradients"] = [gradient(one) for one in torch.autograd.grad(total, wanted, allow_unused=True)]
    except Exception as error:
        shown["gradients"] = failure(error)
    return shown


def called(text, body, given, still):
    torch.manual_seed(3)
    module = eval(text)
    if given and given[0].dtype == torch.float64:
        module = module.double()
    if still:
        module.eval()
    leaves = [one.clone().requires_grad_() if one.is_floating_point() else one for one in given]
    torch.manual_seed(7)
    names = {"module": module, "torch": torch}
    for at, one in enumerate(leaves):
        names[f"a{at}"] = one * 1 if one.requires_grad else one
    out = eval(f"module({body})", names)
    ends = [one for one in parts(out) if one.requires_grad]
    total = sum((one * torch.linspace(-1, 1.3, one.numel(), dtype=torch.float64).to(one.dtype).reshape(one.shape)).sum().double() for one in ends)
    if ends:
        total.backward()
    return {"out": plain(out), "gradients": [gradient(one.grad) for one in leaves], "weights": [gradient(one.grad) for one in module.parameters()], "state": {k: plain(v) for k, v in module.state_dict().items()}}


def learned(text):
    torch.manual_seed(5)
    module = eval(text)
    return [[name, plain(value)] for name, value in module.named_parameters()] + [[name, plain(value)] for name, value in module.named_buffers()]


def trained(o, p, steps=5, after=None):
    for step in range(steps):
        def closure():
            o.zero_grad()
            loss = ((p[0] - 0.5) ** 2 * (step + 1)).sum() + (p[1] ** 3).sum()
            loss.backward()
            return loss
        loss = o.step(closure)
        if after is not None:
            after(loss)


def parameters():
    torch.manual_seed(2)
    return [torch.randn(2, 3, dtype=torch.float64).requires_grad_(), torch.randn(3, dtype=torch.float64).requires_grad_()]


def stepped(text):
    p = parameters()
    o = eval("torch.optim." + text, {"torch": torch, "p": p})
    trained(o, p)
    return [[plain(one) for one in p], sorted(o.state_dict()["param_groups"][0].keys()), repr(o)]


def scheduled(text):
    p = parameters()
    o = torch.optim.SGD(p, lr=0.2, momentum=0.5)
    import torch.optim.lr_scheduler as S
    schedule = eval("S." + text, {"S": S, "o": o})
    rates = [o.param_groups[0]["lr"]]

    def after(loss):
        if "Plateau" in text:
            schedule.step(1.0)
        else:
            schedule.step()
        rates.append(o.param_groups[0]["lr"])
    trained(o, p, 9, after)
    return plain(rates)


def failure(error):
    return {"error": type(error).__name__, "message": str(error).split("\n")[0]}


def shown(source):
    try:
        value = eval(source)
        return value if isinstance(value, dict) else plain(value)
    except Exception as error:
        return failure(error)
