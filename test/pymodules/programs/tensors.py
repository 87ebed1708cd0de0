import torch
x = torch.tensor([[1.,2],[3,4]])
print(x, x+1, x*2.5, 1-x, x@x, x.sum(), x.sum(0), x.mean(dim=1, keepdim=True))
print(torch.arange(5), torch.arange(3)*1.5, torch.arange(2000))
print(x[0], x[:,1], x[None].shape, x[x>2], x[torch.tensor([1,0])], x[..., 0])
x[0,1]=9; print(x)
x[x>3]=0; print(x)
w = torch.ones(3, requires_grad=True)
y=(w*2).sum(); print(y, w); y.backward(); print(w.grad)
with torch.no_grad():
    w -= 0.1*w.grad
print(w)
torch.manual_seed(0); print(torch.rand(3), torch.randn(3), torch.randn(20), torch.randint(0,10,(5,)), torch.randperm(6))
print(x.max(1), torch.cat([x,x]), torch.stack([x,x],1).shape, x.T, x.view(-1))
print(torch.float64, torch.tensor([1,2],dtype=torch.float64), torch.tensor(True), torch.zeros(2,0))
