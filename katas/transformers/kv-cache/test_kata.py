import math

import pytest
import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import Cache, attend

PROMPT = params.get("prompt", 4)
TOKENS = params.get("tokens", 7)


def whole_text(q, k, v):
    """Causal attention over everything at once, query by query."""
    out = torch.zeros_like(q)
    for b in range(q.shape[0]):
        for h in range(q.shape[1]):
            for t in range(q.shape[2]):
                dots = k[b, h, : t + 1] @ q[b, h, t] / math.sqrt(q.shape[-1])
                out[b, h, t] = dots.softmax(0) @ v[b, h, : t + 1]
    return out


def random_text(tokens, batch=2, heads=3, width=4):
    return [torch.randn(batch, heads, tokens, width) for _ in range(3)]


def part(text, start, stop):
    return [tensor[:, :, start:stop] for tensor in text]


def test_keys_and_values_are_written_from_the_front():
    cache = Cache(1, 1, 3, 2)
    cache.append(torch.tensor([[[[1.0, 2.0]]]]), torch.tensor([[[[10.0, 20.0]]]]))
    cache.append(torch.tensor([[[[3.0, 4.0]]]]), torch.tensor([[[[30.0, 40.0]]]]))
    assert cache.filled == 2
    assert_close(cache.keys[0, 0], torch.tensor([[1.0, 2], [3, 4], [0, 0]]), 1e-5, "keys")
    assert_close(cache.values[0, 0], torch.tensor([[10.0, 20], [30, 40], [0, 0]]), 1e-5, "values")


def test_several_tokens_can_be_written_at_once_until_it_is_full():
    cache, (_, k, v) = Cache(2, 3, 5, 4), random_text(5)
    cache.append(*part([k, v], 0, 3))
    cache.append(*part([k, v], 3, 5))
    assert cache.filled == 5
    assert_close(cache.keys, k, 1e-5, "keys")
    assert_close(cache.values, v, 1e-5, "values")


def test_there_is_no_room_for_more_than_the_capacity():
    cache, (_, k, v) = Cache(2, 3, 3, 4), random_text(4)
    cache.append(*part([k, v], 0, 2))
    with pytest.raises(ValueError):
        cache.append(*part([k, v], 2, 4))
    assert cache.filled == 2
    assert_close(cache.keys[:, :, 2], torch.zeros(2, 3, 4), 1e-5, "third key")


def test_memory_is_set_aside_once():
    cache, (_, k, v) = Cache(2, 3, 4, 4), random_text(2)
    keys, values = cache.keys, cache.values
    cache.append(k, v)
    assert cache.keys is keys
    assert cache.values is values


def test_the_first_token_finds_its_own_value():
    q, k, v = random_text(1)
    out = attend(Cache(2, 3, 9, 4), q, k, v)
    assert_close(out, v, 1e-5, "attention")


def test_a_prompt_is_attended_to_causally():
    text = random_text(5)
    out = attend(Cache(2, 3, 5, 4), *text)
    assert_shape(out, (2, 3, 5, 4), "attention")
    assert_close(out, whole_text(*text), 1e-3, "attention", atol=1e-5)


def test_the_variations_pieces_give_what_the_whole_text_gives():
    text, cache, out = random_text(TOKENS), Cache(2, 3, TOKENS + 2, 4), []
    out.append(attend(cache, *part(text, 0, PROMPT)))
    for t in range(PROMPT, TOKENS):
        out.append(attend(cache, *part(text, t, t + 1)))
    assert cache.filled == TOKENS
    joined = torch.cat(out, 2)
    assert_close(joined, whole_text(*text), 1e-3, "attention", atol=1e-5)


def test_pieces_of_several_tokens_see_each_other_causally():
    text, cache = random_text(6), Cache(2, 3, 6, 4)
    out = [attend(cache, *part(text, a, b)) for a, b in [(0, 2), (2, 5), (5, 6)]]
    assert_close(torch.cat(out, 2), whole_text(*text), 1e-3, "attention", atol=1e-5)


def test_scores_are_divided_by_the_root_of_the_width():
    q = torch.tensor([[[[0.0] * 4, [2.0, 0, 0, 0]]]])
    k = torch.tensor([[[[math.log(3), 5, 5, 5], [0, -5, 5, 5]]]])
    v = torch.tensor([[[[8.0] * 4, [4.0] * 4]]])
    out = attend(Cache(1, 1, 2, 4), q, k, v)
    assert_close(out, torch.tensor([[[[8.0] * 4, [7.0] * 4]]]), 1e-4)


def test_room_that_is_not_in_use_takes_no_share():
    q, k = torch.full((1, 1, 1, 1), 10.0), torch.full((1, 1, 1, 1), -10.0)
    out = attend(Cache(1, 1, 50, 1), q, k, torch.full((1, 1, 1, 1), 5.0))
    assert_close(out, torch.full((1, 1, 1, 1), 5.0))
