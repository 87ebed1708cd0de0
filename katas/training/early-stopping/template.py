class EarlyStopping:
    """Watches a loss, round by round, and says when to stop.

    A round is an improvement when its loss is less than `best` by more than `least`; a NaN is
    none. After `patience` rounds in a row without an improvement it is time to stop.
    """

    def __init__(self, patience: int, least: float = 0):
        self.patience = patience
        self.least = least
        # BLANK_START
        # TODO: what is known before the first round?
        raise NotImplementedError
        # BLANK_END

    def should_stop(self, loss: float) -> bool:
        """Takes the loss of the next round. Whether it is time to stop after this round."""
        # BLANK_START
        # TODO: an improvement, or one round more without.
        raise NotImplementedError
        # BLANK_END
