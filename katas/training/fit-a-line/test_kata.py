import pytest
import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import fit_line

SLOPE = params.get("slope", 3.0)
OFFSET = params.get("offset", -0.5)


def test_the_first_step_by_hand():
    # At zero the errors are -2 and -4: the gradient is -(2·2·1 + 2·4·3) / 2 = -14 and -6.
    slope, offset, losses = fit_line(torch.tensor([1.0, 3.0]), torch.tensor([2.0, 4.0]), 0.1, 1)
    assert_close(slope, torch.tensor(1.4), 1e-5, "slope")
    assert_close(offset, torch.tensor(0.6), 1e-5, "offset")
    assert losses == pytest.approx([10.0])


def test_several_steps_match_a_loop_by_hand():
    x, y = [0.5, -1.0, 2.0], [1.0, 0.0, 3.0]
    slope = offset = 0.0
    expected = []
    for _ in range(5):
        errors = [slope * a + offset - b for a, b in zip(x, y)]
        expected.append(sum(e * e for e in errors) / 3)
        slope -= 0.1 * sum(2 * e * a for e, a in zip(errors, x)) / 3
        offset -= 0.1 * sum(2 * e for e in errors) / 3
    found = fit_line(torch.tensor(x), torch.tensor(y), 0.1, 5)
    assert_close(found[0], torch.tensor(slope), 1e-4, "slope")
    assert_close(found[1], torch.tensor(offset), 1e-4, "offset")
    assert found[2] == pytest.approx(expected, rel=1e-4)


def test_the_variations_line_is_found():
    x = torch.linspace(-1, 1, 12)
    slope, offset, losses = fit_line(x, SLOPE * x + OFFSET, 0.5, 60)
    assert_close(slope, torch.tensor(SLOPE), 1e-3, "slope", atol=1e-3)
    assert_close(offset, torch.tensor(OFFSET), 1e-3, "offset", atol=1e-3)
    assert losses[-1] < 1e-5


def test_losses_are_numbers_that_fall():
    x = torch.tensor([0.0, 1.0, 2.0])
    losses = fit_line(x, torch.tensor([1.0, 0.0, 4.0]), 0.1, 20)[2]
    assert all(isinstance(loss, float) for loss in losses)
    assert all(after < before for before, after in zip(losses, losses[1:]))
    assert len(losses) == 20


def test_without_steps_the_line_is_flat_at_zero():
    slope, offset, losses = fit_line(torch.ones(3), torch.ones(3), 0.1, 0)
    assert_close(slope, torch.tensor(0.0), 1e-5, "slope")
    assert_close(offset, torch.tensor(0.0), 1e-5, "offset")
    assert losses == []


def test_results_are_plain_numbers_without_a_record():
    slope, offset, _ = fit_line(torch.tensor([1.0]), torch.tensor([2.0]), 0.1, 2)
    assert_shape(slope, (), "slope")
    assert_shape(offset, (), "offset")
    assert not slope.requires_grad
    assert not offset.requires_grad


def test_the_points_are_left_as_they_were():
    x, y = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 5.0])
    assert len(fit_line(x, y, 0.1, 3)[2]) == 3
    assert_close(x, torch.tensor([1.0, 2.0]), 1e-5, "x")
    assert_close(y, torch.tensor([3.0, 5.0]), 1e-5, "y")
