import math

import pytest
import torch
from framework import assert_close
from user_kata import clip_gradients


def leaf(*gradient):
    """A parameter with this gradient; without one if nothing is given."""
    out = torch.zeros(max(1, len(gradient)), requires_grad=True)
    if gradient:
        out.grad = torch.tensor(gradient, dtype=torch.float32)
    return out


def assert_gradient(parameter, *expected):
    assert_close(parameter.grad, torch.tensor(expected, dtype=torch.float32), 1e-5, "gradient")


def test_a_long_gradient_becomes_as_long_as_the_limit():
    p = leaf(30, 40)
    assert clip_gradients([p], 5) == pytest.approx(50)
    assert_gradient(p, 3, 4)


def test_the_length_is_that_of_all_gradients_together():
    a, b = leaf(6), leaf(0, 8)
    assert clip_gradients([a, b], 5) == pytest.approx(10)
    assert_gradient(a, 3)
    assert_gradient(b, 0, 4)


def test_short_gradients_are_left_exactly_as_they_are():
    p = leaf(0.3, 0.4)
    gradient = p.grad
    assert clip_gradients([p], 1) == pytest.approx(0.5)
    assert p.grad is gradient
    assert p.grad.tolist() == torch.tensor([0.3, 0.4]).tolist()


def test_a_length_at_the_limit_is_not_too_long():
    p = leaf(3, 4)
    assert clip_gradients([p], 5) == 5
    assert p.grad.tolist() == [3, 4]


def test_gradients_are_shortened_in_place():
    p = leaf(0, 10)
    gradient = p.grad
    clip_gradients([p], 2)
    assert p.grad is gradient
    assert_gradient(p, 0, 2)


def test_parameters_without_a_gradient_take_no_part():
    a, b = leaf(), leaf(3, 4)
    assert clip_gradients([a, b], 1) == pytest.approx(5)
    assert a.grad is None
    assert_gradient(b, 0.6, 0.8)


def test_no_gradients_have_no_length():
    assert clip_gradients([], 1) == 0
    assert clip_gradients([leaf()], 1) == 0


def test_zero_gradients_stay_zero():
    p = leaf(0, 0)
    assert clip_gradients([p], 1) == 0
    assert_gradient(p, 0, 0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_gradients_that_are_not_finite_are_all_cleared(bad):
    a, b = leaf(1, 2), leaf(bad)
    length = clip_gradients([a, b], 100)
    assert not math.isfinite(length)
    assert a.grad is None
    assert b.grad is None


def test_the_parameters_themselves_do_not_move():
    p = leaf(30, 40)
    assert clip_gradients((parameter for parameter in [p]), 5) == pytest.approx(50)
    assert p.tolist() == [0, 0]
    assert_gradient(p, 3, 4)


def test_gradients_of_any_shape_count():
    p = torch.zeros(2, 3, requires_grad=True)
    p.grad = torch.full((2, 3), -2.0)
    assert clip_gradients([p], math.sqrt(6)) == pytest.approx(math.sqrt(24))
    assert_close(p.grad, torch.full((2, 3), -1.0), 1e-5, "gradient")
