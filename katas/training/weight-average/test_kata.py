import pytest
import torch
from framework import assert_close
from user_kata import WeightAverage


def leaf(*values):
    return torch.tensor(values, dtype=torch.float32, requires_grad=True)


def assert_values(tensor, *expected):
    expected = torch.tensor(expected, dtype=torch.float32)
    assert_close(tensor.detach(), expected, 1e-4, "values", atol=1e-6)


def write(parameter, *values):
    with torch.no_grad():
        parameter.copy_(torch.tensor(values))


def test_the_copy_begins_where_the_parameters_are():
    average = WeightAverage([leaf(1, 2), leaf(3)], 0.9)
    assert_values(average.averages[0], 1, 2)
    assert_values(average.averages[1], 3)


def test_the_copy_shares_no_memory_and_has_no_gradient():
    p = leaf(1, 2)
    average = WeightAverage([p], 0.9)
    write(p, 50.0, 60.0)
    assert_values(average.averages[0], 1, 2)
    assert not average.averages[0].requires_grad


def test_the_first_step_has_a_decay_of_two_elevenths():
    p = leaf(0)
    average = WeightAverage([p], 0.999)
    write(p, 11.0)
    average.update()
    assert_values(average.averages[0], 9)


def test_the_decay_grows_up_to_its_limit():
    p, decays = leaf(0), []
    average = WeightAverage([p], 0.5)
    for _ in range(10):
        average.averages[0].fill_(1.0)
        average.update()
        decays.append(average.averages[0].item())
    expected = [2 / 11, 3 / 12, 4 / 13, 5 / 14, 6 / 15, 7 / 16, 8 / 17, 0.5, 0.5, 0.5]
    assert decays == pytest.approx(expected)


def test_many_steps_match_a_loop():
    p, slow = leaf(5, -5), [5.0, -5.0]
    average = WeightAverage([p], 0.3)
    for n in range(1, 12):
        write(p, float(n), n * n / 2)
        average.update()
        decay = min(0.3, (1 + n) / (10 + n))
        slow = [decay * a + (1 - decay) * b for a, b in zip(slow, [n, n * n / 2])]
    assert_values(average.averages[0], *slow)


def test_averages_are_moved_in_place_and_the_parameters_are_not():
    p = leaf(4)
    average = WeightAverage([p], 0.5)
    copy = average.averages[0]
    write(p, 8.0)
    average.update()
    assert average.averages[0] is copy
    assert_values(p, 8)
    assert p.requires_grad and not copy.requires_grad


def test_every_parameter_has_its_own_average():
    a, b = leaf(0), leaf(0, 0)
    average = WeightAverage((parameter for parameter in (a, b)), 0.0)
    write(a, 1.0)
    write(b, 2.0, 3.0)
    average.update()
    assert_values(average.averages[0], 1)
    assert_values(average.averages[1], 2, 3)


def test_swap_exchanges_and_swaps_back():
    p = leaf(1)
    average = WeightAverage([p], 0.5)
    write(p, 7.0)
    slow = average.averages[0]
    average.swap()
    assert_values(p, 1)
    assert_values(slow, 7)
    average.swap()
    assert_values(p, 7)
    assert_values(slow, 1)
    assert average.averages[0] is slow
    assert p.is_leaf and p.requires_grad


def test_parameters_can_learn_on_after_all_of_it():
    p = leaf(3)
    average = WeightAverage([p], 0.5)
    average.update()
    average.swap()
    (p * p).sum().backward()
    assert_values(p.grad, 6)
