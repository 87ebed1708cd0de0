import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 8)
        self.b = nn.Sequential(nn.ReLU(), nn.Linear(8, 3))
        self.register_buffer("k", torch.ones(2))
    def forward(self, x):
        return self.b(self.a(x))
net = Net()
print(net)
print(net.a.weight)
x = torch.randn(5, 4); y = torch.tensor([0,1,2,0,1])
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for i in range(5):
    opt.zero_grad()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    opt.step()
    print(f"{loss.item():.5f}")
print([(n, p.shape) for n, p in net.named_parameters()], list(net.state_dict().keys()))
print(net(x))
torch.testing.assert_close(torch.ones(2), torch.ones(2))
try:
    torch.testing.assert_close(torch.ones(2), torch.tensor([1.,2.]))
except AssertionError as e: print(e)
print(nn.Conv2d(3,6,3,padding=1), nn.LSTM(3,4), nn.BatchNorm1d(3), nn.Dropout(0.2), nn.Embedding(3,4), nn.LayerNorm(4), nn.GELU(), nn.Softmax(dim=-1), nn.ModuleList([nn.Linear(1,1)]))
bn=nn.BatchNorm1d(4); print(bn(x), bn.running_mean)
print(nn.Dropout(0.5)(torch.ones(10)))
l=nn.LSTM(4,3,2,batch_first=True); o,(h,c)=l(x[None]); print(o,h.shape)
opt.step(); s = torch.optim.lr_scheduler.CosineAnnealingLR(opt, 10); s.step(); print(opt.param_groups[0]["lr"])
print(net.load_state_dict(net.state_dict()))
