"""Tensors as PyTorch prints them, by every option."""
import torch
import torch.nn as nn

torch.manual_seed(0)
x = torch.randn(3, 4)
big = torch.arange(3000)
SHOWN = [
    x, x.double(), x.half(), x.long(), x > 0, x * 1e-6, x * 1e8, x * 1e5, x * 1000, torch.tensor([1e-5, 1.0]), torch.tensor([1e-8]), torch.tensor([1.0, 2.0, 1e9]), torch.tensor([0.0, -0.0]),
    torch.tensor([float("nan"), float("inf"), -1.5]), torch.tensor([float("inf")] * 2), torch.tensor(3.5), torch.tensor(7), torch.tensor(True), torch.tensor([]), torch.zeros(2, 0), torch.zeros(0, dtype=torch.int64), torch.zeros((), requires_grad=True),
    big, torch.arange(1001).reshape(7, 11, 13), torch.zeros(30, 40), torch.zeros(2, 3, 4), torch.zeros(2, 2, 2, 2), torch.ones(1, 1, 1), torch.randn(2, 30), torch.arange(40).reshape(1, 40) * 1000, x.requires_grad_(), (x * 2).sum(), (x * 2), x.exp()[0], x.detach().t(),
    torch.tensor([1000000.0]), torch.tensor([123456.789]), torch.tensor([0.1, 100.0]), torch.tensor([0.0001, 1.0]), torch.tensor([99999999.0]), torch.tensor([100000001.0]), torch.tensor([-1, 22, -333]), torch.tensor([1.0, 2.5, -30.25]), torch.tensor([65504.0]).half(),
    nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2, 2), requires_grad=False), torch.Size([2, 3]), x.shape, x.dtype, x.device, torch.tensor([1, 2]).max(0), torch.finfo(torch.float32), torch.iinfo(torch.int64), torch.tensor([[1.5]]).float().requires_grad_() * 2,
    torch.full((1200,), 0.5), torch.tensor([True, False] * 600), torch.randn(1100, dtype=torch.float64),
]
for one in SHOWN:
    print(one)
    print([one])


def shown(**options):
    torch.set_printoptions(**options)
    print(options)
    for one in (x.detach(), x.detach() * 1e6, torch.arange(20.0), torch.arange(1500), torch.tensor([1e-9, 1.0]), torch.zeros(12, 12)):
        print(one)
    torch.set_printoptions(profile="default")


shown(precision=2)
shown(precision=8)
shown(threshold=5)
shown(edgeitems=1, threshold=5)
shown(linewidth=40)
shown(sci_mode=True)
shown(sci_mode=False)
shown(profile="short")
shown(precision=3, sci_mode=True, linewidth=60)
print(f"{torch.tensor(1.23456):.2f} {torch.tensor(5):4d}|{torch.tensor(2.5)}|{x.shape}|{torch.tensor([1.0])}")
print("%.3f %d" % (torch.tensor(1.5), torch.tensor(3)), str(torch.tensor([1.5])), repr(torch.tensor(2)))
print(x.detach().tolist()[0][:2], torch.tensor([1.1]).item(), torch.tensor([1.1], dtype=torch.float64).item())
model = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(inplace=True), nn.Flatten(), nn.Sequential(nn.Linear(8, 4), nn.Dropout(0.2)), nn.ModuleDict({"a": nn.GELU(), "b": nn.Embedding(3, 4, padding_idx=0)}), nn.LSTM(3, 4, 2, batch_first=True))
print(model)
print(nn.ModuleList([nn.Linear(1, 2) for _ in range(3)]), nn.TransformerEncoderLayer(4, 2, 8))
