"""Recurrent networks and their cells."""
import math
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn import init
from torch.nn._module import Module, Parameter


class _Rnn(Module):
    """Cells over the steps of a sequence, in layers, one way or both."""

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, proj_size=0, nonlinearity=None, device=None, dtype=None):
        super().__init__()
        if proj_size < 0:
            raise ValueError("proj_size should be a positive integer or zero to disable projections")
        if proj_size and self._gates != 4:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        if proj_size >= hidden_size > 0:
            raise ValueError("proj_size has to be smaller than hidden_size")
        self.proj_size = proj_size
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.nonlinearity = nonlinearity
        ways = 2 if bidirectional else 1
        rows = self._gates * hidden_size
        for layer in range(num_layers):
            for way in range(ways):
                end = f"_l{layer}" + ("_reverse" if way else "")
                shown = proj_size or hidden_size
                width = input_size if layer == 0 else shown * ways
                shapes = [("weight_ih", (rows, width)), ("weight_hh", (rows, shown))]
                if bias:
                    shapes += [("bias_ih", (rows,)), ("bias_hh", (rows,))]
                if proj_size:
                    shapes.append(("weight_hr", (proj_size, hidden_size)))
                for name, shape in shapes:
                    self.register_parameter(name + end, Parameter(torch.empty(shape, dtype=dtype)))
        self.reset_parameters()

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for value in self.parameters():
            init.uniform_(value, -bound, bound)

    def flatten_parameters(self):
        """There is nothing to lay out anew."""

    def _weights(self, layer, way):
        end = f"_l{layer}" + ("_reverse" if way else "")
        names = ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if self.bias else [])
        found = [getattr(self, name + end) for name in names]
        if not self.bias:
            found += [None, None]
        return found + [getattr(self, "weight_hr" + end)] if self.proj_size else found

    def forward(self, input, hx=None):
        if input.dim() not in (2, 3):
            raise RuntimeError(f"{type(self).__name__}: Expected input to be 2-D or 3-D but received {input.dim()}-D tensor")
        if input.size(-1) != self.input_size:
            raise RuntimeError(f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}")
        bare = input.dim() == 2
        x = input.unsqueeze(1) if bare else input.transpose(0, 1) if self.batch_first else input
        ways = 2 if self.bidirectional else 1
        count = self.num_layers * ways
        if hx is None:
            states = [self._zero(x) for _ in range(count)]
        else:
            states = self._states(hx, count, bare)
        last = []
        for layer in range(self.num_layers):
            outs = []
            for way in range(ways):
                weights = self._weights(layer, way)
                state = states[layer * ways + way]
                steps = []
                order = range(x.size(0) - 1, -1, -1) if way else range(x.size(0))
                for t in order:
                    state = self._cell(x[t], state, *weights)
                    steps.append(self._shown(state))
                if way:
                    steps.reverse()
                outs.append(torch.stack(steps))
                last.append(state)
            x = outs[0] if ways == 1 else torch.cat(outs, -1)
            if self.dropout > 0 and layer < self.num_layers - 1:
                x = F.dropout(x, self.dropout, self.training)
        out = x.squeeze(1) if bare else x.transpose(0, 1) if self.batch_first else x
        return out, self._joined(last, bare)

    def _zero(self, x):
        return x.new_zeros(x.size(1), self.hidden_size)

    def _shown(self, state):
        return state

    def _states(self, hx, count, bare):
        if bare:
            hx = hx.unsqueeze(1)
        return [hx[i] for i in range(count)]

    def _joined(self, states, bare):
        joined = torch.stack(states)
        return joined.squeeze(1) if bare else joined

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        if self.proj_size:
            text += f", proj_size={self.proj_size}"
        if self.num_layers != 1:
            text += f", num_layers={self.num_layers}"
        if not self.bias:
            text += ", bias=False"
        if self.batch_first:
            text += ", batch_first=True"
        if self.dropout != 0:
            text += f", dropout={self.dropout}"
        if self.bidirectional:
            text += ", bidirectional=True"
        return text


def _rnn_step(x, h, w_ih, w_hh, b_ih, b_hh, act=torch.tanh):
    return act(F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh))


def _gru_step(x, h, w_ih, w_hh, b_ih, b_hh):
    a_r, a_z, a_n = F.linear(x, w_ih, b_ih).chunk(3, -1)
    h_r, h_z, h_n = F.linear(h, w_hh, b_hh).chunk(3, -1)
    r = torch.sigmoid(a_r + h_r)
    z = torch.sigmoid(a_z + h_z)
    n = torch.tanh(a_n + r * h_n)
    return (1 - z) * n + z * h


def _lstm_step(x, state, w_ih, w_hh, b_ih, b_hh, w_hr=None):
    h, c = state
    i, f, g, o = (F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)).chunk(4, -1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return (h if w_hr is None else F.linear(h, w_hr)), c


class RNN(_Rnn):
    _gates = 1

    def __init__(self, *args, nonlinearity="tanh", **kwargs):
        super().__init__(*args, nonlinearity=nonlinearity, **kwargs)

    def _cell(self, *args):
        return _rnn_step(*args, act=torch.relu if self.nonlinearity == "relu" else torch.tanh)


class GRU(_Rnn):
    _gates = 3
    _cell = staticmethod(_gru_step)


class LSTM(_Rnn):
    _gates = 4
    _cell = staticmethod(_lstm_step)

    def _zero(self, x):
        return x.new_zeros(x.size(1), self.proj_size or self.hidden_size), x.new_zeros(x.size(1), self.hidden_size)

    def _shown(self, state):
        return state[0]

    def _states(self, hx, count, bare):
        h, c = hx
        if bare:
            h, c = h.unsqueeze(1), c.unsqueeze(1)
        return [(h[i], c[i]) for i in range(count)]

    def _joined(self, states, bare):
        h = torch.stack([s[0] for s in states])
        c = torch.stack([s[1] for s in states])
        return (h.squeeze(1), c.squeeze(1)) if bare else (h, c)


class _RnnCell(Module):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = self._gates * hidden_size
        self.weight_ih = Parameter(torch.empty(rows, input_size, dtype=dtype))
        self.weight_hh = Parameter(torch.empty(rows, hidden_size, dtype=dtype))
        self.register_parameter("bias_ih", Parameter(torch.empty(rows, dtype=dtype)) if bias else None)
        self.register_parameter("bias_hh", Parameter(torch.empty(rows, dtype=dtype)) if bias else None)
        bound = 1.0 / math.sqrt(hidden_size) if hidden_size > 0 else 0
        for value in self.parameters():
            init.uniform_(value, -bound, bound)

    def forward(self, input, hx=None):
        if hx is None:
            zero = input.new_zeros(*input.shape[:-1], self.hidden_size)
            hx = (zero, zero) if self._gates == 4 else zero
        return self._cell(input, hx, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        return text if self.bias else text + ", bias=False"


class RNNCell(_RnnCell):
    _gates = 1

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, device, dtype)
        self.nonlinearity = nonlinearity

    def _cell(self, *args):
        return _rnn_step(*args, act=torch.relu if self.nonlinearity == "relu" else torch.tanh)


class GRUCell(_RnnCell):
    _gates = 3
    _cell = staticmethod(_gru_step)


class LSTMCell(_RnnCell):
    _gates = 4
    _cell = staticmethod(_lstm_step)
