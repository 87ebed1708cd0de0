import math

import pytest
from kata import params
from user_kata import tau_to_ar2

RISE = params.get("tauRise", 0.02)
DECAY = params.get("tauDecay", 0.4)
FS = params.get("fs", 30)

# g1, g2, d and r, from a solver of another hand.
KNOWN = {
    (0.02, 0.4, 30): (
        1.1089200174668852,
        -0.17377394345044514,
        0.9200444146293233,
        0.18887560283756186,
    ),
    (0.005, 0.1, 100): (
        1.0401727012725723,
        -0.12245642825298193,
        0.9048374180359596,
        0.1353352832366127,
    ),
    (0.05, 1, 20): (
        1.3191088656721563,
        -0.3499377491111554,
        0.951229424500714,
        0.36787944117144233,
    ),
}


def close(expected, rel=1e-10):
    return pytest.approx(expected, rel=rel)


@pytest.mark.parametrize("times", KNOWN)
def test_coefficients_and_roots_are_those_of_known_recursions(times):
    found = tau_to_ar2(*times)
    assert (found.g1, found.g2, found.d, found.r) == close(KNOWN[times])


def test_the_roots_lie_between_zero_and_one_the_slower_one_closer_to_one():
    found = tau_to_ar2(RISE, DECAY, FS)
    assert 0 < found.r < found.d < 1


def test_the_roots_shrink_to_1_over_e_in_as_many_samples_as_their_time_constants_last():
    found = tau_to_ar2(RISE, DECAY, FS)
    assert found.d ** (DECAY * FS) == close(math.exp(-1))
    assert found.r ** (RISE * FS) == close(math.exp(-1))


def test_the_roots_solve_the_recursions_equation():
    found = tau_to_ar2(RISE, DECAY, FS)
    for root in (found.d, found.r):
        assert found.g1 * root + found.g2 == close(root * root)


def test_a_higher_rate_brings_the_roots_closer_to_one():
    low, high = tau_to_ar2(RISE, DECAY, FS), tau_to_ar2(RISE, DECAY, 2 * FS)
    assert (high.d**2, high.r**2) == close((low.d, low.r))


def test_each_sample_of_the_calcium_kernel_follows_from_the_two_before_it():
    found = tau_to_ar2(RISE, DECAY, FS)
    kernel = [math.exp(-t / (DECAY * FS)) - math.exp(-t / (RISE * FS)) for t in range(60)]
    for t in range(2, 60):
        assert found.g1 * kernel[t - 1] + found.g2 * kernel[t - 2] == close(kernel[t], 1e-9)


def test_a_constant_input_is_amplified_by_both_roots():
    found = tau_to_ar2(RISE, DECAY, FS)
    assert 1 / (1 - found.g1 - found.g2) == close(1 / ((1 - found.d) * (1 - found.r)), 1e-9)


def test_a_rise_within_one_sample_leaves_a_recursion_of_almost_first_order():
    found = tau_to_ar2(0.001, 2, 100)
    assert (found.d, found.r) == close((math.exp(-0.005), math.exp(-10)))
    assert (found.g1, found.g2) == close((math.exp(-0.005) + math.exp(-10), -math.exp(-10.005)))
