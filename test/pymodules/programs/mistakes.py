"""Common mistakes, in PyTorch's words."""
import torch
import torch.nn as nn
import torch.nn.functional as F

x, y = torch.ones(2, 3), torch.ones(4, 5)
net = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
w = torch.ones(3, requires_grad=True)
made = (w * 2).sum()
made.backward()


def modified():
    a = torch.ones(2, requires_grad=True)
    b = a.exp()
    b.add_(1)
    b.sum().backward()


class Bare(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(1, 1)


class Silent(nn.Module):
    pass


MISTAKES = [
    lambda: x @ y, lambda: x + y, lambda: torch.cat([x, y]), lambda: torch.cat([x, torch.ones(2)]), lambda: torch.stack([x, y]), lambda: x.view(5), lambda: x.t().view(6),
    lambda: x.reshape(4, 2), lambda: net(torch.ones(2, 4)), lambda: net(torch.ones(2, 3).long()), lambda: net(torch.ones(2, 3).double()), lambda: x @ x.double(), lambda: x[5], lambda: x[0, 7], lambda: x[0, 0, 0],
    lambda: x.item(), lambda: bool(x > 0), lambda: float(x), lambda: made.backward(), lambda: x.sum().backward(), lambda: (w * 2).backward(), lambda: w.add_(1), lambda: w.numpy(), lambda: modified(),
    lambda: torch.tensor([1, 2], requires_grad=True), lambda: x.long().requires_grad_(), lambda: x.expand(3, 3), lambda: x.squeeze(5), lambda: x.sum(3), lambda: x.permute(0, 0), lambda: x.transpose(0, 4), lambda: x.unsqueeze(5),
    lambda: torch.zeros(2)[torch.tensor([3])], lambda: x.gather(1, torch.tensor([[7]])), lambda: torch.tensor([[1, 2], [3]]), lambda: torch.tensor("a"), lambda: torch.zeros("a"), lambda: torch.ones(2, 3).foo, lambda: torch.nonsense,
    lambda: F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 5])), lambda: F.cross_entropy(torch.randn(2, 3), torch.tensor([0])), lambda: F.cross_entropy(torch.randn(2, 3), torch.tensor([0.0, 1.0])), lambda: F.nll_loss(torch.randn(2, 3), torch.tensor([[0], [1]])),
    lambda: F.binary_cross_entropy(torch.tensor([2.0]), torch.tensor([1.0])), lambda: F.mse_loss(torch.ones(3), torch.ones(2)), lambda: nn.Embedding(3, 2)(torch.tensor([5])), lambda: nn.Embedding(3, 2)(torch.tensor([0.5])), lambda: nn.Conv2d(3, 4, 3)(torch.ones(1, 2, 5, 5)),
    lambda: nn.Conv2d(3, 4, 3)(torch.ones(5, 5)), lambda: nn.Conv2d(3, 4, 7)(torch.ones(1, 3, 5, 5)), lambda: nn.BatchNorm1d(3)(torch.ones(1, 3)), lambda: nn.BatchNorm1d(3)(torch.ones(2, 4)), lambda: nn.LayerNorm(4)(torch.ones(2, 3)), lambda: nn.MultiheadAttention(5, 2), lambda: nn.LSTM(3, 2)(torch.ones(4, 1, 5)),
    lambda: net.load_state_dict({}), lambda: net.load_state_dict({**net.state_dict(), "more": x}), lambda: net.load_state_dict({**net.state_dict(), "0.bias": torch.ones(7)}), lambda: net.foo, lambda: Bare(), lambda: Silent()(x), lambda: net[7], lambda: nn.Linear(2), lambda: setattr(net[0], "weight", x), lambda: net.register_buffer("0", x),
    lambda: torch.optim.SGD([], lr=0.1), lambda: torch.optim.SGD(net.parameters(), lr=-1), lambda: torch.optim.Adam(x), lambda: torch.optim.Adam([w * 2]), lambda: torch.optim.Adam([1.0]), lambda: x.to("cuda"), lambda: torch.device("nowhere"), lambda: x[x], lambda: x.scatter(0, torch.tensor([[0.0]]), 1),
    lambda: torch.arange(0, 1, -1), lambda: torch.rand(2).topk(5), lambda: x.split([1, 2]), lambda: x.chunk(0), lambda: torch.randint(3, 3, (2,)), lambda: torch.multinomial(torch.tensor([0.0, 0.0]), 1), lambda: torch.einsum("ij,jk", x, y), lambda: torch.einsum("ijk", x), lambda: torch.einsum("ij->k", x), lambda: torch.einsum("ij,jk->ik", x),
    lambda: ~x, lambda: torch.tensor([True]) - torch.tensor([True]), lambda: -torch.tensor([True]), lambda: torch.tensor([1]) // 0, lambda: torch.tensor([1]) ** -1, lambda: x.long().mean(), lambda: x.dot(x), lambda: torch.mm(x, torch.ones(3)), lambda: torch.bmm(x, x), lambda: F.relu(3),
    lambda: len(torch.tensor(1)), lambda: list(torch.tensor(1)), lambda: torch.tensor(1)[0], lambda: torch.eye(-1), lambda: x.repeat(2), lambda: F.one_hot(torch.tensor([3]), 2), lambda: F.one_hot(torch.tensor([-1])), lambda: F.pad(x, (1,)), lambda: F.softmax(x, 4), lambda: F.dropout(x, 2.0), lambda: F.interpolate(x), lambda: F.max_pool2d(torch.ones(1, 1, 2, 2), 5),
    lambda: torch.autograd.grad(made, [x]), lambda: torch.autograd.grad((w * 2).sum(), [torch.ones(2, requires_grad=True)]), lambda: (w * 2).requires_grad_(False), lambda: w.copy_(x[0]), lambda: x.copy_(y), lambda: x.__setitem__(0, y), lambda: x.__setitem__((0, 9), 1), lambda: x.index_select(0, torch.tensor([9])), lambda: torch.linalg.inv(x), lambda: torch.linalg.cholesky(-torch.eye(2)), lambda: torch.broadcast_to(x, (4, 5)), lambda: torch.set_default_dtype(torch.int64),
    lambda: nn.ModuleList([1]), lambda: nn.Sequential(nn.Linear(1, 1))["a"], lambda: nn.init.xavier_uniform_(torch.ones(3)), lambda: nn.init.calculate_gain("foo"), lambda: net.train("yes"), lambda: nn.Dropout(3), lambda: nn.Conv1d(3, 4, 1, groups=2), lambda: nn.GroupNorm(2, 3), lambda: torch.utils.data.random_split([1, 2], [3]),
]
for i, mistake in enumerate(MISTAKES):
    try:
        print(i, "no error:", mistake())
    except Exception as error:
        print(i, type(error).__name__, str(error))
