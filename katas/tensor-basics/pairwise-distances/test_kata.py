import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import pairwise_distances


def test_right_triangles_in_the_plane():
    a = torch.tensor([[0.0, 0.0], [3.0, 0.0], [1.0, 1.0]])
    b = torch.tensor([[0.0, 4.0], [6.0, 8.0]])
    expected = [[4.0, 10.0], [5.0, math.sqrt(73)], [math.sqrt(10), math.sqrt(74)]]
    assert_close(pairwise_distances(a, b), torch.tensor(expected), 1e-5, "distances")


def test_negative_coordinates_count_by_their_difference():
    a = torch.tensor([[-1.0, -2.0, -2.0]])
    b = torch.tensor([[1.0, 2.0, 2.0], [-1.0, -2.0, -2.0], [-3.0, -3.0, 0.0]])
    assert_close(pairwise_distances(a, b), torch.tensor([[6.0, 0.0, 3.0]]))


def test_points_on_a_line_are_apart_by_the_absolute_difference():
    a, b = torch.tensor([[5.0], [-2.0]]), torch.tensor([[1.0], [7.0], [-2.5]])
    assert_close(pairwise_distances(a, b), torch.tensor([[4.0, 2.0, 7.5], [3.0, 9.0, 0.5]]))


def test_random_points_of_the_variations_sizes_match_two_nested_loops():
    n, m, d = params.get("n", 6), params.get("m", 4), params.get("d", 3)
    a, b = torch.randn(n, d), torch.randn(m, d)
    expected = [[math.dist(p, q) for q in b.tolist()] for p in a.tolist()]
    out = pairwise_distances(a, b)
    assert_shape(out, (n, m), "distances")
    assert_close(out, torch.tensor(expected), 1e-4, "distances")


def test_as_many_points_as_coordinates_does_not_confuse_the_axes():
    a, b = torch.tensor([[0.0, 0.0], [10.0, 0.0]]), torch.tensor([[0.0, 1.0], [10.0, 2.0]])
    expected = [[1.0, math.sqrt(104)], [math.sqrt(101), 2.0]]
    assert_close(pairwise_distances(a, b), torch.tensor(expected))


def test_swapping_the_sets_transposes_the_table():
    a, b = torch.randn(3, 4), torch.randn(5, 4)
    swapped = pairwise_distances(b, a)
    assert_shape(swapped, (5, 3), "swapped distances")
    assert_close(swapped, pairwise_distances(a, b).T, 1e-5, "swapped distances")


def test_transposed_point_sets_are_read_in_their_own_order():
    a = torch.tensor([[0.0, 3.0, 6.0], [0.0, 4.0, 8.0]]).T
    b = torch.tensor([[0.0, 3.0], [0.0, 0.0]]).T
    expected = [[0.0, 3.0], [5.0, 4.0], [10.0, math.sqrt(73)]]
    assert_close(pairwise_distances(a, b), torch.tensor(expected))


def test_the_distance_of_a_point_to_itself_is_exactly_zero_far_from_the_origin_too():
    points = torch.tensor([[1000.1, 2000.7, -3000.3], [4321.5, -1234.25, 777.125]])
    out = pairwise_distances(points, points)
    assert_shape(out, (2, 2), "distances")
    assert out[0, 0].item() == 0
    assert out[1, 1].item() == 0
    assert abs(out[0, 1].item() - math.hypot(3321.4, 3234.95, 3777.425)) < 0.5


def test_close_points_far_from_the_origin_keep_their_small_distance():
    a, b = torch.tensor([[4096.0, 4096.0]]), torch.tensor([[4096.25, 4096.0], [4096.0, 4095.5]])
    assert_close(pairwise_distances(a, b), torch.tensor([[0.25, 0.5]]))
