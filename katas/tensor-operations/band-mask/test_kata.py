import pytest
import torch
from framework import assert_shape
from kata import params
from user_kata import causal_band, steps_back, symmetric_band

N = params.get("n", 9)
WIDTH = params.get("width", 3)
STRIDE = params.get("stride", 2)


def assert_mask(mask, expected):
    assert mask.dtype == torch.bool
    assert mask.int().tolist() == expected


def test_steps_back_are_positive_below_the_diagonal():
    assert steps_back(3).tolist() == [[0, -1, -2], [1, 0, -1], [2, 1, 0]]


def test_a_causal_band_looks_back():
    expected = [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
    assert_mask(causal_band(4, 2), expected)


def test_a_band_as_wide_as_the_sequence_is_a_triangle():
    triangle = [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    assert_mask(causal_band(3, 3), triangle)
    assert_mask(causal_band(3, 50), triangle)


def test_a_band_of_width_one_is_the_diagonal():
    assert_mask(causal_band(3, 1), [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert_mask(causal_band(3, 1, 2), [[1, 0, 0], [0, 1, 0], [0, 0, 1]])


def test_a_stride_skips_places():
    mask = causal_band(6, 3, 2)
    assert_mask(mask[5], [0, 1, 0, 1, 0, 1])
    assert_mask(mask[4], [1, 0, 1, 0, 1, 0])
    assert_mask(mask[3], [0, 1, 0, 1, 0, 0])


def test_the_width_counts_places_and_not_steps():
    assert causal_band(10, 2, 3)[9].int().tolist() == [0, 0, 0, 0, 0, 0, 1, 0, 0, 1]


def test_the_variations_band_matches_a_loop():
    mask = causal_band(N, WIDTH, STRIDE)
    assert_shape(mask, (N, N), "band")
    seen = [{t - k * STRIDE for k in range(WIDTH)} for t in range(N)]
    assert_mask(mask, [[int(s in seen[t]) for s in range(N)] for t in range(N)])


@pytest.mark.parametrize("radius", [0, 1, 2, 4])
def test_a_symmetric_band_looks_both_ways(radius):
    expected = [[int(abs(t - s) <= radius) for s in range(5)] for t in range(5)]
    assert_mask(symmetric_band(5, radius), expected)


def test_a_single_place_sees_itself():
    assert_mask(causal_band(1, 1), [[1]])
    assert_mask(symmetric_band(1, 3), [[1]])


def test_an_empty_sequence_has_an_empty_mask():
    assert_shape(causal_band(0, 2), (0, 0), "band")
