from contextlib import contextmanager
from dataclasses import dataclass

from torch import Tensor, nn


@dataclass
class Activity:
    """What was seen of a layer's outputs, over all of its calls."""

    calls: int = 0
    elements: int = 0
    total: float = 0  # the sum of the absolute values
    dead: int = 0  # how many elements were zero

    def see(self, output: Tensor) -> None:
        """Adds an output, of any shape."""
        self.calls += 1
        self.elements += output.numel()
        self.total += output.detach().abs().sum().item()
        self.dead += (output == 0).sum().item()


@contextmanager
def watched(model: nn.Module):
    """Within `with watched(model) as activities:` the outputs of all layers of the model are seen.
    A layer is a module without children. At the end no hook is left, also if the block fails.

    Yields:
        a dictionary from a layer's name in the model to its Activity; all layers have one
    """
    layers = {name: m for name, m in model.named_modules() if not any(m.children())}
    activities = {name: Activity() for name in layers}

    def hook_for(activity: Activity):
        return lambda module, inputs, output: activity.see(output)

    handles = [m.register_forward_hook(hook_for(activities[name])) for name, m in layers.items()]
    try:
        yield activities
    finally:
        for handle in handles:
            handle.remove()
