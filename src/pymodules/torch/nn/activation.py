"""Activations as modules."""
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn import init
from torch.nn._module import Module, Parameter


def _activation(name, function, fields=(), own=None):
    """A module of one function; `fields` are its arguments with their defaults."""

    def __init__(self, *args, **kwargs):
        Module.__init__(self)
        if len(args) > len(fields):
            raise TypeError(f"{name}.__init__() takes {len(fields) + 1} positional arguments but {len(args) + 1} were given")
        for (field, default), value in zip(fields, args):
            setattr(self, field, value)
        for field, default in fields[len(args):]:
            setattr(self, field, kwargs.pop(field, default))
        for field in kwargs:
            raise TypeError(f"{name}.__init__() got an unexpected keyword argument '{field}'")

    def forward(self, input):
        return function(input, **{field: getattr(self, field) for field, _ in fields})

    def extra_repr(self):
        shown = []
        for field, _ in fields:
            value = getattr(self, field)
            if field == "inplace":
                if value:
                    shown.append("inplace=True")
            elif name in ("Softplus", "GELU", "LeakyReLU", "ELU", "CELU", "Hardtanh"):
                shown.append(f"{field}={value!r}")
            elif name in ("Softmax", "LogSoftmax", "Softmin"):
                shown.append(f"dim={value}")
            else:
                shown.append(str(value) if name in ("Softshrink", "Hardshrink") else f"{field}={value}")
        return ", ".join(shown)

    return type(name, (Module,), {"__init__": __init__, "forward": forward, "extra_repr": extra_repr, "__module__": "torch.nn.modules.activation"})


_INPLACE = ("inplace", False)
ReLU = _activation("ReLU", F.relu, [_INPLACE])
ReLU6 = _activation("ReLU6", F.relu6, [_INPLACE])
LeakyReLU = _activation("LeakyReLU", F.leaky_relu, [("negative_slope", 0.01), _INPLACE])
ELU = _activation("ELU", F.elu, [("alpha", 1.0), _INPLACE])
SELU = _activation("SELU", F.selu, [_INPLACE])
CELU = _activation("CELU", F.celu, [("alpha", 1.0), _INPLACE])
GELU = _activation("GELU", F.gelu, [("approximate", "none")])
SiLU = _activation("SiLU", F.silu, [_INPLACE])
Mish = _activation("Mish", F.mish, [_INPLACE])
Sigmoid = _activation("Sigmoid", torch.sigmoid)
Tanh = _activation("Tanh", torch.tanh)
LogSigmoid = _activation("LogSigmoid", F.logsigmoid)
Softplus = _activation("Softplus", F.softplus, [("beta", 1), ("threshold", 20)])
Softsign = _activation("Softsign", F.softsign)
Tanhshrink = _activation("Tanhshrink", F.tanhshrink)
Softshrink = _activation("Softshrink", F.softshrink, [("lambd", 0.5)])
Hardshrink = _activation("Hardshrink", F.hardshrink, [("lambd", 0.5)])
Hardtanh = _activation("Hardtanh", F.hardtanh, [("min_val", -1.0), ("max_val", 1.0), _INPLACE])
Hardsigmoid = _activation("Hardsigmoid", F.hardsigmoid, [_INPLACE])
Hardswish = _activation("Hardswish", F.hardswish, [_INPLACE])
GLU = _activation("GLU", F.glu, [("dim", -1)])
Softmax = _activation("Softmax", F.softmax, [("dim", None)])
LogSoftmax = _activation("LogSoftmax", F.log_softmax, [("dim", None)])
Softmin = _activation("Softmin", F.softmin, [("dim", None)])


class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = Parameter(torch.full((num_parameters,), init, dtype=dtype))

    def forward(self, input):
        return F.prelu(input, self.weight)

    def extra_repr(self):
        return f"num_parameters={self.num_parameters}"


class Threshold(Module):
    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value

        self.inplace = inplace

    def forward(self, input):
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self):
        return f"threshold={self.threshold}, value={self.value}" + (", inplace=True" if self.inplace else "")


class RReLU(Module):
    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input):
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self):
        return f"lower={self.lower}, upper={self.upper}" + (", inplace=True" if self.inplace else "")


class Softmax2d(Module):
    def forward(self, input):
        if input.dim() not in (3, 4):
            raise AssertionError("Softmax2d requires a 3D or 4D tensor as input")
        return F.softmax(input, -3)
