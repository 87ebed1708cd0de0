import pytest
import torch
from framework import assert_close
from torch import nn
from user_kata import Activity, watched


def linear(weight):
    layer = nn.Linear(len(weight[0]), len(weight), bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(weight))
    return layer


def network():
    """Doubles and negates, cuts off below zero, adds up."""
    return nn.Sequential(linear([[2.0], [-1.0]]), nn.ReLU(), linear([[1.0, 1.0]]))


def counts(activity):
    return activity.calls, activity.elements, activity.total, activity.dead


def test_an_activity_counts_what_it_sees():
    activity = Activity()
    activity.see(torch.tensor([[1.0, -2.0, 0.0]]))
    assert counts(activity) == (1, 3, 3, 1)
    activity.see(torch.tensor([0.0, 0.0, 0.5, 4.0]))
    assert counts(activity) == (2, 7, 7.5, 3)


def test_the_outputs_of_all_layers_are_seen():
    model = network()
    with watched(model) as activities:
        out = model(torch.tensor([[3.0], [-1.0]]))
    assert_close(out.detach(), torch.tensor([[6.0], [1.0]]), 1e-5, "output")
    assert {name: counts(a) for name, a in activities.items()} == {
        "0": (1, 4, 12, 0),
        "1": (1, 4, 7, 2),
        "2": (1, 2, 7, 0),
    }


def test_several_calls_add_up():
    model = network()
    with watched(model) as activities:
        for value in (1.0, 2.0, -4.0):
            model(torch.tensor([[value]]))
    assert counts(activities["1"]) == (3, 6, 10, 3)


def test_layers_that_were_not_called_have_counts_of_zero():
    with watched(network()) as activities:
        assert {name: counts(a) for name, a in activities.items()} == {
            "0": (0, 0, 0, 0),
            "1": (0, 0, 0, 0),
            "2": (0, 0, 0, 0),
        }


def test_modules_that_contain_others_are_no_layers():
    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = network()
            self.last = nn.Identity()

        def forward(self, x):
            return self.last(self.inner(self.inner(x)))

    model = Twice()
    with watched(model) as activities:
        model(torch.tensor([[1.0]]))
    assert sorted(activities) == ["inner.0", "inner.1", "inner.2", "last"]
    assert [activities[name].calls for name in sorted(activities)] == [2, 2, 2, 1]


def test_a_model_that_is_a_layer_itself_is_seen():
    layer = linear([[3.0]])
    with watched(layer) as activities:
        layer(torch.tensor([[2.0]]))
    assert {name: counts(a) for name, a in activities.items()} == {"": (1, 1, 6, 0)}


def test_afterwards_nothing_is_seen_any_more():
    model = network()
    with watched(model) as activities:
        model(torch.tensor([[1.0]]))
    model(torch.tensor([[1.0]]))
    assert [activity.calls for activity in activities.values()] == [1, 1, 1]


def test_the_hooks_are_gone_when_the_block_fails():
    model = network()
    with pytest.raises(KeyError):
        with watched(model) as activities:
            model(torch.tensor([[1.0]]))
            raise KeyError("no")
    model(torch.tensor([[1.0]]))
    assert [activity.calls for activity in activities.values()] == [1, 1, 1]


def test_hooks_of_others_stay():
    model, seen = network(), []
    model[0].register_forward_hook(lambda *args: seen.append(1))
    with watched(model) as activities:
        model(torch.tensor([[1.0]]))
    model(torch.tensor([[1.0]]))
    assert (len(seen), activities["0"].calls) == (2, 1)


def test_watching_changes_neither_output_nor_gradient():
    model, x = network(), torch.tensor([[2.0]], requires_grad=True)
    with watched(model) as activities:
        out = model(x)
    out.sum().backward()
    assert_close(x.grad, torch.tensor([[2.0]]), 1e-5, "gradient")
    assert isinstance(activities["2"].total, float)
