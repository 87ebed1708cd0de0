import dataclasses
import math

import pytest
import torch
from framework import assert_close
from kata import params
from user_kata import Problem, State, fista_step

GOLDEN = (1 + math.sqrt(5)) / 2


def vector(*values):
    return torch.tensor(values, dtype=torch.float64)


def convolution(kernel, n):
    """The matrix of a convolution: `K[t, s] = kernel[t - s]`."""
    padded = vector(*kernel, *[0] * n)
    lags = torch.arange(n).unsqueeze(1) - torch.arange(n)
    return padded[lags.clamp(min=0)] * (lags >= 0)


def problem_of(kernel, trace, cost, lipschitz):
    matrix = convolution(kernel, len(trace))
    return Problem(trace, lambda x: matrix @ x, lambda r: matrix.T @ r, lipschitz, cost)


def cold(n):
    zero = torch.zeros(n, dtype=torch.float64)
    return State(zero, zero.clone(), 1, math.inf)


def calcium_kernel(rise, decay, fs):
    length = math.ceil(-math.log(1e-6) * decay * fs)
    times = torch.arange(length, dtype=torch.float64) / fs
    kernel = torch.exp(-times / decay) - torch.exp(-times / rise)
    return (kernel / kernel.max()).tolist()


def traced(spikes, kernel, cost, n):
    """The problem whose trace unit spikes at these places made."""
    where = torch.zeros(n, dtype=torch.float64)
    for at in spikes:
        where[at] = 1
    trace = convolution(kernel, n) @ where
    return problem_of(kernel, trace, cost, sum(kernel) ** 2)


BEFORE = State(vector(1, 2, 0, 0.5), vector(1.5, 2.5, 0, 0), 3, 1e6)


def test_a_kernel_of_one_sample_takes_the_cost_off_the_trace_down_to_zero():
    after = fista_step(problem_of([1], vector(3, 0.25, -2, 0.5), 0.5, 1), cold(4))
    assert_close(after.x, vector(2.5, 0, 0, 0), 1e-10, "x")


def test_gradient_and_cost_are_divided_by_the_lipschitz_constant():
    trace = vector(3, 1, 0.1)
    four = fista_step(problem_of([2], trace, 0.4, 4), cold(3))
    assert_close(four.x, vector(1.4, 0.4, 0), 1e-10, "x")
    eight = fista_step(problem_of([2], trace, 0.4, 8), cold(3))
    assert_close(eight.x, vector(0.7, 0.2, 0), 1e-10, "x")


def test_the_gradient_goes_through_the_adjoint_which_looks_back_in_time():
    after = fista_step(problem_of([0, 1], vector(5, 0, 7, 1), 0, 1), cold(4))
    assert_close(after.x, vector(0, 7, 1, 0), 1e-10, "x")


def test_the_objective_is_taken_at_the_new_x():
    after = fista_step(problem_of([1], vector(3, 0.25, -2, 0.5), 0.5, 1), cold(4))
    assert after.objective == pytest.approx(0.5 * (0.25 + 0.0625 + 4 + 0.25) + 0.5 * 2.5)


def test_the_first_step_has_no_momentum_yet():
    after = fista_step(problem_of([1, 0.5], vector(3, 1, 2), 0.1, 2.25), cold(3))
    assert after.t == pytest.approx(GOLDEN)
    assert_close(after.y, after.x, 1e-10, "y")


def test_a_later_step_starts_from_y_and_not_from_x():
    after = fista_step(problem_of([1], vector(4, 1, 0, 2), 0.25, 2), BEFORE)
    expected = vector(1.5 + 2.5 / 2 - 0.125, 2.5 - 1.5 / 2 - 0.125, 0, 2 / 2 - 0.125)
    assert_close(after.x, expected, 1e-10, "x")


def test_a_later_step_goes_ahead_along_the_last_move_but_not_below_zero():
    after = fista_step(problem_of([1], vector(4, 1, 0, -2), 0.25, 2), BEFORE)
    t = (1 + math.sqrt(37)) / 2
    assert after.t == pytest.approx(t)
    assert_close(after.x, vector(2.625, 1.625, 0, 0), 1e-10, "x")
    ahead = vector(2.625 + 2 / t * 1.625, 1.625 + 2 / t * -0.375, 0, 0)
    assert_close(after.y, ahead, 1e-10, "y")


def test_the_momentum_is_thrown_away_when_the_objective_rises():
    problem = problem_of([1], vector(4, 1, 0, 2), 0.25, 2)
    risen = fista_step(problem, dataclasses.replace(BEFORE, objective=0.01))
    assert risen.t == pytest.approx(GOLDEN)
    assert_close(risen.y, risen.x, 1e-10, "y")
    kept = fista_step(problem, BEFORE)
    assert_close(risen.x, kept.x, 1e-10, "x")
    assert risen.objective == kept.objective


def test_the_momentum_is_kept_when_the_objective_stays_as_it_is():
    problem = problem_of([1], vector(4, 1, 0, 2), 0.25, 2)
    objective = fista_step(problem, BEFORE).objective
    assert fista_step(problem, dataclasses.replace(BEFORE, objective=objective)).t > 3


def test_the_state_before_is_left_as_it_is():
    before = State(BEFORE.x.clone(), BEFORE.y.clone(), 3, 1e6)
    after = fista_step(problem_of([1, 0.5], vector(4, 1, 0, 2), 0.25, 2.25), before)
    assert_close(before.x, BEFORE.x, 1e-10, "x before")
    assert_close(before.y, BEFORE.y, 1e-10, "y before")
    assert after.x is not after.y


@pytest.mark.parametrize(
    "times, cost, spikes, objectives",
    [
        (
            (0.02, 0.4, 30),
            1,
            (50, 100),
            [4.491497646764603, 3.7661097102833545, 3.3329116693782397, 3.056261076290834],
        ),
        (
            (0.005, 0.1, 100),
            0.01,
            (50, 120),
            [2.419770744184699, 1.7187735575507896, 1.3225719251800054, 1.068042145955644],
        ),
    ],
)
def test_the_objectives_are_those_of_a_solver_of_another_hand(times, cost, spikes, objectives):
    problem, state = traced(spikes, calcium_kernel(*times), cost, 200), cold(200)
    for expected in objectives:
        state = fista_step(problem, state)
        assert state.objective == pytest.approx(expected, rel=1e-9)


def test_the_variations_spikes_are_found_where_they_were():
    times = params.get("tauRise", 0.02), params.get("tauDecay", 0.4), params.get("fs", 30)
    problem = traced((10, 30, 55), calcium_kernel(*times), params.get("lambda", 0.01), 80)
    state = cold(80)
    for _ in range(150):
        state = fista_step(problem, state)
    assert (state.x > 0.3).nonzero().flatten().tolist() == [10, 30, 55]
    assert (state.x == 0).sum().item() > 40
