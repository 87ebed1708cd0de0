import torch


class WeightAverage:
    """A slow copy of parameters. `averages` has a tensor for each of them, equal to them in the
    beginning and without gradients.
    """

    def __init__(self, parameters, decay: float):
        self.parameters = list(parameters)
        self.decay = decay
        self.steps = 0
        self.averages = [parameter.detach().clone() for parameter in self.parameters]

    def update(self) -> None:
        """To be called after each step n, from 1: moves the averages, in place, towards the
        parameters: `average ← d · average + (1 - d) · parameter`, with d the smaller of `decay` and
        `(1 + n) / (10 + n)`.
        """
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for average, parameter in zip(self.averages, self.parameters):
                average.mul_(decay).add_(parameter, alpha=1 - decay)

    def swap(self) -> None:
        """Exchanges the values of parameters and averages, in place: once to use the averages, and
        once more to go on training.
        """
        with torch.no_grad():
            for average, parameter in zip(self.averages, self.parameters):
                before = parameter.clone()
                parameter.copy_(average)
                average.copy_(before)
