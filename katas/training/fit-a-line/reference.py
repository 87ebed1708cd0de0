import torch
from torch import Tensor


def fit_line(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor, list[float]]:
    """Fits `y ≈ slope · x + offset` by gradient descent on the mean of the squared errors, from
    slope 0 and offset 0.

    Args:
        x: shape [n]
        y: shape [n]
        lr: the learning rate
        steps: how many steps to take

    Returns:
        slope and offset, of shape [], and the loss before each step
    """
    slope, offset = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = (slope * x + offset - y).square().mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for leaf in (slope, offset):
                leaf -= lr * leaf.grad
                leaf.grad = None
    return slope.detach(), offset.detach(), losses
