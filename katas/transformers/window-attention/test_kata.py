import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import window_attention

LENGTH = params.get("length", 7)
WIDTH = params.get("width", 3)


def attention_of(q, k, v, width):
    """Query by query, on tensors of shape [length, d]."""
    out = []
    for t in range(len(q)):
        seen = range(max(0, t - width + 1), t + 1)
        weights = [math.exp(float(q[t] @ k[s]) / math.sqrt(q.shape[1])) for s in seen]
        out.append(sum(w * v[s] for w, s in zip(weights, seen)) / sum(weights))
    return torch.stack(out)


def test_equal_scores_give_the_mean_of_the_window():
    v = torch.tensor([[1.0], [3.0], [8.0], [0.0]])
    out = window_attention(torch.zeros(4, 2), torch.randn(4, 2), v, 2)
    assert_close(out, torch.tensor([[1.0], [2.0], [5.5], [4.0]]), 1e-5, "attention")


def test_nothing_before_the_beginning_takes_a_share():
    # The only key has a score far below zero, which a zero key would beat.
    q, k = torch.tensor([[10.0]]), torch.tensor([[-10.0]])
    out = window_attention(q, k, torch.tensor([[5.0]]), 3)
    assert_close(out, torch.tensor([[5.0]]))


def test_a_window_of_one_sees_itself_alone():
    v = torch.randn(5, 3)
    assert_close(window_attention(torch.randn(5, 2), torch.randn(5, 2), v, 1), v, 1e-5)


def test_scores_are_divided_by_the_root_of_the_querys_width():
    # q·k is 2·log(3) and 0; divided by √4 that is log(3) and 0: weights 3/4 and 1/4.
    q = torch.tensor([[0.0] * 4, [2.0, 0, 0, 0]])
    k = torch.tensor([[math.log(3), 5, 5, 5], [0, -5, 5, 5]])
    out = window_attention(q, k, torch.tensor([[8.0], [4.0]]), 2)
    assert_close(out, torch.tensor([[8.0], [7.0]]), 1e-4)


def test_random_tokens_of_the_variations_sizes_match_a_loop():
    q, k, v = torch.randn(LENGTH, 4), torch.randn(LENGTH, 4), torch.randn(LENGTH, 3)
    out = window_attention(q, k, v, WIDTH)
    assert_shape(out, (LENGTH, 3), "attention")
    assert_close(out, attention_of(q, k, v, WIDTH), 1e-3, "attention", atol=1e-5)


def test_batches_and_heads_are_carried_along():
    q, k, v = torch.randn(2, 3, 5, 4), torch.randn(2, 3, 5, 4), torch.randn(2, 3, 5, 2)
    out = window_attention(q, k, v, 3)
    assert_shape(out, (2, 3, 5, 2), "attention")
    for b in range(2):
        for h in range(3):
            expected = attention_of(q[b, h], k[b, h], v[b, h], 3)
            assert_close(out[b, h], expected, 1e-3, f"head {b}, {h}", atol=1e-5)


def test_all_sizes_alike_do_not_confuse_the_axes():
    q, k, v = torch.randn(3, 3), torch.randn(3, 3), torch.randn(3, 3)
    expected = attention_of(q, k, v, 3)
    assert_close(window_attention(q, k, v, 3), expected, 1e-3, "attention", atol=1e-5)


def test_what_left_the_window_is_forgotten():
    q, k, v = torch.randn(6, 2), torch.randn(6, 2), torch.randn(6, 2)
    before = window_attention(q, k, v, 2)
    changed = torch.cat([v[:1] + 100, v[1:]])
    after = window_attention(q, k, changed, 2)
    assert_close(after[2:], before[2:], 1e-5, "later tokens")
    assert_close(after[0], v[0] + 100, 1e-5, "first token")


def test_tokens_to_come_change_nothing():
    q, k, v = torch.randn(6, 2), torch.randn(6, 2), torch.randn(6, 2)
    whole, part = window_attention(q, k, v, 4), window_attention(q[:3], k[:3], v[:3], 4)
    assert_close(part, whole[:3], 1e-4, "first tokens", atol=1e-6)
