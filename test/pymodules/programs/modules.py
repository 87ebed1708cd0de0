"""Modules: names, hooks, states, containers, errors."""
import copy

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(size, size) for _ in range(2)])
        self.scale = nn.Parameter(torch.ones(size))
        self.register_buffer("steps", torch.zeros(1))
        self.heads = nn.ModuleDict({"a": nn.Linear(size, 1), "b": nn.Identity()})

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.heads["a"](x * self.scale)


torch.manual_seed(1)
net = Block(3)
print(net)
print([name for name, _ in net.named_parameters()])
print([name for name, _ in net.named_modules()])
print([name for name, _ in net.named_buffers()], [name for name, _ in net.named_children()])
print(sum(p.numel() for p in net.parameters()))
print(net.state_dict()["layers.0.weight"])
other = Block(3)
print(other.load_state_dict(net.state_dict()))
print(torch.equal(other(torch.ones(2, 3)), net(torch.ones(2, 3))))
twin = copy.deepcopy(net)
with torch.no_grad():
    twin.scale.fill_(0)
print(net.scale, twin.scale)
for attempt in [
    lambda: net.load_state_dict({"scale": torch.ones(3)}),
    lambda: net.load_state_dict({**net.state_dict(), "scale": torch.ones(4), "more": torch.ones(1)}),
    lambda: net.missing,
    lambda: setattr(net, "scale", 3),
    lambda: nn.Linear(2, 2)(torch.ones(3, 3)),
    lambda: nn.Module()(1),
]:
    try:
        attempt()
    except (RuntimeError, AttributeError, TypeError, NotImplementedError) as error:
        print(type(error).__name__, error)
calls = []
handle = net.layers[0].register_forward_hook(lambda m, i, o: calls.append((type(m).__name__, i[0].shape, o.shape)))
net.layers[0].register_forward_pre_hook(lambda m, i: calls.append("before"))
net(torch.ones(2, 3))
handle.remove()
net(torch.ones(2, 3))
print(calls)
net.eval()
print(net.training, net.layers[1].training, net.train() is net)
net.apply(lambda m: nn.init.ones_(m.weight) if isinstance(m, nn.Linear) else None)
print(net.layers[0].weight, net.double().scale.dtype)
seq = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Dropout(0.1))
print(seq[0], len(seq), seq[:2], [type(m).__name__ for m in seq])
for p in seq.parameters():
    p.requires_grad = False
print(seq(torch.ones(1, 3)).requires_grad)
print(nn.Parameter(torch.ones(2)), isinstance(net.scale, nn.Parameter), isinstance(net.scale, torch.Tensor))
w = nn.Parameter(torch.tensor([1.0, -2.0]))
for make in [
    lambda: torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True),
    lambda: torch.optim.Adam([w], lr=0.1, amsgrad=True),
    lambda: torch.optim.AdamW([w], lr=0.1),
    lambda: torch.optim.RMSprop([w], lr=0.01, momentum=0.5, centered=True),
    lambda: torch.optim.Adagrad([w], lr=0.1),
]:
    opt = make()
    schedule = torch.optim.lr_scheduler.StepLR(opt, 2, 0.5)
    for _ in range(4):
        opt.zero_grad()
        ((w - 3) ** 2).sum().backward()
        opt.step()
        schedule.step()
    print([f"{v:.5f}" for v in w.tolist()], schedule.get_last_lr())
print(torch.nn.utils.clip_grad_norm_([w], 1.0), w.grad)
