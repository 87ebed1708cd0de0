"""`torch.autograd.functional`, and checks of gradients by differences."""
import torch


def _tuple(value):
    return (tuple(value), True) if isinstance(value, (tuple, list)) else ((value,), False)


def _leaves(inputs, create_graph):
    return tuple(x.view_as(x) if create_graph and x.requires_grad else x.detach().requires_grad_() for x in inputs)


def _grads(out, inputs, create_graph, strict=False):
    found = torch.autograd.grad(out, inputs, retain_graph=True, create_graph=create_graph, allow_unused=not strict)
    return [torch.zeros_like(x) if g is None else g for g, x in zip(found, inputs)]


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    given, several = _tuple(inputs)
    leaves = _leaves(given, create_graph)
    with torch.enable_grad():
        outputs, many = _tuple(func(*leaves))
    rows = []
    for out in outputs:
        parts = [[] for _ in leaves]
        for element in out.reshape(-1):
            if element.requires_grad:
                grads = _grads(element, leaves, create_graph, strict)
            else:
                grads = [torch.zeros_like(x) for x in leaves]
            for part, grad in zip(parts, grads):
                part.append(grad)
        row = tuple(torch.stack(part).reshape(*out.shape, *x.shape) if part else torch.zeros(*out.shape, *x.shape) for part, x in zip(parts, leaves))
        rows.append(row if several else row[0])
    found = tuple(rows) if many else rows[0]
    return found


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy="reverse-mode"):
    given, several = _tuple(inputs)

    def first(*leaves):
        out = func(*leaves)
        if out.numel() != 1:
            raise RuntimeError("The output of the function given to hessian should contain a single element")
        grads = _grads(out.reshape(()), leaves, True, strict)
        return tuple(grads) if several else grads[0]

    leaves = tuple(x.detach().requires_grad_() for x in given)
    return jacobian(first, leaves if several else leaves[0], create_graph, strict)


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    given, several = _tuple(inputs)
    leaves = _leaves(given, create_graph)
    with torch.enable_grad():
        out = func(*leaves)
    outputs, _ = _tuple(out)
    seeds = None if v is None else _tuple(v)[0]
    found = torch.autograd.grad(outputs, leaves, seeds, create_graph=create_graph, allow_unused=True)
    grads = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, leaves))
    return out if create_graph else out.detach(), grads if several else grads[0]


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """The gradient of a gradient, which is linear in its seed, by that seed."""
    given, several = _tuple(inputs)
    leaves = _leaves(given, create_graph)
    with torch.enable_grad():
        out = func(*leaves)
        seed = torch.zeros_like(out, requires_grad=True)
        grads = _grads_through(out, leaves, seed)
        direction = _tuple(torch.ones_like(given[0]) if v is None else v)[0]
        total = sum((g * d).sum() for g, d in zip(grads, direction))
        found = torch.autograd.grad(total, seed, create_graph=create_graph, allow_unused=True)[0]
    found = torch.zeros_like(out) if found is None else found
    return (out, found) if create_graph else (out.detach(), found.detach())


def _grads_through(out, leaves, seed):
    found = torch.autograd.grad(out, leaves, seed, create_graph=True, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for g, x in zip(found, leaves)]


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    given, several = _tuple(inputs)
    leaves = _leaves(given, create_graph)
    with torch.enable_grad():
        out = func(*leaves)
        grads = _grads(out, leaves, True)
        direction = _tuple(v)[0]
        found = torch.autograd.grad(sum((g * d).sum() for g, d in zip(grads, direction)), leaves, create_graph=create_graph, allow_unused=True)
    found = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, leaves))
    return out.detach(), found if several else found[0]


def gradcheck(func, inputs, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, **options):
    given, _ = _tuple(inputs)
    watched = [i for i, x in enumerate(given) if isinstance(x, torch.Tensor) and x.requires_grad]
    if not watched:
        raise ValueError("gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.")
    outputs, _ = _tuple(func(*given))
    for o, out in enumerate(outputs):
        for i in watched:
            x = given[i]
            rows = [torch.zeros_like(x) if g is None else g for element in out.reshape(-1)
                    for g in torch.autograd.grad(element, [x], retain_graph=True, allow_unused=True)]
            analytical = torch.stack([row.reshape(-1) for row in rows], 1)
            columns = []
            flat = x.detach().reshape(-1)
            for k in range(flat.numel()):
                ends = []
                for step in (eps, -eps):
                    moved = flat.clone()
                    moved[k] += step
                    again = list(given)
                    again[i] = moved.reshape(x.shape).requires_grad_()
                    ends.append(_tuple(func(*again))[0][o].detach().reshape(-1))
                columns.append((ends[0] - ends[1]) / (2 * eps))
            numerical = torch.stack(columns)
            if not torch.allclose(analytical, numerical, rtol, atol):
                if not raise_exception:
                    return False
                raise GradcheckError(
                    f"Jacobian mismatch for output {o} with respect to input {watched.index(i)},\nnumerical:{numerical}\nanalytical:{analytical}\n"
                )
    return True


class GradcheckError(RuntimeError):
    pass
