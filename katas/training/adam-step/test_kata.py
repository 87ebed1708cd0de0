import math

import torch
from framework import assert_close
from kata import params
from user_kata import AdamW

DECAY = params.get("decay", 0.1)
BETA1 = params.get("beta1", 0.9)
BETA2 = params.get("beta2", 0.999)


def leaf(*values):
    return torch.tensor(values, dtype=torch.float32, requires_grad=True)


def with_gradient(p, *gradient):
    p.grad = torch.tensor(gradient, dtype=torch.float32)
    return p


def assert_values(tensor, *expected):
    expected = torch.tensor(expected, dtype=torch.float32)
    assert_close(tensor.detach(), expected, 1e-4, "parameter", atol=1e-6)


def test_the_first_step_is_as_long_as_the_learning_rate_whatever_the_slope():
    p = with_gradient(leaf(1, 1, 1), 5, -0.001, 300)
    AdamW([p], lr=0.1, decay=0).step()
    assert_values(p, 0.9, 1.1, 0.9)


def test_weight_decay_shrinks_beside_the_step():
    p = with_gradient(leaf(10), 2)
    AdamW([p], lr=0.5, decay=0.1).step()
    assert_values(p, 10 - 0.5 * 0.1 * 10 - 0.5)


def test_a_gradient_of_zero_leaves_only_the_decay():
    p = with_gradient(leaf(8), 0)
    AdamW([p], lr=0.5, decay=0.25).step()
    assert_values(p, 7)


def test_the_defaults_are_the_customary_ones():
    p = leaf(1)
    optimizer = AdamW([p], lr=0.1)
    for gradient in (1.0, -3.0):
        with_gradient(p, gradient)
        optimizer.step()
    x = (1 - 0.001) - 0.1
    mean, square = (0.9 * 0.1 - 0.1 * 3) / 0.19, (0.999 * 0.001 + 0.001 * 9) / (1 - 0.999**2)
    assert_values(p, x * 0.999 - 0.1 * mean / math.sqrt(square))


def test_eps_is_added_to_the_root_and_is_1e_8_by_default():
    p = with_gradient(leaf(0), 1)
    AdamW([p], lr=1, eps=3, decay=0).step()
    assert_values(p, -0.25)
    p = with_gradient(leaf(0), 1e-8)
    AdamW([p], lr=1, decay=0).step()
    assert_values(p, -0.5)


def test_many_steps_with_the_variations_settings_match_a_loop():
    p, x, mean, square = leaf(3, -2), [3.0, -2.0], [0.0, 0.0], [0.0, 0.0]
    optimizer = AdamW([p], 0.05, BETA1, BETA2, 1e-3, DECAY)
    for t in range(1, 16):
        slopes = [2 * x[0], math.cos(t) + x[1]]
        with_gradient(p, *slopes)
        optimizer.step()
        for i, g in enumerate(slopes):
            x[i] -= 0.05 * DECAY * x[i]
            mean[i] = BETA1 * mean[i] + (1 - BETA1) * g
            square[i] = BETA2 * square[i] + (1 - BETA2) * g * g
            root = math.sqrt(square[i] / (1 - BETA2**t))
            x[i] -= 0.05 * mean[i] / (1 - BETA1**t) / (root + 1e-3)
    assert_values(p, *x)


def test_a_parameter_without_a_gradient_is_skipped_and_its_steps_are_not_counted():
    idle, p = leaf(5), with_gradient(leaf(1), 1)
    optimizer = AdamW([idle, p], lr=0.1, decay=0.5)
    for _ in range(3):
        optimizer.step()
    assert_values(idle, 5)
    with_gradient(idle, -4)
    optimizer.step()
    assert_values(idle, 5 - 0.1 * 0.5 * 5 + 0.1)


def test_every_parameter_has_its_own_means():
    a, b = with_gradient(leaf(0), 1), with_gradient(leaf(0), -100)
    optimizer = AdamW([a, b], lr=0.1, decay=0)
    for _ in range(3):
        optimizer.step()
    assert_values(a, -0.3)
    assert_values(b, 0.3)


def test_parameters_stay_leaves_and_gradients_stay_as_they_are():
    p = with_gradient(leaf(1, 2), 3, 4)
    gradient = p.grad
    AdamW((parameter for parameter in [p]), lr=0.1).step()
    assert p.is_leaf and p.requires_grad
    assert p.grad is gradient
    assert p.grad.tolist() == [3, 4]
    assert p.grad.requires_grad is False


def test_it_finds_the_minimum_of_a_narrow_valley():
    p = leaf(1, 1)
    optimizer = AdamW([p], lr=0.1, decay=0)
    for _ in range(120):
        p.grad = None
        (100 * p[0] ** 2 + (p[1] - 3) ** 2).backward()
        optimizer.step()
    assert abs(p[0].item()) < 0.05
    assert abs(p[1].item() - 3) < 0.1
