import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import attention

BATCH = params.get("batch", 2)
QUERIES = params.get("queries", 5)
KEYS = params.get("keys", 7)
WIDTH = params.get("width", 3)


def attention_of(q, k, v, causal):
    """Attention of one batch element, on lists of rows."""
    out = []
    for i, query in enumerate(q):
        seen = min(i + 1, len(k)) if causal else len(k)
        dots = [sum(a * b for a, b in zip(query, key)) for key in k[:seen]]
        weights = [math.exp(dot / math.sqrt(len(query))) for dot in dots]
        mean = [sum(w * row[c] for w, row in zip(weights, v)) for c in range(len(v[0]))]
        out.append([value / sum(weights) for value in mean])
    return torch.tensor(out)


def test_a_query_of_zeros_takes_the_plain_mean_of_the_values():
    k = torch.tensor([[1.0, 2.0], [3.0, -4.0], [5.0, 6.0]])
    v = torch.tensor([[3.0, 0.0], [6.0, 0.0], [0.0, 12.0]])
    assert_close(attention(torch.zeros(1, 2), k, v), torch.tensor([[3.0, 4.0]]), 1e-5, "attention")


def test_scores_are_divided_by_the_root_of_the_querys_width():
    # q·k is 2·log(3) and 0; divided by √4 that is log(3) and 0: weights 3/4 and 1/4.
    q = torch.tensor([[2.0, 0, 0, 0]])
    k = torch.tensor([[math.log(3), 5, 5, 5], [0, -5, 5, 5]])
    v = torch.tensor([[8.0], [4.0]])
    assert_close(attention(q, k, v), torch.tensor([[7.0]]), 1e-4)


def test_a_query_picks_the_value_of_the_key_it_matches():
    k = torch.tensor([[40.0, 0.0], [0.0, 40.0]])
    v = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    out = attention(k, k, v)
    assert_shape(out, (2, 3), "attention")
    assert_close(out, v)


def test_random_tensors_of_the_variations_sizes_match_a_loop():
    q = torch.randn(BATCH, QUERIES, WIDTH)
    k, v = torch.randn(BATCH, KEYS, WIDTH), torch.randn(BATCH, KEYS, WIDTH + 2)
    out = attention(q, k, v)
    assert_shape(out, (BATCH, QUERIES, WIDTH + 2), "attention")
    for b in range(BATCH):
        expected = attention_of(q[b].tolist(), k[b].tolist(), v[b].tolist(), False)
        assert_close(out[b], expected, 1e-3, f"batch {b}", atol=1e-5)


def test_two_batch_axes_as_heads_need_them_are_carried_along():
    q, k, v = torch.randn(2, 3, 4, 2), torch.randn(2, 3, 4, 2), torch.randn(2, 3, 4, 3)
    out = attention(q, k, v, True)
    assert_shape(out, (2, 3, 4, 3), "attention")
    for b in range(2):
        for h in range(3):
            expected = attention_of(q[b, h].tolist(), k[b, h].tolist(), v[b, h].tolist(), True)
            assert_close(out[b, h], expected, 1e-3, f"head {b}, {h}", atol=1e-5)


def test_huge_scores_stay_finite():
    q = torch.tensor([[300.0, 0.0], [0.0, -300.0]])
    k = torch.tensor([[300.0, 300.0], [-300.0, 300.0], [0.0, 0.0]])
    v = torch.tensor([[1.0], [2.0], [3.0]])
    assert_close(attention(q, k, v), torch.tensor([[1.0], [3.0]]))


def test_query_i_takes_the_mean_of_the_values_0_to_i_when_all_scores_are_equal():
    zero, v = torch.zeros(4, 1), torch.tensor([[12.0], [0.0], [6.0], [-2.0]])
    assert_close(attention(zero, zero, v, True), torch.tensor([[12.0], [6.0], [6.0], [4.0]]))
    assert_close(attention(zero, zero, v), torch.full((4, 1), 4.0))


def test_changing_the_future_leaves_the_past_as_it_was():
    # The last query is zero, so it weighs all four values alike: 50 more becomes 12.5 more.
    q = torch.randn(4, 3) * torch.tensor([[1.0], [1.0], [1.0], [0.0]])
    k, v = torch.randn(4, 3), torch.randn(4, 3)
    later = torch.tensor([[0.0], [0.0], [0.0], [50.0]])
    before, after = attention(q, k, v, True), attention(q, k + later, v + later, True)
    assert_close(after[:3], before[:3], 1e-4, "past", atol=1e-5)
    assert_close(after[3], before[3] + 12.5, 1e-4, "present", atol=1e-4)


def test_random_tensors_of_the_variations_sizes_match_a_masked_loop():
    q = torch.randn(BATCH, QUERIES, WIDTH)
    k, v = torch.randn(BATCH, KEYS, WIDTH), torch.randn(BATCH, KEYS, WIDTH)
    out = attention(q, k, v, True)
    for b in range(BATCH):
        expected = attention_of(q[b].tolist(), k[b].tolist(), v[b].tolist(), True)
        assert_close(out[b], expected, 1e-3, f"batch {b}", atol=1e-5)


def test_more_queries_than_keys_leaves_the_last_queries_with_every_key():
    k, v = torch.tensor([[1.0], [2.0]]), torch.tensor([[10.0], [20.0]])
    out = attention(torch.zeros(3, 1), k, v, True)
    assert_close(out, torch.tensor([[10.0], [15.0], [15.0]]))
