import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import normalize_rows


def test_each_row_is_divided_by_its_own_length():
    x = torch.tensor([[3.0, 4.0], [-5.0, 12.0], [0.0, 2.0]])
    expected = torch.tensor([[3 / 5, 4 / 5], [-5 / 13, 12 / 13], [0.0, 1.0]])
    assert_close(normalize_rows(x), expected, 1e-5, "normalized")


def test_a_square_matrix_is_normalized_by_rows_and_not_by_columns():
    x = torch.tensor([[1.0, 2.0, 2.0], [2.0, 3.0, 6.0], [1.0, 4.0, 8.0]])
    expected = torch.tensor([[1 / 3, 2 / 3, 2 / 3], [2 / 7, 3 / 7, 6 / 7], [1 / 9, 4 / 9, 8 / 9]])
    assert_close(normalize_rows(x), expected)


def test_random_rows_of_the_variations_sizes_get_length_one_and_keep_their_direction():
    x = torch.randn(params.get("rows", 6), params.get("columns", 11))
    expected = [[value / math.hypot(*row) for value in row] for row in x.tolist()]
    assert_close(normalize_rows(x), torch.tensor(expected), 1e-4, "normalized")


def test_a_transposed_matrix_is_normalized_along_its_own_last_axis():
    x = torch.tensor([[3.0, 0.0, 8.0], [4.0, 1.0, 15.0]]).T
    expected = torch.tensor([[3 / 5, 4 / 5], [0.0, 1.0], [8 / 17, 15 / 17]])
    assert_close(normalize_rows(x), expected)


def test_the_input_is_left_as_it_was():
    x = torch.tensor([[3.0, 4.0]])
    assert_close(normalize_rows(x), torch.tensor([[0.6, 0.8]]))
    assert_close(x, torch.tensor([[3.0, 4.0]]), 1e-5, "input")


def test_a_single_vector_is_one_row():
    out = normalize_rows(torch.tensor([2.0, -3.0, 6.0]))
    assert_shape(out, (3,), "normalized")
    assert_close(out, torch.tensor([2 / 7, -3 / 7, 6 / 7]))


def test_leading_axes_are_batches_of_rows():
    x = torch.tensor([[[3.0, 4.0], [8.0, 6.0]], [[5.0, 12.0], [-12.0, 5.0]]])
    first = [[0.6, 0.8], [0.8, 0.6]]
    second = [[5 / 13, 12 / 13], [-12 / 13, 5 / 13]]
    assert_close(normalize_rows(x), torch.tensor([first, second]))


def test_a_row_of_zeros_stays_zero_beside_ordinary_rows():
    out = normalize_rows(torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 7.0]]))
    assert_close(out, torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]))


def test_a_row_shorter_than_eps_is_divided_by_eps():
    out = normalize_rows(torch.tensor([[0.3, 0.4], [30.0, 40.0]]), 2)
    assert_close(out, torch.tensor([[0.15, 0.2], [0.6, 0.8]]))


def test_the_default_eps_bounds_the_length_and_not_its_square():
    out = normalize_rows(torch.tensor([[3e-10, 4e-10], [3e-13, 4e-13]]))
    assert_close(out, torch.tensor([[0.6, 0.8], [0.3, 0.4]]), 1e-4)
