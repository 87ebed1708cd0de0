import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import nucleus, sampling_weights

P = params.get("p", 0.7)
TEMPERATURE = params.get("temperature", 1.0)


def assert_mask(mask, expected):
    assert mask.dtype == torch.bool
    assert mask.int().tolist() == expected


def nucleus_of(row, p):
    """Take the most probable that is left until p is reached."""
    taken, total = set(), 0.0
    while total < p and len(taken) < len(row):
        best = max((i for i in range(len(row)) if i not in taken), key=lambda i: (row[i], -i))
        taken.add(best)
        total += row[best]
    return [int(i in taken) for i in range(len(row))]


def test_the_most_probable_tokens_reach_p():
    row = torch.tensor([0.1, 0.5, 0.15, 0.25])
    assert_mask(nucleus(row, 0.7), [0, 1, 0, 1])
    assert_mask(nucleus(row, 0.8), [0, 1, 1, 1])
    assert_mask(nucleus(row, 0.95), [1, 1, 1, 1])


def test_a_token_that_is_probable_enough_stands_alone():
    assert_mask(nucleus(torch.tensor([0.02, 0.9, 0.08]), 0.9), [0, 1, 0])
    assert_mask(nucleus(torch.tensor([0.02, 0.9, 0.08]), 0.001), [0, 1, 0])


def test_p_that_is_reached_exactly_needs_no_further_token():
    row = torch.tensor([0.25, 0.5, 0.25])
    assert_mask(nucleus(row, 0.5), [0, 1, 0])
    assert_mask(nucleus(row, 0.75), [1, 1, 0])


def test_of_equal_tokens_the_earlier_are_taken():
    assert_mask(nucleus(torch.full((8,), 0.125), 0.375), [1, 1, 1, 0, 0, 0, 0, 0])
    assert_mask(nucleus(torch.full((256,), 1 / 256), 0.25), [1] * 64 + [0] * 192)


def test_p_of_one_and_more_takes_everything():
    row = torch.tensor([0.5, 0.25, 0.25])
    assert_mask(nucleus(row, 1.0), [1, 1, 1])
    assert_mask(nucleus(row, 2.0), [1, 1, 1])


def test_each_row_has_its_own_nucleus():
    rows = torch.tensor([[[0.75, 0.125, 0.125], [0.25, 0.5, 0.25]]])
    mask = nucleus(rows, 0.7)
    assert_shape(mask, (1, 2, 3), "mask")
    assert_mask(mask, [[[1, 0, 0], [1, 1, 0]]])


def test_a_square_table_is_read_by_rows():
    rows = torch.tensor([[0.9, 0.1], [0.2, 0.8]])
    assert_mask(nucleus(rows, 0.5), [[1, 0], [0, 1]])


def test_random_rows_match_taking_one_after_the_other():
    rows = (torch.randn(20, 9) * 2).softmax(-1)
    assert_mask(nucleus(rows, P), [nucleus_of(row, P) for row in rows.tolist()])


def test_weights_are_what_is_left_scaled_to_one():
    scores = torch.tensor([0.1, 0.5, 0.15, 0.25]).log()
    expected = torch.tensor([0.0, 2 / 3, 0.0, 1 / 3])
    assert_close(sampling_weights(scores, 0.7), expected, 1e-5, "weights")


def test_temperature_comes_before_the_nucleus():
    scores = torch.tensor([1.0, 4.0, 4.0]).log()
    # Cooled by a half the probabilities are 1/33, 16/33 and 16/33.
    assert_close(sampling_weights(scores, 0.97, 0.5), torch.tensor([1.0, 16, 16]) / 33, 1e-4)
    assert_close(sampling_weights(scores, 0.96, 0.5), torch.tensor([0, 0.5, 0.5]), 1e-4)
    # Heated twice they are 1/5, 2/5 and 2/5.
    assert_close(sampling_weights(scores, 0.5, 2), torch.tensor([0, 0.5, 0.5]), 1e-4)
    assert_close(sampling_weights(scores, 0.9, 2), torch.tensor([0.2, 0.4, 0.4]), 1e-4)


def test_random_scores_of_the_variations_settings_match_a_loop():
    scores = torch.randn(2, 3, 11) * 3
    out = sampling_weights(scores, P, TEMPERATURE)
    assert_shape(out, (2, 3, 11), "weights")
    for i in range(2):
        for j in range(3):
            terms = [math.exp(score / TEMPERATURE) for score in scores[i, j].tolist()]
            mask = nucleus_of([term / sum(terms) for term in terms], P)
            kept = [term * bit for term, bit in zip(terms, mask)]
            expected = torch.tensor([weight / sum(kept) for weight in kept])
            assert_close(out[i, j], expected, 1e-4, f"row {i}, {j}", atol=1e-6)


def test_the_scores_are_left_as_they_were():
    scores = torch.tensor([3.0, 0.0])
    assert_close(sampling_weights(scores, 0.5), torch.tensor([1.0, 0.0]))
    assert_close(scores, torch.tensor([3.0, 0.0]), 1e-5, "scores")
