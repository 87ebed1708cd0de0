import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import numerical_gradient, smooth_relu

SIZE = params.get("size", 6)
SCALE = params.get("scale", 1)


def slopes_of(values):
    """The gradient of the sum of `smooth_relu`, as the kata wrote it."""
    x = torch.tensor(values, requires_grad=True)
    return torch.autograd.grad(smooth_relu(x).sum(), x)[0]


def test_a_square_has_twice_its_argument_as_its_slope():
    out = numerical_gradient(lambda x: x.square().sum(), torch.tensor([3.0, -1.0, 0.5]))
    assert_close(out, torch.tensor([6.0, -2.0, 1.0]), 1e-3, "gradient", atol=1e-3)


def test_each_element_has_a_slope_of_its_own_in_the_shape_of_x():
    weights = torch.tensor([[1.0, -2, 3], [40, 0, 0.5]])
    out = numerical_gradient(lambda x: (x * weights).sum(), torch.ones(2, 3))
    assert_shape(out, (2, 3), "gradient")
    assert_close(out, weights, 1e-3, "gradient", atol=1e-3)


def test_elements_that_are_multiplied_with_each_other_have_each_other_as_slopes():
    out = numerical_gradient(lambda x: x.prod(), torch.tensor([2.0, 3.0, 5.0]))
    assert_close(out, torch.tensor([15.0, 10.0, 6.0]), 1e-3, "gradient")


def test_the_steps_go_to_both_sides_so_curvature_does_not_show():
    out = numerical_gradient(lambda x: x.square().sum() * 50, torch.tensor([0.0, 1.0]), 0.5)
    assert_close(out, torch.tensor([0.0, 100.0]), 1e-4, "gradient", atol=1e-3)


def test_the_steps_are_as_long_as_asked_and_1e_2_by_default():
    # The slope of x³ by central differences is 3x² + h².
    cube = lambda x: (x * x * x).sum()
    out = numerical_gradient(cube, torch.tensor([0.0, 2.0]), 1)
    assert_close(out, torch.tensor([1.0, 13.0]), 1e-3, "gradient", atol=1e-4)
    assert_close(numerical_gradient(cube, torch.tensor([0.0])), torch.tensor([1e-4]), 1e-3)


def test_a_tensor_of_shape_nothing_has_a_slope_of_that_shape():
    out = numerical_gradient(lambda x: x * x, torch.tensor(4.0))
    assert_shape(out, (), "gradient")
    assert_close(out, torch.tensor(8.0), 1e-3)


def test_values_are_those_of_log_1_plus_exp():
    values = [-3.0, -1, -0.25, 0, 0.25, 1, 3]
    expected = [math.log1p(math.exp(x)) for x in values]
    assert_close(smooth_relu(torch.tensor(values)), torch.tensor(expected), 1e-4, "smooth relu")


def test_large_arguments_come_back_as_they_are_and_small_ones_go_to_zero():
    inf = float("inf")
    out = smooth_relu(torch.tensor([1000.0, 89, -1000, -inf, inf]))
    assert_close(out, torch.tensor([1000.0, 89, 0, 0, inf]), 1e-4, "smooth relu")


def test_small_results_keep_their_digits():
    out = smooth_relu(torch.tensor([-12.0]))
    assert_close(out, torch.tensor([math.log1p(math.exp(-12))]), 1e-3)


def test_the_derivative_is_the_logistic_function():
    values = [-3.0, -1, 0, 0.5, 2]
    expected = torch.tensor([1 / (1 + math.exp(-x)) for x in values])
    assert_close(slopes_of(values), expected, 1e-4, "slopes")


def test_the_derivative_is_finite_however_large_the_argument():
    slopes = slopes_of([1000.0, -1000, 100, -100])
    assert_close(slopes, torch.tensor([1.0, 0, 1, 0]), 1e-5, "slopes")


def test_the_gradient_that_arrives_is_multiplied_by_the_chain_rule():
    x = torch.zeros(3, requires_grad=True)
    (smooth_relu(x) * torch.tensor([2.0, -4.0, 10.0])).sum().backward()
    assert_close(x.grad, torch.tensor([1.0, -2.0, 5.0]), 1e-5, "gradient")


def test_the_gradient_has_a_gradient():
    values = [-2.0, 0.0, 1.0]
    x = torch.tensor(values, requires_grad=True)
    (first,) = torch.autograd.grad(smooth_relu(x).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    logistic = [1 / (1 + math.exp(-value)) for value in values]
    expected = torch.tensor([s * (1 - s) for s in logistic])
    assert_close(second, expected, 1e-4, "second derivative")


def test_the_gradient_by_hand_and_the_one_by_differences_agree():
    x, weights = torch.randn(SIZE) * SCALE, torch.randn(SIZE)
    f = lambda at: (smooth_relu(at) * weights).sum()
    numerical = numerical_gradient(f, x, 0.05)
    x.requires_grad_()
    f(x).backward()
    assert_close(x.grad, numerical, 1e-2, "gradient", atol=2e-3)
