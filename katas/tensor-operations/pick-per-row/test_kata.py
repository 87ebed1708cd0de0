import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import last_real, pick

ROWS = params.get("rows", 5)
COLUMNS = params.get("columns", 4)


def test_each_row_gives_the_element_of_its_own_column():
    x = torch.tensor([[1.0, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]])
    out = pick(x, torch.tensor([2, 0, 1, 1]))
    assert_close(out, torch.tensor([3.0, 4, 8, 11]), 1e-5, "picked")


def test_a_square_matrix_is_picked_from_by_rows():
    x = torch.tensor([[1.0, 2], [3, 4]])
    assert_close(pick(x, torch.tensor([1, 0])), torch.tensor([2.0, 3.0]))


def test_a_single_row_gives_a_single_element():
    out = pick(torch.tensor([5.0, 6.0, 7.0]), torch.tensor(1))
    assert_shape(out, (), "picked")
    assert_close(out, torch.tensor(6.0))


def test_batch_axes_are_carried_along():
    x = torch.arange(24.0).reshape(2, 3, 4)
    out = pick(x, torch.tensor([[0, 1, 2], [3, 0, 3]]))
    assert_close(out, torch.tensor([[0.0, 5, 10], [15, 16, 23]]))


def test_whole_numbers_stay_whole_numbers():
    out = pick(torch.tensor([[1, 2], [3, 4]]), torch.tensor([0, 1]))
    assert out.dtype == torch.int64
    assert out.tolist() == [1, 4]


def test_random_rows_of_the_variations_sizes_match_a_loop():
    x, columns = torch.randn(ROWS, COLUMNS), torch.randint(0, COLUMNS, (ROWS,))
    expected = torch.tensor([row[c] for row, c in zip(x.tolist(), columns.tolist())])
    assert_close(pick(x, columns), expected, 1e-6, "picked")


def test_the_gradient_goes_to_what_was_picked_alone():
    x = torch.zeros(2, 3, requires_grad=True)
    pick(x, torch.tensor([1, 2])).sum().backward()
    assert_close(x.grad, torch.tensor([[0.0, 1, 0], [0, 0, 1]]), 1e-5, "gradient")


def test_the_last_real_token_stands_before_the_padding():
    x = torch.arange(12.0).reshape(2, 3, 2)
    out = last_real(x, torch.tensor([1, 3]))
    assert_close(out, torch.tensor([[0.0, 1.0], [10.0, 11.0]]), 1e-5, "last")


def test_as_many_sequences_as_places_does_not_confuse_the_axes():
    x = torch.arange(27.0).reshape(3, 3, 3)
    out = last_real(x, torch.tensor([2, 1, 3]))
    assert_close(out, torch.tensor([[3.0, 4, 5], [9, 10, 11], [24, 25, 26]]))


def test_random_sequences_of_the_variations_sizes_match_a_loop():
    x, lengths = torch.randn(ROWS, COLUMNS, 3), torch.randint(1, COLUMNS + 1, (ROWS,))
    out = last_real(x, lengths)
    assert_shape(out, (ROWS, 3), "last")
    for b in range(ROWS):
        assert_close(out[b], x[b, int(lengths[b]) - 1], 1e-6, f"sequence {b}")
