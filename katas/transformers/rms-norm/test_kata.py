import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import rms_norm

FEATURES = params.get("features", 6)


def norm_of(row, offset, eps):
    scale = math.sqrt(sum(value * value for value in row) / len(row) + eps)
    return [value / scale * (1 + by) for value, by in zip(row, offset)]


def test_a_token_is_divided_by_its_root_mean_square():
    out = rms_norm(torch.tensor([[1.0, 7.0], [-3.0, 3.0]]), torch.zeros(2), 0)
    assert_close(out, torch.tensor([[0.2, 1.4], [-1.0, 1.0]]), 1e-5, "norm")


def test_the_mean_is_not_taken_away():
    out = rms_norm(torch.full((1, 4), 5.0), torch.zeros(4), 0)
    assert_close(out, torch.ones(1, 4))


def test_the_offset_is_how_far_the_scale_is_from_one():
    out = rms_norm(torch.tensor([3.0, 3.0, -3.0]), torch.tensor([0.0, 1.0, -1.0]), 0)
    assert_close(out, torch.tensor([1.0, 2.0, 0.0]))


def test_eps_is_added_to_the_mean_square_inside_the_root():
    assert_close(rms_norm(torch.tensor([4.0, 4.0]), torch.zeros(2), 9), torch.tensor([0.8, 0.8]))


def test_the_default_eps_is_1e_6():
    expected = 1e-3 / math.sqrt(2e-6)
    out = rms_norm(torch.tensor([1e-3, -1e-3]), torch.zeros(2))
    assert_close(out, torch.tensor([expected, -expected]), 1e-4)


def test_a_token_of_zeros_stays_zero():
    assert_close(rms_norm(torch.zeros(2, 3), torch.ones(3)), torch.zeros(2, 3))


def test_tokens_are_independent_whatever_the_axes_in_front():
    x, offset = torch.randn(2, 3, FEATURES) * 4, torch.randn(FEATURES)
    expected = [[norm_of(row, offset.tolist(), 1e-6) for row in rows] for rows in x.tolist()]
    out = rms_norm(x, offset)
    assert_shape(out, (2, 3, FEATURES), "norm")
    assert_close(out, torch.tensor(expected), 1e-4, "norm", atol=1e-5)


def test_a_transposed_matrix_is_normalized_along_its_own_last_axis():
    x = torch.tensor([[1.0, 3.0], [7.0, 3.0]]).T
    assert_close(rms_norm(x, torch.zeros(2), 0), torch.tensor([[0.2, 1.4], [1.0, 1.0]]))


def test_half_precision_comes_back_as_it_came_and_does_not_overflow():
    x = torch.tensor([300.0, -300.0, 300.0, 0.0]).half()
    out = rms_norm(x, torch.zeros(4))
    assert out.dtype == torch.float16
    expected = torch.tensor([1.0, -1, 1, 0]) / math.sqrt(0.75)
    assert_close(out.float(), expected, 1e-3, "norm", atol=1e-3)


def test_twice_the_token_gives_the_same_result():
    x = torch.randn(3, 8)
    once, twice = rms_norm(x, torch.ones(8), 0), rms_norm(2 * x, torch.ones(8), 0)
    assert_close(twice, once, 1e-4, "norm", atol=1e-6)
    assert_close(once.square().mean(-1), torch.full((3,), 4.0), 1e-4, "mean squares")
