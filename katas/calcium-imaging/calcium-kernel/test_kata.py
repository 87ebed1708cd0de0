import math

import pytest
import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import build_kernel

RISE = params.get("tauRise", 0.02)
DECAY = params.get("tauDecay", 0.4)
FS = params.get("fs", 30)

# Length, first samples, last one and sum of kernels, from a solver of another hand.
KNOWN = {
    (0.02, 0.4, 30): (
        166,
        [0, 0.9017782926169085, 1, 0.9522144474408354, 0.8821557182378664],
        1.3168399467558385e-6,
        13.904745105589054,
    ),
    (0.005, 0.1, 100): (
        139,
        [0, 0.9613788160144716, 1, 0.9224456852653595, 0.8370463919667162],
        1.2688809256572304e-6,
        11.683693222780796,
    ),
    (0.05, 1, 20): (
        277,
        [0, 0.7193672989669974, 0.9489237817815325, 1, 0.9870446133974815],
        1.2524420827127795e-6,
        23.33417450350986,
    ),
}


@pytest.mark.parametrize("times", KNOWN)
def test_samples_are_those_of_known_kernels(times):
    length, first, last, total = KNOWN[times]
    kernel = build_kernel(*times)
    assert kernel.dtype == torch.float64
    assert_shape(kernel, (length,), "kernel")
    expected = torch.tensor(first, dtype=torch.float64)
    assert_close(kernel[:5], expected, 1e-10, "first samples", atol=1e-12)
    assert kernel[-1].item() == pytest.approx(last, rel=1e-9)
    assert kernel.sum().item() == pytest.approx(total, rel=1e-10)


def test_it_starts_at_zero_is_never_negative_and_peaks_at_one():
    kernel = build_kernel(RISE, DECAY, FS)
    assert abs(kernel[0].item()) < 1e-15
    assert kernel.min().item() >= -1e-15
    assert kernel.max().item() == 1


def test_it_rises_to_one_peak_and_falls_from_there():
    kernel = build_kernel(RISE, DECAY, FS).tolist()
    peak = kernel.index(1)
    assert peak > 0
    for i in range(1, len(kernel)):
        assert (kernel[i] > kernel[i - 1]) == (i <= peak)


def test_it_ends_with_the_first_sample_whose_slow_exponential_is_at_a_millionth():
    length = len(build_kernel(RISE, DECAY, FS))
    assert math.exp(-length / (DECAY * FS)) <= 1e-6 * (1 + 1e-12)
    assert math.exp(-(length - 1) / (DECAY * FS)) > 1e-6


def test_all_clocks_twice_as_fast_change_nothing():
    kernel = build_kernel(RISE, DECAY, FS)
    assert_close(build_kernel(RISE / 2, DECAY / 2, FS * 2), kernel, 1e-10, "kernel", atol=1e-12)


def test_a_kernel_that_is_gone_at_once_still_has_two_samples():
    assert build_kernel(1e-4, 2e-4, 100).tolist() == [0, 1]


def test_a_rise_within_one_sample_and_a_decay_of_seconds_peak_at_the_first_sample():
    kernel = build_kernel(0.001, 2, 100)
    assert_shape(kernel, (2764,), "kernel")
    assert kernel.argmax().item() == 1
    third = (math.exp(-0.01) - math.exp(-20)) / (math.exp(-0.005) - math.exp(-10))
    assert kernel[2].item() == pytest.approx(third, rel=1e-10)
