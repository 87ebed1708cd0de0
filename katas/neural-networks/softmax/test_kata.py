import math

import pytest
import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import stable_softmax

SCALE = params.get("scale", 1)
SIZE = params.get("size", 7)


def softmax_of(scores):
    """Softmax of one slice, in Python's own floats."""
    weights = [math.exp(score - max(scores)) for score in scores]
    return [weight / sum(weights) for weight in weights]


def test_logarithms_of_weights_turn_into_the_weights_shares():
    x = torch.tensor([1.0, 2.0, 5.0]).log()
    assert_close(stable_softmax(x), torch.tensor([1 / 8, 2 / 8, 5 / 8]), 1e-5, "softmax")


@pytest.mark.parametrize("score", [0.0, -3.0, 88.0])
def test_equal_scores_share_evenly_whatever_their_value(score):
    assert_close(stable_softmax(torch.full((2, 4), score)), torch.full((2, 4), 0.25))


def test_random_rows_of_the_variations_size_match_a_loop():
    x = torch.randn(5, SIZE) * SCALE
    expected = torch.tensor([softmax_of(row) for row in x.tolist()])
    assert_close(stable_softmax(x), expected, 1e-4, "softmax", atol=1e-6)


def test_a_slice_of_one_score_has_probability_one():
    assert_close(stable_softmax(torch.tensor([[-7.0], [300.0]])), torch.ones(2, 1))


def test_the_last_axis_is_the_default_with_three_axes_too():
    x = torch.randn(2, 3, 4)
    expected = torch.tensor([[softmax_of(row) for row in rows] for rows in x.tolist()])
    assert_close(stable_softmax(x), expected, 1e-4, "softmax")


def test_dim_0_makes_the_columns_sum_to_one():
    x = torch.tensor([[1.0, 4.0, 5.0], [3.0, 1.0, 5.0]]).log()
    expected = torch.tensor([[0.25, 0.8, 0.5], [0.75, 0.2, 0.5]])
    assert_close(stable_softmax(x, 0), expected, 1e-5, "softmax")


@pytest.mark.parametrize("dim", [1, -2])
def test_a_middle_axis_can_be_named_from_the_front_and_from_the_end(dim):
    x = torch.randn(2, 3, 4)
    out = stable_softmax(x, dim)
    for i in range(2):
        for k in range(4):
            expected = torch.tensor(softmax_of(x[i, :, k].tolist()))
            assert_close(out[i, :, k], expected, 1e-4, f"slice {i}, {k}")


def test_a_transposed_matrix_is_normalized_along_its_own_axes():
    x = torch.tensor([[1.0, 3.0], [4.0, 1.0]]).log().T
    assert_close(stable_softmax(x), torch.tensor([[0.2, 0.8], [0.75, 0.25]]))
    assert_close(stable_softmax(x, 0), torch.tensor([[0.25, 0.8], [0.75, 0.2]]))


@pytest.mark.parametrize("dim", [0, 1, 2, 3, -1, -4])
def test_the_shape_stays_with_four_axes_and_any_dim(dim):
    out = stable_softmax(torch.randn(2, 1, 3, 5), dim)
    assert_shape(out, (2, 1, 3, 5), "softmax")
    sums = out.sum(dim)
    assert_close(sums, torch.ones_like(sums), 1e-5, "sums")


def test_scores_around_a_thousand_do_not_overflow():
    x = torch.tensor([1000.0, 1000 + math.log(3), 900.0])
    assert_close(stable_softmax(x), torch.tensor([0.25, 0.75, 0.0]), 1e-3, "softmax")


def test_rows_of_very_different_size_each_get_their_own_maximum():
    x = torch.tensor([[-5000.0, -5000.0, -9000.0], [5000.0, 0.0, 5000.0]])
    assert_close(stable_softmax(x), torch.tensor([[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]))


def test_a_score_of_minus_infinity_has_no_share():
    x = torch.tensor([0.0, 0.0, float("-inf")])
    assert_close(stable_softmax(x), torch.tensor([0.5, 0.5, 0.0]))
