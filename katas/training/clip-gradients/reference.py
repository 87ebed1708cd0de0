import math


def clip_gradients(parameters, limit: float) -> float:
    """Shortens the gradients of all parameters, in place and by the same factor, so that together
    they are no longer than `limit`; shorter ones are left as they are. When their length is not
    finite, all gradients are cleared, that is None, so that a step changes nothing.

    Args:
        parameters: tensors; `grad` may be None, and then takes no part
        limit: above 0

    Returns:
        the length before: the root of the sum of the squares of all elements of all gradients
    """
    with_gradient = [parameter for parameter in parameters if parameter.grad is not None]
    length = math.sqrt(sum(p.grad.square().sum().item() for p in with_gradient))
    for parameter in with_gradient:
        if not math.isfinite(length):
            parameter.grad = None
        elif length > limit:
            parameter.grad.mul_(limit / length)
    return length
