import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import alibi_bias, attention_weights, slopes

HEADS = params.get("heads", 4)
LENGTH = params.get("length", 5)
INF = float("inf")


def test_eight_heads_have_halves_of_halves():
    expected = [2.0**-h for h in range(1, 9)]
    assert_close(slopes(8), torch.tensor(expected), 1e-5, "slopes")


def test_four_heads_have_every_second_of_those():
    assert_close(slopes(4), torch.tensor([1 / 4, 1 / 16, 1 / 64, 1 / 256]))


def test_one_head_has_the_last():
    assert_close(slopes(1), torch.tensor([1 / 256]))


def test_slopes_of_the_variations_heads_match_a_loop():
    expected = [1 / 2 ** (8 * h / HEADS) for h in range(1, HEADS + 1)]
    assert_close(slopes(HEADS), torch.tensor(expected), 1e-5, "slopes")


def test_the_bias_falls_with_the_distance():
    out = alibi_bias(8, 3)
    expected = [[0, -INF, -INF], [-0.5, 0, -INF], [-1, -0.5, 0]]
    assert_close(out[0], torch.tensor(expected), 1e-5, "bias of the first head")
    expected = [[0, -INF, -INF], [-0.25, 0, -INF], [-0.5, -0.25, 0]]
    assert_close(out[1], torch.tensor(expected), 1e-5, "bias of the second head")


def test_the_variations_bias_matches_a_loop():
    out = alibi_bias(HEADS, LENGTH)
    assert_shape(out, (HEADS, LENGTH, LENGTH), "bias")
    expected = [
        [
            [-(t - s) / 2 ** (8 * h / HEADS) if s <= t else -INF for s in range(LENGTH)]
            for t in range(LENGTH)
        ]
        for h in range(1, HEADS + 1)
    ]
    assert_close(out, torch.tensor(expected), 1e-5, "bias")


def test_as_many_heads_as_places_does_not_confuse_the_axes():
    out = alibi_bias(2, 2)
    expected = [[[0, -INF], [-1 / 16, 0]], [[0, -INF], [-1 / 256, 0]]]
    assert_close(out, torch.tensor(expected))


def test_equal_scores_are_weighed_by_distance_alone():
    out = attention_weights(torch.zeros(1, 2, 2))
    share = math.exp(-1 / 256)
    assert_close(out, torch.tensor([[[1, 0], [share / (1 + share), 1 / (1 + share)]]]), 1e-5)


def test_weights_of_a_batch_match_a_loop():
    scores = torch.randn(2, HEADS, LENGTH, LENGTH)
    out = attention_weights(scores)
    assert_shape(out, scores.shape, "weights")
    for b in range(2):
        for h in range(HEADS):
            slope = 2 ** (-8 * (h + 1) / HEADS)
            for t in range(LENGTH):
                row = scores[b, h, t].tolist()[: t + 1]
                terms = [math.exp(score - slope * (t - s)) for s, score in enumerate(row)]
                expected = [term / sum(terms) for term in terms] + [0.0] * (LENGTH - t - 1)
                assert_close(out[b, h, t], torch.tensor(expected), 1e-4, "weights", atol=1e-6)


def test_a_longer_text_has_the_same_bias_at_the_same_distance():
    long, short = alibi_bias(4, 9), alibi_bias(4, 3)
    assert_close(long[:, 6:, 6:], short, 1e-5, "bias")
