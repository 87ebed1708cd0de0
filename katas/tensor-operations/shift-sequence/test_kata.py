import pytest
import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import next_token_pairs, shift

N = params.get("n", 6)


@pytest.mark.parametrize(
    "places, expected",
    [
        (0, [1, 2, 3, 4]),
        (1, [0, 1, 2, 3]),
        (3, [0, 0, 0, 1]),
        (-1, [2, 3, 4, 0]),
        (-3, [4, 0, 0, 0]),
        (4, [0, 0, 0, 0]),
        (-4, [0, 0, 0, 0]),
        (9, [0, 0, 0, 0]),
        (-9, [0, 0, 0, 0]),
    ],
)
def test_elements_move_and_zeros_come_in(places, expected):
    assert shift(torch.tensor([1, 2, 3, 4]), places).tolist() == expected


def test_the_filling_can_be_chosen():
    out = shift(torch.tensor([1.0, 2.0, 3.0]), -2, -1.5)
    assert_close(out, torch.tensor([3.0, -1.5, -1.5]), 1e-5, "shifted")


def test_the_type_stays():
    assert shift(torch.tensor([1, 2]), 1).dtype == torch.int64
    assert shift(torch.tensor([1.0, 2.0]), 1, 7).dtype == torch.float32
    mask = shift(torch.tensor([True, True]), 1, False)
    assert mask.dtype == torch.bool
    assert mask.tolist() == [False, True]


def test_each_row_moves_by_itself():
    x = torch.tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    assert shift(x, 1, 9).tolist() == [[[9, 1], [9, 3]], [[9, 5], [9, 7]]]
    assert shift(x, -1, 9).tolist() == [[[2, 9], [4, 9]], [[6, 9], [8, 9]]]


def test_all_shifts_of_the_variations_length_match_a_loop():
    x = torch.randn(2, N)
    for places in range(-N - 2, N + 3):
        expected = [
            [row[t - places] if 0 <= t - places < N else 0.25 for t in range(N)]
            for row in x.tolist()
        ]
        assert_close(shift(x, places, 0.25), torch.tensor(expected), 1e-6, f"shift by {places}")


def test_a_shift_can_be_told_from_what_was_given():
    x = torch.tensor([1.0, 2.0])
    shift(x, 0).add_(10)
    shift(x, 1).add_(10)
    assert_close(x, torch.tensor([1.0, 2.0]), 1e-5, "input")


def test_an_empty_sequence_stays_empty():
    assert_shape(shift(torch.zeros(2, 0), 1), (2, 0), "shifted")


def test_a_model_sees_what_came_before_and_says_what_comes():
    inputs, targets = next_token_pairs(torch.tensor([[5, 6, 7], [8, 9, 5]]), 4)
    assert inputs.tolist() == [[4, 5, 6], [4, 8, 9]]
    assert targets.tolist() == [[5, 6, 7], [8, 9, 5]]
