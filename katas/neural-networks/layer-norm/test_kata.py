import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import layer_norm

EPS = params.get("eps", 1e-5)
FEATURES = params.get("features", 6)


def norm_of(row, weight, bias, eps):
    """Layer norm of one row, in Python's own floats."""
    mean = sum(row) / len(row)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in row) / len(row) + eps)
    return [(value - mean) / deviation * w + b for value, w, b in zip(row, weight, bias)]


def test_each_row_gets_mean_zero_and_biased_variance_one():
    x = torch.tensor([[1.0, 3.0], [10.0, -10.0], [-4.0, -2.0]])
    out = layer_norm(x, torch.ones(2), torch.zeros(2), 0)
    assert_close(out, torch.tensor([[-1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]]), 1e-5, "layer norm")


def test_the_variance_divides_by_d_and_not_by_d_minus_1():
    out = layer_norm(torch.tensor([2.0, 4, 6, 8]), torch.ones(4), torch.zeros(4), 0)
    assert_close(out, torch.tensor([-3.0, -1, 1, 3]) / math.sqrt(5))


def test_random_rows_of_the_variations_sizes_match_a_loop():
    x = torch.randn(4, FEATURES) * 3 + 2
    weight, bias = torch.randn(FEATURES), torch.randn(FEATURES)
    expected = [norm_of(row, weight.tolist(), bias.tolist(), EPS) for row in x.tolist()]
    out = layer_norm(x, weight, bias, EPS)
    assert_close(out, torch.tensor(expected), 1e-4, "layer norm", atol=1e-5)


def test_weight_is_applied_before_bias_and_both_by_feature():
    x = torch.tensor([[1.0, 3.0], [3.0, 1.0]])
    out = layer_norm(x, torch.tensor([2.0, 10.0]), torch.tensor([0.5, -100.0]), 0)
    assert_close(out, torch.tensor([[-1.5, -90.0], [2.5, -110.0]]))


def test_leading_axes_are_independent_of_each_other():
    x, weight, bias = torch.randn(2, 3, 4), [1.0, 2, 3, 4], [0.0, 1, 0, -1]
    expected = [[norm_of(row, weight, bias, 1e-5) for row in rows] for rows in x.tolist()]
    out = layer_norm(x, torch.tensor(weight), torch.tensor(bias))
    assert_close(out, torch.tensor(expected), 1e-4, "layer norm", atol=1e-5)


def test_a_vector_is_a_single_row():
    out = layer_norm(torch.tensor([5.0, 7.0]), torch.ones(2), torch.zeros(2), 0)
    assert_shape(out, (2,), "layer norm")
    assert_close(out, torch.tensor([-1.0, 1.0]))


def test_a_transposed_matrix_is_normalized_along_its_own_last_axis():
    x = torch.tensor([[1.0, 10, -6], [3, 30, -8]]).T
    out = layer_norm(x, torch.tensor([1.0, 3.0]), torch.tensor([0.0, 1.0]), 0)
    assert_close(out, torch.tensor([[-1.0, 4], [-1, 4], [1, -2]]))


def test_a_constant_row_becomes_the_bias_and_not_nan():
    bias = torch.tensor([7.0, 8.0, 9.0])
    out = layer_norm(torch.full((1, 3), 4.0), torch.tensor([2.0, 3.0, 4.0]), bias)
    assert_close(out, bias.unsqueeze(0))


def test_eps_is_added_to_the_variance_inside_the_root():
    out = layer_norm(torch.tensor([[-4.0, 4.0]]), torch.ones(2), torch.zeros(2), 9)
    assert_close(out, torch.tensor([[-0.8, 0.8]]))


def test_the_default_eps_is_1e_5():
    out = layer_norm(torch.tensor([[-0.002, 0.002]]), torch.ones(2), torch.zeros(2))
    value = 0.002 / math.sqrt(4e-6 + 1e-5)
    assert_close(out, torch.tensor([[-value, value]]), 1e-4)


def test_a_large_mean_does_not_drown_a_small_spread():
    x = torch.tensor([[10000.0, 10001, 10002, 10003]])
    out = layer_norm(x, torch.ones(4), torch.zeros(4), 0)
    assert_close(out, torch.tensor([[-3.0, -1, 1, 3]]) / math.sqrt(5), 1e-4)
