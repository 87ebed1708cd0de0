from torch import Tensor


def training_step(loss, parameters, velocities, lr, momentum, weight_decay) -> float:
    """One training step by gradient descent with momentum, in place. For each parameter p with
    velocity v, and the gradient g of the loss:

    - `v ← momentum · v + g + weight_decay · p`
    - `p ← p - lr · v`

    Parameters that the loss does not depend on stay as they are, with their velocities.
    No parameter has a `grad` left afterwards.

    Args:
        loss: computes the loss, a tensor of one element, from the parameters as they are
        parameters: leaves that require gradients, none of which has a `grad` yet
        velocities: one for each parameter, of its shape; no gradients
        lr: the learning rate

    Returns:
        the loss before the step
    """
    # BLANK_START
    # TODO: the loss, its gradients, then every velocity and every parameter in place.
    raise NotImplementedError
    # BLANK_END
