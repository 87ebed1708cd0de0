import pytest
import torch
from framework import assert_close
from kata import params
from user_kata import training_step

PLAIN = {"lr": 0.1, "momentum": 0, "weight_decay": 0}
SETTINGS = {
    "lr": 0.05,
    "momentum": params.get("momentum", 0.9),
    "weight_decay": params.get("weightDecay", 0.01),
}


def leaf(*values):
    return torch.tensor(values, dtype=torch.float32, requires_grad=True)


def bowl(p, goal, scale=1):
    """Half of `scale · |p - goal|²`, whose gradient is `scale · (p - goal)`."""
    return (p - torch.tensor(goal)).square().sum() * scale / 2


def assert_values(tensor, *expected):
    assert_close(tensor.detach(), torch.tensor(expected, dtype=torch.float32), 1e-5, "tensor")


def test_a_parameter_moves_against_its_gradient_by_the_learning_rate():
    p = leaf(3, -1)
    training_step(lambda: bowl(p, [1.0, 1.0]), [p], [torch.zeros(2)], **PLAIN)
    assert_values(p, 3 - 0.2, -1 + 0.2)


def test_the_loss_that_is_returned_is_the_one_before_the_step_as_a_number():
    p = leaf(3, -1)
    losses = [
        training_step(lambda: bowl(p, [1.0, 1.0]), [p], [torch.zeros(2)], **PLAIN) for _ in range(2)
    ]
    assert isinstance(losses[0], float)
    assert losses == pytest.approx([4, 4 * 0.81])


def test_gradients_of_the_step_before_are_not_added_to_those_of_this_one():
    p = leaf(10)
    for _ in range(3):
        training_step(lambda: bowl(p, [0.0]), [p], [torch.zeros(1)], **PLAIN)
        assert p.grad is None
    assert_values(p, 10 * 0.9**3)


def test_every_parameter_moves_by_its_own_gradient():
    a, b = leaf(1, 2), leaf(5)
    loss = lambda: bowl(a, [0.0, 0.0]) + bowl(b, [0.0], 3)
    training_step(loss, [a, b], [torch.zeros(2), torch.zeros(1)], **PLAIN)
    assert_values(a, 0.9, 1.8)
    assert_values(b, 5 - 0.1 * 15)


def test_the_velocity_is_written_in_place_and_carries_on():
    p, v = leaf(8), torch.zeros(1)
    heavy = {"lr": 0.25, "momentum": 0.5, "weight_decay": 0}
    training_step(lambda: bowl(p, [0.0]), [p], [v], **heavy)
    assert_values(v, 8)
    assert_values(p, 6)
    training_step(lambda: bowl(p, [0.0]), [p], [v], **heavy)
    assert_values(v, 10)
    assert_values(p, 3.5)


def test_a_velocity_that_is_there_moves_a_parameter_without_a_slope():
    p, v = leaf(2), torch.tensor([4.0])
    training_step(lambda: (p * 0).sum(), [p], [v], lr=0.5, momentum=0.75, weight_decay=0)
    assert_values(v, 3)
    assert_values(p, 0.5)


def test_weight_decay_pulls_towards_zero_in_proportion_to_the_parameter():
    p = leaf(4, -2)
    training_step(lambda: (p * 0).sum(), [p], [torch.zeros(2)], 0.5, 0, 0.1)
    assert_values(p, 3.8, -1.9)


def test_weight_decay_goes_through_the_velocity_with_the_parameter_before_the_step():
    p, v = leaf(2), torch.tensor([1.0])
    training_step(lambda: bowl(p, [1.0]), [p], [v], lr=1, momentum=0.5, weight_decay=3)
    assert_values(v, 0.5 + 1 + 6)
    assert_values(p, 2 - 7.5)


def test_a_parameter_that_the_loss_does_not_need_stays_and_so_does_its_velocity():
    idle, used = leaf(7), leaf(1)
    velocities = [torch.tensor([5.0]), torch.zeros(1)]
    training_step(lambda: bowl(used, [0.0]), [idle, used], velocities, 0.1, 0.9, 0.5)
    assert_values(idle, 7)
    assert_values(velocities[0], 5)
    assert_values(used, 1 - 0.1 * 1.5)


def test_parameters_stay_leaves_that_require_gradients_and_velocities_record_nothing():
    p, v = leaf(1, 2), torch.zeros(2)
    training_step(lambda: bowl(p, [0.0, 0.0]), [p], [v], **SETTINGS)
    assert p.is_leaf and p.requires_grad
    assert not v.requires_grad
    p.square().sum().backward()
    assert_close(p.grad, p.detach() * 2, 1e-5, "gradient of the next loss")


def test_thirty_steps_with_the_variations_settings_match_a_loop():
    # One weight, and a loss of (w x - y)² / 2 whose gradient is (w x - y) x.
    w, v, weight, speed, x, y = leaf(1), torch.zeros(1), 1.0, 0.0, 1.5, -2.0
    for _ in range(30):
        expected = (weight * x - y) ** 2 / 2
        found = training_step(lambda: (w * x - y).square().sum() / 2, [w], [v], **SETTINGS)
        assert found == pytest.approx(expected, rel=1e-3, abs=1e-5)
        slope = (weight * x - y) * x + SETTINGS["weight_decay"] * weight
        speed = SETTINGS["momentum"] * speed + slope
        weight -= SETTINGS["lr"] * speed
    assert_close(w.detach(), torch.tensor([weight]), 1e-3, "weight", atol=1e-4)
