import torch
from framework import assert_close, assert_shape
from torch import nn
from user_kata import LoraLinear


def linear(weight, bias=None):
    weight = torch.tensor(weight)
    out = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
    with torch.no_grad():
        out.weight.copy_(weight)
        if bias is not None:
            out.bias.copy_(torch.tensor(bias))
    return out


def lora(base, a, b, alpha):
    out = LoraLinear(base, len(a), alpha)
    with torch.no_grad():
        out.a.copy_(torch.tensor(a))
        out.b.copy_(torch.tensor(b))
    return out


def by_hand(alpha=1.0):
    base = linear([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0.0, 0.0, 5.0])
    return lora(base, [[1.0, 2.0]], [[0.0], [10.0], [-1.0]], alpha)


def test_in_the_beginning_nothing_is_changed():
    base, x = nn.Linear(6, 4), torch.randn(3, 6)
    expected = base(x).detach()
    out = LoraLinear(base, 2, 8.0)(x)
    assert_close(out.detach(), expected, 1e-5, "output")


def test_the_change_has_the_asked_rank_and_is_not_zero_on_both_sides():
    layer = LoraLinear(nn.Linear(6, 4), 2, 1.0)
    assert_shape(layer.a, (2, 6), "a")
    assert_shape(layer.b, (4, 2), "b")
    assert_close(layer.b.detach(), torch.zeros(4, 2), 1e-5, "b")
    assert layer.a.detach().abs().min() > 0


def test_a_is_small_when_there_are_many_inputs():
    layer = LoraLinear(nn.Linear(400, 3), 50, 1.0)
    spread = layer.a.detach().square().mean().sqrt().item()
    assert 0.045 < spread < 0.055


def test_only_the_change_learns():
    layer = LoraLinear(nn.Linear(6, 4), 2, 1.0)
    learning = {name for name, p in layer.named_parameters() if p.requires_grad}
    assert learning == {"a", "b"}
    layer(torch.randn(5, 6)).square().sum().backward()
    assert layer.base.weight.grad is None
    assert layer.base.bias.grad is None
    assert layer.b.grad.abs().sum() > 0


def test_the_output_by_hand():
    out = by_hand()(torch.tensor([[3.0, 4.0]]))
    # The base gives 3, 4, 12; x·a is 11.
    assert_close(out.detach(), torch.tensor([[3.0, 114.0, 1.0]]), 1e-5, "output")


def test_the_change_is_scaled_by_alpha_over_the_rank():
    out = by_hand(alpha=3.0)(torch.tensor([3.0, 4.0]))
    assert_close(out.detach(), torch.tensor([3.0, 334.0, -21.0]), 1e-5, "output")
    a, b = [[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]
    layer = lora(linear([[0.0, 0.0], [0.0, 0.0]]), a, b, 6.0)
    assert_close(layer(torch.tensor([1.0, 2.0])).detach(), torch.tensor([3.0, 6.0]))


def test_batch_axes_are_carried_along():
    layer, x = by_hand(), torch.randn(2, 3, 2)
    out = layer(x)
    assert_shape(out, (2, 3, 3), "output")
    assert_close(out[1, 2].detach(), layer(x[1, 2]).detach(), 1e-4, "output", atol=1e-5)


def test_merging_keeps_the_output_and_changes_the_weight():
    layer, x = by_hand(alpha=2.0), torch.randn(4, 2)
    before = layer(x).detach()
    weight = layer.base.weight
    layer.merge()
    assert layer.base.weight is weight
    expected = torch.tensor([[1.0, 0.0], [20.0, 41.0], [-1.0, -3.0]])
    assert_close(weight.detach(), expected, 1e-5, "weight")
    assert_close(layer(x).detach(), before, 1e-4, "output", atol=1e-4)


def test_a_change_of_rank_two_is_merged_as_a_product():
    a, b = [[1.0, 2.0], [0.0, 1.0]], [[1.0, 3.0], [0.0, 5.0]]
    layer = lora(linear([[0.0, 0.0], [0.0, 0.0]]), a, b, 2.0)
    layer.merge()
    assert_close(layer.base.weight.detach(), torch.tensor([[1.0, 5.0], [0.0, 5.0]]), 1e-5, "weight")


def test_merging_twice_is_merging_once():
    layer = by_hand()
    layer.merge()
    weight = layer.base.weight.detach().clone()
    layer.merge()
    assert_close(layer.base.weight.detach(), weight, 1e-5, "weight")
    assert layer.is_merged is True


def test_a_few_steps_learn_a_change_of_rank_one():
    goal = torch.tensor([[2.0, -1.0], [4.0, -2.0]])
    layer, x = LoraLinear(linear([[0.0, 0.0], [0.0, 0.0]]), 1, 1.0), torch.randn(40, 2)
    with torch.no_grad():
        layer.a.copy_(torch.tensor([[0.5, 0.5]]))
    optimizer = torch.optim.Adam([p for p in layer.parameters() if p.requires_grad], lr=0.2)
    for _ in range(70):
        optimizer.zero_grad()
        (layer(x) - x @ goal.T).square().mean().backward()
        optimizer.step()
    layer.merge()
    assert_close(layer.base.weight.detach(), goal, 1e-2, "weight", atol=5e-2)
