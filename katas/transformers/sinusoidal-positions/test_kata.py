import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import add_positions, positions

LENGTH = params.get("length", 7)
WIDTH = params.get("width", 6)


def table_of(length, width, base):
    rows = []
    for p in range(length):
        row = []
        for i in range(0, width, 2):
            angle = p / base ** (i / width)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row)
    return torch.tensor(rows)


def test_position_zero_has_sine_zero_and_cosine_one():
    assert_close(positions(1, 4), torch.tensor([[0.0, 1.0, 0.0, 1.0]]), 1e-5, "table")


def test_the_first_pair_turns_by_one_radian_a_position():
    out = positions(3, 2)
    expected = [[0, 1], [math.sin(1), math.cos(1)], [math.sin(2), math.cos(2)]]
    assert_close(out, torch.tensor(expected), 1e-4, "table")


def test_speeds_fall_in_equal_ratios():
    # With base 16 and eight features they are 1, 1/2, 1/4 and 1/8.
    out = positions(2, 8, 16)[1]
    expected = [f(speed) for speed in (1, 1 / 2, 1 / 4, 1 / 8) for f in (math.sin, math.cos)]
    assert_close(out, torch.tensor(expected), 1e-4, "table")


def test_the_base_is_10000_by_default():
    out = positions(101, 4)
    assert_close(out[100, 2:], torch.tensor([math.sin(1), math.cos(1)]), 1e-4, "table")


def test_the_variations_table_matches_a_loop():
    out = positions(LENGTH, WIDTH)
    assert out.dtype == torch.float32
    assert_shape(out, (LENGTH, WIDTH), "table")
    assert_close(out, table_of(LENGTH, WIDTH, 10_000), 1e-3, "table", atol=1e-4)


def test_a_longer_table_begins_like_a_shorter_one():
    assert_close(positions(9, 6)[:4], positions(4, 6), 1e-5, "table")


def test_every_row_has_the_same_length():
    squares = positions(LENGTH, WIDTH).square().sum(-1)
    assert_close(squares, torch.full((LENGTH,), WIDTH / 2), 1e-4, "squares")


def test_similarity_depends_on_the_distance_alone():
    table = positions(12, 8)
    products = table @ table.T
    assert_close(products[2, 5], products[8, 11], 1e-3, "products")
    assert_close(products[0, 4], products[4, 0], 1e-3, "products")


def test_positions_are_added_to_every_sequence_of_a_batch():
    out = add_positions(torch.ones(2, 3, 5, 4))
    assert_shape(out, (2, 3, 5, 4), "tokens")
    assert_close(out[1, 2], table_of(5, 4, 10_000) + 1, 1e-4, "tokens")


def test_as_many_tokens_as_features_does_not_confuse_the_axes():
    x = torch.zeros(4, 4)
    assert_close(add_positions(x), table_of(4, 4, 10_000), 1e-4, "tokens", atol=1e-6)
    assert_close(x, torch.zeros(4, 4), 1e-5, "input")
