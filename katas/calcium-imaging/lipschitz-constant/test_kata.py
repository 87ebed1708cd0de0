import cmath
import math

import pytest
import torch
from kata import params
from user_kata import compute_lipschitz

RISE = params.get("tauRise", 0.02)
DECAY = params.get("tauDecay", 0.4)
FS = params.get("fs", 30)


def lipschitz(*samples):
    return compute_lipschitz(torch.tensor(samples, dtype=torch.float64))


def close(expected):
    return pytest.approx(expected, rel=1e-9)


def calcium_kernel(rise, decay, fs):
    length = math.ceil(-math.log(1e-6) * decay * fs)
    times = torch.arange(length, dtype=torch.float64) / fs
    kernel = torch.exp(-times / decay) - torch.exp(-times / rise)
    return kernel / kernel.max()


def largest_on(points, samples):
    """The same on another number of points, with complex numbers."""
    turn = -2j * math.pi / points
    return max(
        abs(sum(sample * cmath.exp(turn * w * i) for i, sample in enumerate(samples))) ** 2
        for w in range(points)
    )


def test_an_empty_kernel_and_one_of_zeros_give_1e_10():
    assert lipschitz() == 1e-10
    assert lipschitz(0, 0, 0) == 1e-10
    assert lipschitz(1e-6) == 1e-10


def test_a_kernel_of_one_sample_stretches_everything_alike():
    assert lipschitz(3) == close(9)
    assert lipschitz(-3) == close(9)


def test_a_sum_is_largest_for_a_constant():
    assert lipschitz(1, 1) == close(4)
    assert lipschitz(1, 2, 3) == close(36)


def test_a_difference_is_largest_for_what_alternates():
    assert lipschitz(1, -1) == close(4)
    assert lipschitz(1, -2, 3, -4) == close(100)


def test_the_largest_frequency_may_lie_in_the_middle():
    assert lipschitz(1, 0, -1) == close(4)
    assert lipschitz(0, 2, 0, -2) == close(16)


@pytest.mark.parametrize(
    "samples, points, others",
    [
        ((3, -1, -0.5), 8, (6, 16)),
        ((3, 0, -2, 3), 8, (4, 16)),
        ((3, 0, -2, 3, 0), 16, (8, 10)),
    ],
)
def test_the_transform_is_on_the_next_power_of_two_from_twice_the_length(samples, points, others):
    assert lipschitz(*samples) == close(largest_on(points, samples))
    for other in others:
        assert abs(largest_on(other, samples) - largest_on(points, samples)) > 1e-3


@pytest.mark.parametrize(
    "times, expected",
    [
        ((0.02, 0.4, 30), 193.34193645140274),
        ((0.005, 0.1, 100), 136.5086873240539),
        ((0.05, 1, 20), 544.4836997602497),
    ],
)
def test_calcium_kernels_have_known_constants(times, expected):
    assert compute_lipschitz(calcium_kernel(*times)) == close(expected)


def test_a_kernel_without_negative_samples_is_stretched_most_at_frequency_zero():
    kernel = calcium_kernel(RISE, DECAY, FS)
    assert compute_lipschitz(kernel) == close(kernel.sum().item() ** 2)
    assert compute_lipschitz(2 * kernel) == close(4 * kernel.sum().item() ** 2)


def test_the_result_is_a_number():
    assert isinstance(lipschitz(1, 2), float)
