import torch


class AdamW:
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019). For each parameter p with
    gradient g, in its step number t, counted from 1:

    - `p ← p - lr · decay · p`
    - `m ← β1 · m + (1 - β1) · g` and `s ← β2 · s + (1 - β2) · g²`, both from 0
    - `p ← p - lr · (m / (1 - β1^t)) / (√(s / (1 - β2^t)) + eps)`

    A parameter without a gradient is skipped: it does not move, and its step is not counted.
    """

    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
        self.parameters = list(parameters)
        self.lr, self.beta1, self.beta2, self.eps, self.decay = lr, beta1, beta2, eps, decay
        self.steps = [0] * len(self.parameters)
        self.means = [torch.zeros_like(p) for p in self.parameters]
        self.squares = [torch.zeros_like(p) for p in self.parameters]

    def step(self) -> None:
        """Moves all parameters that have a gradient, in place; gradients stay as they are."""
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                if p.grad is None:
                    continue
                self.steps[i] += 1
                p.mul_(1 - self.lr * self.decay)
                mean = self.means[i].mul_(self.beta1).add_((1 - self.beta1) * p.grad)
                square = self.squares[i].mul_(self.beta2).add_((1 - self.beta2) * p.grad**2)
                mean = mean / (1 - self.beta1 ** self.steps[i])
                square = square / (1 - self.beta2 ** self.steps[i])
                p.sub_(self.lr * mean / (square.sqrt() + self.eps))
