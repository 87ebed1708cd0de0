import torch
from torch import Tensor


def numerical_gradient(f, x: Tensor, h: float = 1e-2) -> Tensor:
    """The slope of `f` in each element of x, by central differences:
    `out[i] = (f(x + h at i) - f(x - h at i)) / 2h`.

    Args:
        f: from a tensor of x's shape to one of a single element, shape []
        x: any shape
        h: how far to go to each side

    Returns:
        same shape as x
    """
    steps = (torch.eye(x.numel()) * h).reshape(-1, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * h) for step in steps]
    return torch.stack(slopes).reshape(x.shape)


class SmoothRelu(torch.autograd.Function):
    """The smooth ReLU `log(1 + exp(x))`, for x of any size, with its gradient written down:
    the derivative is `1 / (1 + exp(-x))`.
    """

    @staticmethod
    def forward(ctx, x: Tensor) -> Tensor:
        """Same shape as x; `ctx.save_for_backward(x)` keeps x for the way back."""
        ctx.save_for_backward(x)
        return x.relu() + (-x.abs()).exp().log1p()

    @staticmethod
    def backward(ctx, gradient: Tensor) -> Tensor:
        """What arrives is the gradient of the result; what is returned is the gradient of x."""
        (x,) = ctx.saved_tensors
        return gradient * x.sigmoid()


def smooth_relu(x: Tensor) -> Tensor:
    """`SmoothRelu` as a function of tensors."""
    return SmoothRelu.apply(x)
