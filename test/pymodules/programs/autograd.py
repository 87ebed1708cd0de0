"""Gradients: hooks, modes, functions of one's own, higher derivatives, errors."""
import torch
from torch.autograd import Function


class Cube(Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(x)
        ctx.factor = factor
        return factor * x**3

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        print("needs", ctx.needs_input_grad)
        return grad * 3 * ctx.factor * x**2, None


x = torch.tensor([1.0, 2.0], requires_grad=True)
y = Cube.apply(x, 2.0)
print(y)
y.sum().backward()
print(x.grad)

x = torch.tensor(2.0, requires_grad=True)
(g,) = torch.autograd.grad(x**4, x, create_graph=True)
print(g, torch.autograd.grad(g, x))

seen = []
w = torch.ones(3, requires_grad=True)
handle = w.register_hook(lambda g: seen.append(g.tolist()))
h = (w * 2)
h.register_hook(lambda g: g * 10)
h.retain_grad()
h.sum().backward()
print(seen, w.grad, h.grad)
handle.remove()
held = w.grad
h = (w * 3).sum()
h.backward()
print(len(seen), held is w.grad, held)

with torch.no_grad():
    print((w * 2).requires_grad, torch.is_grad_enabled())
    with torch.enable_grad():
        print((w * 2).requires_grad)


@torch.no_grad()
def plain(a):
    return a * 2


class Thing:
    @torch.no_grad()
    def run(self, a):
        return (self is not None, (a * 2).requires_grad)


print(plain(w), Thing().run(w), plain.__name__)
print(w.detach(), w.is_leaf, (w * 2).is_leaf, (w * 2).grad_fn is not None, w.grad_fn)

for attempt in [
    lambda: torch.ones(2).sum().backward(),
    lambda: (w * 2).backward(),
    lambda: w.add_(1),
    lambda: torch.autograd.grad((w * 2).sum(), torch.ones(1, requires_grad=True)),
    lambda: torch.tensor([1], requires_grad=True),
    lambda: (w * 2).requires_grad_(False),
    lambda: w.numpy(),
    lambda: (w * 2).backward(torch.ones(2)),
]:
    try:
        attempt()
    except RuntimeError as error:
        print(error)
print(torch.autograd.grad((w * 2).sum(), [w, torch.ones(1, requires_grad=True)], allow_unused=True))

loss = (w.exp()).sum()
loss.backward()
try:
    loss.backward()
except RuntimeError as error:
    print(str(error)[:60])

base = torch.zeros(2, 2)
v = w[:2] * 5
base[0] = v
print(base)
base.sum().backward()
print(w.grad)
