"""`einops.layers.torch`: patterns as modules."""
import einops
import torch
from einops import EinopsError
from torch.nn import Module, Parameter


class _Layer(Module):
    def _check(self, operation, names):
        """Says at once what is wrong with a pattern whatever the shape is."""
        error = None
        for ndim in range(8):
            try:
                einops._plan(self.pattern, operation, names, ndim)
                return
            except EinopsError as found:
                if error is None or not str(found).startswith("Wrong shape"):
                    error = found
        raise EinopsError(f" Error while preparing {self!r}\n {error}") from None

    def extra_repr(self):
        return ", ".join(self._words())

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(self._words())})"


class Rearrange(_Layer):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths
        self._check("rearrange", tuple(axes_lengths))

    def _words(self):
        return [repr(self.pattern)] + [f"{name}={size}" for name, size in self.axes_lengths.items()]

    def forward(self, input):
        return einops.rearrange(input, self.pattern, **self.axes_lengths)


class Reduce(_Layer):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths
        self._check(reduction, tuple(axes_lengths))

    def _words(self):
        return [repr(self.pattern), repr(self.reduction)] + [f"{name}={size}" for name, size in self.axes_lengths.items()]

    def forward(self, input):
        return einops.reduce(input, self.pattern, self.reduction, **self.axes_lengths)


class EinMix(Module):
    """A product with weights of named dims: `EinMix("b c -> b d", weight_shape="c d", bias_shape="d", c=3, d=4)`."""

    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern, self.weight_shape, self.bias_shape, self.axes_lengths = pattern, weight_shape, bias_shape, axes_lengths
        if "(" in pattern or "..." in pattern:
            raise NotImplementedError("EinMix with composed axes or dots is not here; nearest: Rearrange before and after it")
        left, right = (side.split() for side in pattern.split("->"))
        weight = weight_shape.split()
        for axis in weight:
            if axis not in axes_lengths:
                raise EinopsError(f"Dimension {axis} of weight should be specified")
        fan = 1
        for axis in weight:
            if axis not in right:
                fan *= axes_lengths[axis]
        bound = (3 / fan) ** 0.5
        self.weight = Parameter((torch.rand([axes_lengths[axis] for axis in weight]) * 2 - 1) * bound)
        self.bias = None
        if bias_shape is not None:
            names = bias_shape.split()
            sizes = [axes_lengths[axis] if axis in names else 1 for axis in right]
            self.bias = Parameter((torch.rand(sizes) * 2 - 1) * fan**-0.5)
        self._product = f"{' '.join(left)}, {' '.join(weight)} -> {' '.join(right)}"

    def forward(self, input):
        result = einops.einsum(input, self.weight, self._product)
        return result if self.bias is None else result + self.bias

    def __repr__(self):
        words = [repr(self.pattern), repr(self.weight_shape)] + ([] if self.bias_shape is None else [repr(self.bias_shape)])
        return f"EinMix({', '.join(words + [f'{name}={size}' for name, size in self.axes_lengths.items()])})"
