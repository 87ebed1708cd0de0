import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import masked_mean

N = params.get("n", 7)
SHARE = params.get("share", 0.5)
INF, NAN = float("inf"), float("nan")


def test_only_true_places_take_part():
    x = torch.tensor([[1.0, 10.0], [3.0, 30.0], [100.0, 200.0]])
    out = masked_mean(x, torch.tensor([True, True, False]))
    assert_close(out, torch.tensor([2.0, 20.0]), 1e-5, "mean")


def test_all_places_give_the_plain_mean():
    x = torch.tensor([[1.0], [2.0], [6.0]])
    assert_close(masked_mean(x, torch.ones(3, dtype=torch.bool)), torch.tensor([3.0]))


def test_one_place_gives_itself():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert_close(masked_mean(x, torch.tensor([False, True])), torch.tensor([3.0, 4.0]))


def test_places_that_do_not_count_may_hold_anything():
    x = torch.tensor([[1.0], [NAN], [INF], [-INF], [3.0]])
    mask = torch.tensor([True, False, False, False, True])
    assert_close(masked_mean(x, mask), torch.tensor([2.0]))


def test_places_that_count_are_not_made_up():
    x = torch.tensor([[1.0, NAN], [2.0, 5.0]])
    assert_close(masked_mean(x, torch.tensor([True, True])), torch.tensor([1.5, NAN]))


def test_where_nothing_counts_the_mean_is_zero():
    x = torch.tensor([[[1.0], [2.0]], [[3.0], [5.0]]])
    mask = torch.tensor([[False, False], [True, True]])
    assert_close(masked_mean(x, mask), torch.tensor([[0.0], [4.0]]))


def test_as_many_sequences_as_places_and_features_does_not_confuse_the_axes():
    x = torch.arange(8.0).reshape(2, 2, 2)
    mask = torch.tensor([[True, False], [True, True]])
    assert_close(masked_mean(x, mask), torch.tensor([[0.0, 1.0], [5.0, 6.0]]))


def test_random_sequences_of_the_variations_sizes_match_a_loop():
    x, mask = torch.randn(2, 3, N, 4), torch.rand(2, 3, N) < SHARE
    out = masked_mean(x, mask)
    assert_shape(out, (2, 3, 4), "mean")
    for i in range(2):
        for j in range(3):
            rows = [row for row, real in zip(x[i, j].tolist(), mask[i, j].tolist()) if real]
            expected = [sum(column) / len(rows) for column in zip(*rows)] if rows else [0.0] * 4
            assert_close(out[i, j], torch.tensor(expected), 1e-4, f"{i}, {j}", atol=1e-6)


def test_the_gradient_is_finite_and_zero_where_nothing_counts():
    x = torch.tensor([[[1.0], [NAN]], [[2.0], [INF]]], requires_grad=True)
    masked_mean(x, torch.tensor([[True, False], [False, False]])).sum().backward()
    assert_close(x.grad, torch.tensor([[[1.0], [0.0]], [[0.0], [0.0]]]), 1e-5, "gradient")


def test_the_input_is_left_as_it_was():
    x = torch.tensor([[1.0], [5.0]])
    assert_close(masked_mean(x, torch.tensor([True, False])), torch.tensor([1.0]))
    assert_close(x, torch.tensor([[1.0], [5.0]]), 1e-5, "input")
