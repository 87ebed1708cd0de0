import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import Weights, self_attention

HEADS = params.get("heads", 4)
GROUPS = params.get("groups", 2)


def random_weights(width, heads, groups, size):
    return Weights(
        query=torch.randn(width, heads * size),
        key=torch.randn(width, groups * size),
        value=torch.randn(width, groups * size),
        output=torch.randn(heads * size, width),
    )


def layer_of(x, weights, heads, groups):
    """The layer on one sequence, head by head and token by token."""
    q, k, v = x @ weights.query, x @ weights.key, x @ weights.value
    size = q.shape[1] // heads
    joined = torch.zeros(len(x), heads * size)
    for head in range(heads):
        group = math.floor(head / (heads / groups))
        mine = slice(head * size, (head + 1) * size)
        theirs = slice(group * size, (group + 1) * size)
        for t in range(len(x)):
            dots = [float(q[t, mine] @ k[s, theirs]) / math.sqrt(size) for s in range(t + 1)]
            total = sum(math.exp(dot) for dot in dots)
            for s, dot in enumerate(dots):
                joined[t, mine] += math.exp(dot) / total * v[s, theirs]
    return joined @ weights.output


def test_without_keys_each_token_takes_the_mean_of_the_values_up_to_it():
    x = torch.tensor([[2.0, 10.0], [4.0, 30.0], [0.0, -10.0]])
    weights = Weights(torch.zeros(2, 2), torch.zeros(2, 2), torch.eye(2), torch.eye(2))
    out = self_attention(x, weights, 2, 2)
    assert_close(out, torch.tensor([[2.0, 10.0], [3.0, 20.0], [2.0, 10.0]]), 1e-5, "tokens")


def test_the_first_token_finds_nothing_but_itself():
    x, weights = torch.randn(4, 6), random_weights(6, 2, 1, 3)
    own = x[:1] @ weights.value
    expected = torch.cat([own, own], 1) @ weights.output
    assert_close(self_attention(x, weights, 2, 1)[:1], expected, 1e-4, "first token", atol=1e-5)


def test_neighbouring_heads_share_a_group_in_order():
    # One token: each head finds its group's value. The output keeps them apart.
    weights = Weights(
        query=torch.zeros(1, 4),
        key=torch.zeros(1, 2),
        value=torch.tensor([[1.0, 2.0]]),
        output=torch.tensor([[1.0], [10.0], [100.0], [1000.0]]),
    )
    out = self_attention(torch.tensor([[10.0]]), weights, 4, 2)
    assert_close(out, torch.tensor([[10.0 + 100 + 2000 + 20000]]))


def test_a_head_scores_by_its_own_queries():
    # Head 0 looks for feature 0 and head 1 for feature 1; both bring back the token's number.
    x = torch.tensor([[9.0, 0, 1], [0, 9, 2], [9, 9, 3]])
    look = torch.tensor([[9.0, 0], [0, 9], [0, 0]])
    value = torch.tensor([[0.0, 0], [0, 0], [1, 10]])
    weights = Weights(look, look, value, torch.tensor([[1.0, 0, 0], [0, 1, 0]]))
    out = self_attention(x, weights, 2, 2)
    assert_close(out[2], torch.tensor([2.0, 25.0, 0.0]), 1e-4, "third token", atol=1e-4)


def test_random_tokens_and_the_variations_heads_match_a_loop():
    x, weights = torch.randn(7, 5) / 2, random_weights(5, HEADS, GROUPS, 3)
    out = self_attention(x, weights, HEADS, GROUPS)
    assert_shape(out, (7, 5), "tokens")
    assert_close(out, layer_of(x, weights, HEADS, GROUPS), 1e-3, "tokens", atol=1e-4)


def test_heads_tokens_and_sizes_of_the_same_number_are_not_confused():
    x, weights = torch.randn(4, 4) / 2, random_weights(4, 4, 2, 4)
    out = self_attention(x, weights, 4, 2)
    assert_close(out, layer_of(x, weights, 4, 2), 1e-3, "tokens", atol=1e-4)


def test_each_sequence_of_a_batch_of_batches_is_attended_to_by_itself():
    x, weights = torch.randn(2, 2, 3, 4) / 2, random_weights(4, HEADS, GROUPS, 2)
    out = self_attention(x, weights, HEADS, GROUPS)
    assert_shape(out, (2, 2, 3, 4), "tokens")
    for i in range(2):
        for j in range(2):
            expected = layer_of(x[i, j], weights, HEADS, GROUPS)
            assert_close(out[i, j], expected, 1e-3, f"sequence {i}, {j}", atol=1e-4)


def test_tokens_to_come_change_nothing():
    x, weights = torch.randn(6, 4) / 2, random_weights(4, HEADS, GROUPS, 2)
    whole, part = (self_attention(tokens, weights, HEADS, GROUPS) for tokens in (x, x[:3]))
    assert_shape(part, (3, 4), "first three tokens")
    assert_close(part, whole[:3], 1e-4, "first three tokens", atol=1e-5)
