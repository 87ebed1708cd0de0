"""Data sets, loaders, files, gradients of functions."""
import io
import torch
import torch.nn as nn
from torch.utils.data import ConcatDataset, DataLoader, Dataset, Subset, TensorDataset, WeightedRandomSampler, random_split
import torch.autograd.functional as AF

torch.manual_seed(3)
data = TensorDataset(torch.arange(10.).reshape(10, 1), torch.arange(10))
print(len(data), data[2], data[2:4])
for x, y in DataLoader(data, batch_size=4):
    print(x.reshape(-1).tolist(), y.tolist())
for x, y in DataLoader(data, batch_size=3, shuffle=True, drop_last=True):
    print(x.reshape(-1).tolist(), y.tolist())
generator = torch.Generator().manual_seed(5)
loader = DataLoader(data, batch_size=5, shuffle=True, generator=generator)
for epoch in range(2):
    print([y.tolist() for _, y in loader], len(loader))
print([[int(one[1]) for one in part] for part in random_split(data, [7, 3], generator=torch.Generator().manual_seed(1))])
print([len(part) for part in random_split(data, [0.5, 0.25, 0.25])])
print(list(WeightedRandomSampler([0.1, 0.9, 0.3], 5)))


class Pairs(Dataset):
    def __len__(self):
        return 5

    def __getitem__(self, i):
        return {"i": i, "x": float(i), "name": f"n{i}"}


for batch in DataLoader(Pairs(), batch_size=2):
    print(batch)
print(len(ConcatDataset([data, Subset(data, [1, 2])])), ConcatDataset([data, Subset(data, [1, 2])])[11])
try:
    DataLoader(data, batch_size=0)
except ValueError as error:
    print(error)

model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
file = io.BytesIO()
torch.save({"model": model.state_dict(), "step": 3, "list": [torch.tensor([1, 2]), torch.tensor(True)]}, file)
file.seek(0)
found = torch.load(file)
print(found["step"], found["list"], list(found["model"]))
other = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
print(other.load_state_dict(found["model"]), torch.equal(other[0].weight, model[0].weight))

x = torch.tensor([1.0, 2.0], dtype=torch.float64)
print(AF.jacobian(lambda t: t ** 2, x), AF.hessian(lambda t: (t ** 3).sum(), x))
print(AF.vjp(lambda t: t * 2, x, torch.ones(2, dtype=torch.float64)), AF.jvp(lambda t: t ** 2, x, torch.ones(2, dtype=torch.float64)))
print(torch.autograd.gradcheck(torch.sin, x.clone().requires_grad_()))
a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
(a * b).sum().backward(inputs=[a])
print(a.grad, b.grad)

state = torch.get_rng_state()
first = torch.rand(3)
torch.set_rng_state(state)
print(torch.equal(first, torch.rand(3)))
out = torch.empty(3)
print(torch.add(torch.ones(3), 2, out=out) is out, out)
with torch.random.fork_rng():
    torch.rand(2)
print(torch.rand(1))
