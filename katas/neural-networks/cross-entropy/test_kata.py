import math

import pytest
import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import cross_entropy

ROWS = params.get("rows", 6)
CLASSES = params.get("classes", 5)
SCALE = params.get("scale", 1)


def loss_of(logits, target):
    """The loss of one position, in Python's own floats."""
    total = sum(math.exp(logit - max(logits)) for logit in logits)
    return math.log(total) + max(logits) - logits[target]


def assert_loss(loss, expected, rtol=1e-4):
    assert_shape(loss, (), "loss")
    assert_close(loss, torch.tensor(float(expected)), rtol, "loss", atol=1e-6)


@pytest.mark.parametrize("target, share", [(0, 1 / 8), (1, 2 / 8), (2, 5 / 8)])
def test_a_row_costs_minus_the_log_of_its_targets_probability(target, share):
    logits = torch.tensor([[1.0, 2.0, 5.0]]).log()
    assert_loss(cross_entropy(logits, torch.tensor([target])), -math.log(share))


def test_the_result_is_the_mean_over_the_rows():
    logits = torch.tensor([[1.0, 3.0], [7.0, 1.0], [1.0, 1.0]]).log()
    expected = (math.log(4) + math.log(8 / 7) + math.log(2)) / 3
    assert_loss(cross_entropy(logits, torch.tensor([0, 0, 1])), expected)


def test_even_scores_over_ten_classes_cost_log_10():
    assert_loss(cross_entropy(torch.zeros(3, 10), torch.tensor([0, 9, 4])), math.log(10))


def test_random_logits_of_the_variations_sizes_match_a_loop():
    logits, targets = torch.randn(ROWS, CLASSES) * SCALE, torch.randint(0, CLASSES, (ROWS,))
    losses = [loss_of(row, target) for row, target in zip(logits.tolist(), targets.tolist())]
    assert_loss(cross_entropy(logits, targets), sum(losses) / ROWS)


def test_as_many_rows_as_classes_does_not_confuse_the_axes():
    logits = torch.tensor([[1.0, 3.0], [9.0, 1.0]]).log()
    expected = (math.log(4 / 3) + math.log(10)) / 2
    assert_loss(cross_entropy(logits, torch.tensor([1, 1])), expected)


def test_a_single_position_without_a_batch_axis_is_a_batch_of_one():
    logits = torch.tensor([1.0, 3.0, 1.0]).log()
    assert_loss(cross_entropy(logits, torch.tensor(1)), math.log(5 / 3))


def test_a_batch_of_sequences_is_averaged_over_all_its_positions_that_count():
    logits = torch.randn(2, 3, 4)
    targets = torch.tensor([[3, 0, -100], [1, -100, 2]])
    losses = [
        loss_of(logits[i, j].tolist(), int(targets[i, j]))
        for i in range(2)
        for j in range(3)
        if targets[i, j] >= 0
    ]
    assert_loss(cross_entropy(logits, targets), sum(losses) / 4)


def test_a_confident_wrong_answer_costs_its_margin_and_not_infinity():
    assert_loss(cross_entropy(torch.tensor([[1000.0, 0, -1000]]), torch.tensor([2])), 2000)


def test_a_confident_right_answer_costs_nothing():
    logits = torch.tensor([[-500.0, 500.0], [900.0, 100.0]])
    assert_loss(cross_entropy(logits, torch.tensor([1, 0])), 0)


def test_rows_with_target_minus_100_add_nothing_and_are_not_counted():
    logits = torch.tensor([[0.0, math.log(3)], [50, -50], [math.log(7), 0], [-80, 80]])
    loss = cross_entropy(logits, torch.tensor([0, -100, 0, -100]))
    assert_loss(loss, (math.log(4) + math.log(8 / 7)) / 2)


def test_another_ignore_index_can_be_chosen_a_real_class_too():
    logits = torch.tensor([[1.0, 3.0], [4.0, 1.0], [1.0, 1.0]]).log()
    assert_loss(cross_entropy(logits, torch.tensor([-1, 0, -1]), -1), math.log(5 / 4))
    assert_loss(cross_entropy(logits, torch.tensor([1, 0, 0]), 0), math.log(4 / 3))


def test_classes_on_both_sides_of_the_ignored_one_count():
    logits = torch.tensor([[math.log(2), 0, 0], [9, -9, 0], [0, 0, math.log(6)]])
    expected = (math.log(2) + math.log(8 / 6)) / 2
    assert_loss(cross_entropy(logits, torch.tensor([0, 1, 2]), 1), expected)


def test_when_every_row_is_ignored_the_loss_is_zero():
    assert_loss(cross_entropy(torch.randn(2, 2), torch.tensor([-100, -100])), 0)


def test_ignored_rows_are_harmless_with_a_single_class():
    assert_loss(cross_entropy(torch.tensor([[3.0], [4.0]]), torch.tensor([-100, 0])), 0)
