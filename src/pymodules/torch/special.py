"""`torch.special`: functions of `torch` under the names that SciPy has for them."""
import torch

digamma = psi = torch.digamma
gammaln = torch.lgamma
erf, erfc, erfinv = torch.erf, torch.erfc, torch.erfinv
exp2, expm1, log1p = torch.exp2, torch.expm1, torch.log1p
expit, logit = torch.sigmoid, torch.logit
round = torch.round
sinc = torch.sinc
xlogy = torch.xlogy


def softmax(input, dim, *, dtype=None):
    return torch.softmax(input, dim, dtype)


def log_softmax(input, dim, *, dtype=None):
    return torch.log_softmax(input, dim, dtype)


def logsumexp(input, dim, keepdim=False, *, out=None):
    return torch.logsumexp(input, dim, keepdim, out=out)


def xlog1py(input, other):
    return torch.xlogy(input, torch.add(other, 1)).masked_fill(torch.isnan(torch.as_tensor(other)), float("nan"))


def entr(input):
    return torch.where(input < 0, torch.full_like(input, float("-inf")), -torch.xlogy(input, input))
