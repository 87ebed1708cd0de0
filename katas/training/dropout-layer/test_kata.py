import pytest
import torch
from framework import assert_close, assert_shape
from torch import nn
from user_kata import Drop


def test_in_evaluation_everything_is_passed_on():
    layer, x = Drop(0.5).eval(), torch.randn(4, 5)
    assert_close(layer(x), x, 1e-6, "output")


def test_in_training_elements_are_zero_or_scaled():
    out = Drop(0.75)(torch.full((50, 40), 2.0))
    assert_shape(out, (50, 40), "output")
    assert set(out.flatten().tolist()) == {0.0, 8.0}


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_the_share_of_zeros_is_p_and_the_mean_stays(p):
    out = Drop(p)(torch.ones(20_000))
    assert abs((out == 0).float().mean().item() - p) < 0.02
    assert abs(out.mean().item() - 1) < 0.05


def test_elements_are_dropped_one_by_one_and_not_by_row_or_column():
    zeros = (Drop(0.5)(torch.ones(30, 30)) == 0).float()
    for axis in (0, 1):
        share = zeros.mean(axis)
        assert 0 < share.min() and share.max() < 1


def test_every_call_drops_others():
    layer, x = Drop(0.5), torch.ones(1000)
    first, second = layer(x), layer(x)
    assert 300 < ((first == 0) != (second == 0)).sum().item() < 700


def test_p_of_zero_keeps_everything_and_p_of_one_nothing():
    x = torch.randn(500)
    assert_close(Drop(0.0)(x), x, 1e-6, "p = 0")
    assert_close(Drop(1.0)(x), torch.zeros(500), 1e-6, "p = 1")


@pytest.mark.parametrize("p", [-0.1, 1.1, 2])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError):
        Drop(p)


def test_the_gradient_is_zero_where_the_element_was_dropped():
    x = torch.ones(200, requires_grad=True)
    out = Drop(0.5)(x)
    out.sum().backward()
    assert_close(x.grad, out.detach(), 1e-6, "gradient")
    assert set(x.grad.tolist()) == {0.0, 2.0}


def test_the_input_is_left_as_it_was():
    x = torch.ones(100)
    out = Drop(0.5)(x)
    assert (out == 0).any()
    assert_close(x, torch.ones(100), 1e-6, "input")


def test_the_mode_of_a_model_reaches_the_layer_inside():
    layer = Drop(0.5)
    model, x = nn.Sequential(nn.Identity(), layer), torch.ones(300)
    model.eval()
    assert_close(model(x), x, 1e-6, "evaluation")
    model.train()
    assert (model(x) == 0).any()
    assert len(list(layer.parameters())) == 0
