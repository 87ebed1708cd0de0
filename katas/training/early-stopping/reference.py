class EarlyStopping:
    """Watches a loss, round by round, and says when to stop.

    A round is an improvement when its loss is less than `best` by more than `least`; a NaN is
    none. After `patience` rounds in a row without an improvement it is time to stop.
    """

    def __init__(self, patience: int, least: float = 0):
        self.patience = patience
        self.least = least
        self.best = float("inf")
        self.best_round = None  # counted from 0
        self.rounds = 0

    def should_stop(self, loss: float) -> bool:
        """Takes the loss of the next round. Whether it is time to stop after this round."""
        if loss < self.best - self.least:
            self.best = loss
            self.best_round = self.rounds
        self.rounds += 1
        since = self.rounds if self.best_round is None else self.rounds - 1 - self.best_round
        return since >= self.patience
