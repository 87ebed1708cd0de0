import math
#R
#R
def learning_rate(step: int, peak: float, warmup: int, total: int, floor: float = 0) -> float:
    """The learning rate of a step, counted from 0. During the first `warmup` steps it rises in a
    straight line, from `peak / warmup` to `peak`. From step `warmup` on it falls along half a
    cosine: from `peak` at step `warmup` to `floor` at step `total`, where it stays.

    Args:
        warmup: how many steps, from 0; less than `total`
    """
    if step < warmup:
        return peak * (step + 1) / warmup
    progress = min(step, total) - warmup
    falling = (1 + math.cos(math.pi * progress / (total - warmup))) / 2
    return floor + (peak - floor) * falling


def schedule(peak: float, warmup: int, total: int, floor: float = 0) -> list[float]:
    """The learning rates of all `total` steps."""
    return [learning_rate(step, peak, warmup, total, floor) for step in range(total)]
