import math

import numpy as np
import pytest
from catune import build_kernel, compute_lipschitz, run_deconvolution
from kata import params
from user_kata import deconvolve

USUAL = {"tau_rise": 0.02, "tau_decay": 0.4, "fs": 30}
FAST = {"tau_rise": 0.005, "tau_decay": 0.1, "fs": 100}


def convolved(spikes, times):
    """The trace of spikes, one sample at a time."""
    kernel = build_kernel(**times)
    trace = np.zeros(len(spikes))
    for at, size in enumerate(spikes):
        end = min(len(kernel), len(spikes) - at)
        trace[at : at + end] += size * kernel[:end]
    return trace


def traced(spikes, n, times=USUAL):
    """The trace that spikes make; `spikes` has their sizes by sample."""
    sizes = np.zeros(n)
    for at, size in spikes.items():
        sizes[at] = size
    return convolved(sizes, times)


def objective_of(spikes, trace, cost, times=USUAL):
    error = convolved(spikes, times) - trace
    return 0.5 * np.sum(error**2) + cost * np.sum(spikes)


def units(*places):
    return dict.fromkeys(places, 1.0)


def test_after_three_iterations_the_objective_is_the_one_of_a_solver_of_another_hand():
    trace = traced(units(10, 50, 100, 150), 200)
    found = deconvolve(trace, **USUAL, cost=0.01, max_iterations=3)
    assert (found.iterations, found.converged) == (3, False)
    assert objective_of(found.spikes, trace, 0.01) == pytest.approx(3.0591283811683936, rel=1e-9)


@pytest.mark.parametrize(
    "places, n, times, cost, iterations, objective, sizes",
    [
        ([0], 166, USUAL, 0.001, 103, 0.0009999416288163537, [0.9998191390329663]),
        (
            [10, 50, 100, 150],
            200,
            USUAL,
            0.01,
            122,
            0.039975249676364705,
            [0.9987278441284222, 0.9987384494929918, 0.9987253180624286, 0.9987146783362717],
        ),
        (
            [50, 100],
            200,
            USUAL,
            1,
            98,
            1.8738780033657982,
            [0.8741784684090963, 0.8741784597807606],
        ),
        (
            [50, 120],
            200,
            FAST,
            0.01,
            97,
            0.019984994655665875,
            [0.9984257588509694, 0.998425758732342],
        ),
    ],
    ids=["one spike", "four spikes", "two costly spikes", "a fast indicator"],
)
def test_a_solver_of_another_hand_took_as_many_iterations_to_the_same_spikes(
    places, n, times, cost, iterations, objective, sizes
):
    trace = traced(units(*places), n, times)
    found = deconvolve(trace, **times, cost=cost)
    assert (found.iterations, found.converged) == (iterations, True)
    assert found.spikes[places] == pytest.approx(np.array(sizes), rel=1e-8)
    assert objective_of(found.spikes, trace, cost, times) == pytest.approx(objective, rel=1e-9)


def test_a_trace_of_zeros_takes_six_iterations_and_holds_no_spikes():
    found = deconvolve(np.zeros(100), **USUAL, cost=0.01)
    assert (found.iterations, found.converged) == (6, True)
    assert found.spikes.shape == (100,)
    assert not found.spikes.any()


def test_spikes_of_different_sizes_come_back_with_their_sizes():
    sizes = {20: 0.5, 70: 2.0, 130: 1.0}
    found = deconvolve(traced(sizes, 200), **USUAL, cost=1e-4, tolerance=1e-9)
    for at, size in sizes.items():
        assert found.spikes[at] == pytest.approx(size, rel=5e-3)


def test_spikes_are_never_negative_also_under_a_trace_that_dips_below_zero():
    found = deconvolve(traced(units(40), 120) - 0.4, **USUAL, cost=0.01)
    assert found.spikes.min() == 0
    assert found.spikes[40] > 0.2


def test_a_spike_at_the_end_is_found_by_what_is_left_of_its_response():
    found = deconvolve(traced(units(117), 120), **USUAL, cost=1e-3)
    assert np.flatnonzero(found.spikes > 0.5).tolist() == [117]


def test_spikes_that_cost_more_than_they_gain_are_exactly_zero():
    trace = traced(units(30), 100)
    kernel = build_kernel(**USUAL)
    gains = [trace[at : at + len(kernel)] @ kernel[: 100 - at] for at in range(100)]
    found = deconvolve(trace, **USUAL, cost=max(gains) * 1.000001)
    assert not found.spikes.any()


def test_spikes_of_the_variation_are_found_in_noise():
    n = params.get("samples", 300)
    places = [40, 41, 120, 200, n - 60]
    noise = np.random.default_rng(7).normal(size=n) * params.get("noise", 0.02)
    trace = traced(dict.fromkeys(places, 2.0), n) + noise
    found = deconvolve(trace, **USUAL, cost=params.get("lambda", 0.05))
    assert found.converged
    for at in (120, 200, n - 60):
        assert found.spikes[at - 1 : at + 2].sum() == pytest.approx(2, rel=0.25)
    assert found.spikes[159:162].sum() < 0.5


@pytest.mark.parametrize("cost", [0.01, 0.2])
def test_noise_is_solved_as_the_library_solves_it(cost):
    trace = np.random.default_rng(11).normal(size=120)
    found = deconvolve(trace, **USUAL, cost=cost)
    expected = run_deconvolution(trace, 30, 0.02, 0.4, cost)
    assert found.spikes == pytest.approx(expected, abs=1e-9)


TWO = {10: 1.0, 60: 1.5}


def test_the_end_comes_after_max_iterations_converged_or_not():
    trace = traced(TWO, 150)
    found = deconvolve(trace, **USUAL, cost=0.01, max_iterations=7)
    assert (found.iterations, found.converged) == (7, False)
    whole = deconvolve(trace, **USUAL, cost=0.01).iterations
    found = deconvolve(trace, **USUAL, cost=0.01, max_iterations=whole)
    assert (found.iterations, found.converged) == (whole, True)


def test_the_end_comes_later_with_a_smaller_tolerance_at_a_smaller_objective():
    trace = traced(TWO, 150)
    rough = deconvolve(trace, **USUAL, cost=0.01, tolerance=1e-3)
    fine = deconvolve(trace, **USUAL, cost=0.01, tolerance=1e-8)
    assert rough.iterations < fine.iterations
    assert objective_of(fine.spikes, trace, 0.01) < objective_of(rough.spikes, trace, 0.01)


def test_the_end_never_comes_before_the_sixth_iteration():
    assert deconvolve(traced(TWO, 150), **USUAL, cost=0.01, tolerance=1).iterations == 6


def test_with_a_tolerance_of_zero_it_goes_on_for_2000_iterations_since_nothing_is_below_that():
    found = deconvolve(np.zeros(5), **USUAL, cost=0.01, tolerance=0)
    assert (found.iterations, found.converged) == (2000, False)


def test_a_change_is_held_against_1e_10_when_the_objective_itself_is_smaller():
    faint = traced(TWO, 150) * 1e-5
    found = deconvolve(faint, **USUAL, cost=0.01e-5)
    assert found.converged
    expected = run_deconvolution(faint, 30, 0.02, 0.4, 0.01e-5)
    assert found.spikes == pytest.approx(expected, abs=1e-14)


def test_the_trace_is_left_as_it_was():
    trace = traced(TWO, 150)
    copy = trace.copy()
    found = deconvolve(copy, **USUAL, cost=0.01)
    assert (copy == trace).all()
    assert found.spikes.shape == trace.shape


def test_the_step_is_one_over_the_lipschitz_constant():
    trace = np.array([3.0])
    kernel = build_kernel(**USUAL)
    found = deconvolve(trace, **USUAL, cost=0.5, max_iterations=1)
    first = max(0, kernel[0] * 3.0 - 0.5) / compute_lipschitz(kernel)
    assert found.spikes.tolist() == [first]
    assert math.isfinite(found.spikes[0])
