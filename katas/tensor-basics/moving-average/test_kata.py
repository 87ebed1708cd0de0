import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import moving_average


def test_three_neighbours_at_a_time():
    out = moving_average(torch.tensor([3.0, 6.0, 0.0, 9.0, -3.0]), 3)
    assert_close(out, torch.tensor([3.0, 5.0, 2.0]), 1e-5, "means")


def test_two_neighbours_at_a_time_of_numbers_that_have_no_pattern():
    out = moving_average(torch.tensor([1.0, 4.0, -2.0, 8.0, 0.5]), 2)
    assert_close(out, torch.tensor([2.5, 1.0, 3.0, 4.25]))


def test_a_window_of_one_element_gives_the_signal_back():
    x = torch.tensor([7.0, -1.0, 0.5, 3.0])
    assert_close(moving_average(x, 1), x)


def test_a_window_as_long_as_the_signal_gives_its_mean_alone():
    out = moving_average(torch.tensor([2.0, 4.0, 9.0]), 3)
    assert_shape(out, (1,), "means")
    assert_close(out, torch.tensor([5.0]))


def test_the_first_window_begins_at_the_first_element_and_the_last_ends_at_the_last():
    out = moving_average(torch.tensor([100.0, 0, 0, 0, 0, 0, 0, 1000.0]), 4)
    assert_close(out, torch.tensor([25.0, 0, 0, 0, 250.0]))


def test_a_constant_stays_what_it_is_and_a_ramp_stays_a_ramp():
    assert_close(moving_average(torch.full((20,), 2.5), 7), torch.full((14,), 2.5))
    ramp = moving_average(torch.arange(10.0), 5)
    assert_close(ramp, torch.tensor([2.0, 3, 4, 5, 6, 7]), 1e-5, "ramp")


def test_each_row_of_a_matrix_is_a_signal_of_its_own():
    x = torch.tensor([[1.0, 3, 5, 7], [10, 20, -10, 0], [0, 0, 4, 0]])
    assert_close(moving_average(x, 2), torch.tensor([[2.0, 4, 6], [15, 5, -5], [0, 2, 2]]))


def test_a_square_matrix_and_its_transpose_are_averaged_along_their_own_rows():
    x = torch.tensor([[0.0, 2, 4], [10, 30, 50], [100, 500, 900]])
    assert_close(moving_average(x, 2), torch.tensor([[1.0, 3], [20, 40], [300, 700]]))
    assert_close(moving_average(x.T, 2), torch.tensor([[5.0, 55], [16, 265], [27, 475]]))


def test_random_signals_of_the_variations_sizes_match_a_loop():
    length, width = params.get("length", 29), params.get("width", 5)
    x = torch.randn(2, 3, length)
    starts = range(length - width + 1)
    expected = [
        [[sum(row[t : t + width]) / width for t in starts] for row in signals]
        for signals in x.tolist()
    ]
    out = moving_average(x, width)
    assert_shape(out, (2, 3, length - width + 1), "means")
    assert_close(out, torch.tensor(expected), 1e-3, "means", atol=1e-5)


def test_the_input_is_left_as_it_was():
    x = torch.tensor([[1.0, 2.0, 6.0]])
    assert_close(moving_average(x, 2), torch.tensor([[1.5, 4.0]]))
    assert_close(x, torch.tensor([[1.0, 2.0, 6.0]]), 1e-5, "input")
