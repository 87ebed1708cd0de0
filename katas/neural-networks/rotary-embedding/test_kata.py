import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import rotate

LENGTH = params.get("length", 6)
WIDTH = params.get("width", 8)


def rotated(x, offset, base):
    """One sequence, a list of tokens, turned with complex numbers."""
    out = []
    for position, token in enumerate(x, offset):
        row = []
        for i in range(0, len(token), 2):
            angle = position / base ** (i / len(token))
            point = complex(token[i], token[i + 1]) * complex(math.cos(angle), math.sin(angle))
            row += [point.real, point.imag]
        out.append(row)
    return torch.tensor(out)


def test_the_token_at_position_0_is_not_turned():
    x = torch.randn(3, 4)
    assert_close(rotate(x)[:1], x[:1], 1e-5, "turned")


def test_the_first_pair_turns_by_one_radian_a_position_against_the_clock():
    x = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    expected = [[1, 0], [math.cos(1), math.sin(1)], [-math.sin(2), math.cos(2)]]
    assert_close(rotate(x), torch.tensor(expected), 1e-4, "turned", atol=1e-6)


def test_later_pairs_turn_more_slowly_by_powers_of_the_base():
    # With base 16 and eight features the speeds are 1, 1/2, 1/4 and 1/8.
    out = rotate(torch.tensor([[1.0, 0, 1, 0, 1, 0, 1, 0]]), 1, 16)
    expected = [f(speed) for speed in (1, 1 / 2, 1 / 4, 1 / 8) for f in (math.cos, math.sin)]
    assert_close(out, torch.tensor([expected]), 1e-4, "turned")


def test_the_base_is_10000_by_default():
    out = rotate(torch.tensor([[0.0, 0, 1, 0]]), 1)
    expected = torch.tensor([[0, 0, math.cos(0.01), math.sin(0.01)]])
    assert_close(out, expected, 1e-3, "turned", atol=1e-6)


def test_random_tokens_of_the_variations_sizes_match_a_loop():
    x = torch.randn(LENGTH, WIDTH)
    out = rotate(x)
    assert_shape(out, (LENGTH, WIDTH), "turned")
    assert_close(out, rotated(x.tolist(), 0, 10_000), 1e-3, "turned", atol=1e-4)


def test_an_offset_continues_a_sequence():
    x = torch.randn(LENGTH, WIDTH)
    assert_close(rotate(x, 5, 100), rotated(x.tolist(), 5, 100), 1e-3, "turned", atol=1e-4)
    assert_close(rotate(x[2:], 2), rotate(x)[2:], 1e-3, "tail", atol=1e-4)


def test_batches_and_heads_are_turned_alike():
    x = torch.randn(2, 3, 4, 6)
    out = rotate(x, 1, 50)
    assert_shape(out, (2, 3, 4, 6), "turned")
    for i in range(2):
        for j in range(3):
            expected = rotated(x[i, j].tolist(), 1, 50)
            assert_close(out[i, j], expected, 1e-3, f"head {i}, {j}", atol=1e-5)


def test_as_many_tokens_as_pairs_does_not_confuse_the_axes():
    x = torch.arange(1.0, 9.0).reshape(2, 4)
    assert_close(rotate(x, 3, 10), rotated(x.tolist(), 3, 10), 1e-4, "turned", atol=1e-5)


def test_a_transposed_input_is_read_in_its_own_order():
    x = torch.randn(4, 3).T
    assert_close(rotate(x, 2), rotated(x.tolist(), 2, 10_000), 1e-4, "turned", atol=1e-5)


def test_lengths_stay_as_they_were():
    x = torch.randn(LENGTH, WIDTH)
    before = x.square().sum(-1)
    assert_close(rotate(x, 7).square().sum(-1), before, 1e-3, "squared lengths")


def test_dot_products_depend_on_the_distance_of_two_tokens_and_not_on_where_they_are():
    q, k = torch.randn(1, WIDTH), torch.randn(1, WIDTH)
    near, far = ((rotate(q, at + 3) * rotate(k, at)).sum() for at in (1, 10))
    assert_close(far, near, 1e-3, "score", atol=1e-3)
