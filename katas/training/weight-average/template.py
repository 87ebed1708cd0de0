import torch


class WeightAverage:
    """A slow copy of parameters. `averages` has a tensor for each of them, equal to them in the
    beginning and without gradients.
    """

    def __init__(self, parameters, decay: float):
        self.parameters = list(parameters)
        self.decay = decay
        self.steps = 0
        # BLANK_START
        # TODO: copies of their own.
        raise NotImplementedError
        # BLANK_END

    def update(self) -> None:
        """To be called after each step n, from 1: moves the averages, in place, towards the
        parameters: `average ← d · average + (1 - d) · parameter`, with d the smaller of `decay` and
        `(1 + n) / (10 + n)`.
        """
        # BLANK_START
        # TODO: count the step, find its decay, move.
        raise NotImplementedError
        # BLANK_END

    def swap(self) -> None:
        """Exchanges the values of parameters and averages, in place: once to use the averages, and
        once more to go on training.
        """
        # BLANK_START
        # TODO: through a third place.
        raise NotImplementedError
        # BLANK_END
