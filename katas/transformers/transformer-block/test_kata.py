import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import Block

HEADS = params.get("heads", 2)
WIDTH = params.get("width", 6)


def randomized(width=WIDTH, heads=HEADS):
    block = Block(width, heads)
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.5)
    return block


def norm_of(x, norm):
    centered = x - x.mean(-1, keepdim=True)
    scale = (centered.square().mean(-1, keepdim=True) + 1e-5).sqrt()
    return centered / scale * norm.weight + norm.bias


def attention_of(x, block):
    """Of one sequence, head by head and token by token."""
    rows = x @ block.qkv.weight.T
    width = x.shape[1]
    size = width // block.heads
    joined = torch.zeros_like(x)
    for head in range(block.heads):
        q, k, v = (rows[:, i * width + head * size :][:, :size] for i in range(3))
        for t in range(len(x)):
            weights = (k[: t + 1] @ q[t] / math.sqrt(size)).softmax(0)
            joined[t, head * size : (head + 1) * size] = weights @ v[: t + 1]
    return joined @ block.out.weight.T


def block_of(x, block):
    y = x + attention_of(norm_of(x, block.norm1), block)
    hidden = norm_of(y, block.norm2) @ block.up.weight.T + block.up.bias
    hidden = hidden * 0.5 * (1 + torch.erf(hidden / math.sqrt(2)))
    return y + hidden @ block.down.weight.T + block.down.bias


def test_parameters_have_the_agreed_names_and_shapes():
    shapes = {name: tuple(p.shape) for name, p in Block(6, 2).named_parameters()}
    assert shapes == {
        "norm1.weight": (6,),
        "norm1.bias": (6,),
        "norm2.weight": (6,),
        "norm2.bias": (6,),
        "qkv.weight": (18, 6),
        "out.weight": (6, 6),
        "up.weight": (24, 6),
        "up.bias": (24,),
        "down.weight": (6, 24),
        "down.bias": (6,),
    }


def test_with_weights_of_zero_the_bypass_is_all():
    block, x = Block(4, 2), torch.randn(2, 3, 4)
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
        assert_close(block(x), x, 1e-5, "block")


def test_attention_matches_a_loop_on_the_variations_sizes():
    block, x = randomized(), torch.randn(2, 5, WIDTH)
    with torch.no_grad():
        out = block.attention(x)
        assert_shape(out, (2, 5, WIDTH), "attention")
        for b in range(2):
            assert_close(out[b], attention_of(x[b], block), 1e-3, f"sequence {b}", atol=1e-4)


def test_tokens_heads_and_sizes_of_the_same_number_are_not_confused():
    block, x = randomized(4, 2), torch.randn(2, 2, 4)
    with torch.no_grad():
        out = block.attention(x)
        for b in range(2):
            assert_close(out[b], attention_of(x[b], block), 1e-3, f"sequence {b}", atol=1e-4)


def test_without_keys_each_token_takes_the_mean_of_the_values_up_to_it():
    block, x = Block(2, 1), torch.tensor([[[2.0, 10.0], [4.0, 30.0], [0.0, -10.0]]])
    with torch.no_grad():
        block.qkv.weight.copy_(torch.cat([torch.zeros(4, 2), torch.eye(2)]))
        block.out.weight.copy_(torch.eye(2))
        out = block.attention(x)
    assert_close(out, torch.tensor([[[2.0, 10.0], [3.0, 20.0], [2.0, 10.0]]]), 1e-5, "attention")


def test_the_block_matches_a_loop_on_the_variations_sizes():
    block, x = randomized(), torch.randn(3, 4, WIDTH)
    with torch.no_grad():
        out = block(x)
        assert_shape(out, (3, 4, WIDTH), "block")
        for b in range(3):
            assert_close(out[b], block_of(x[b], block), 1e-3, f"sequence {b}", atol=1e-3)


def test_the_bypass_is_not_normalized():
    block, x = Block(4, 1), torch.randn(1, 2, 4)
    with torch.no_grad():
        block.out.weight.zero_()
        block.down.weight.zero_()
        block.down.bias.fill_(0.5)
        assert_close(block(100 * x), 100 * x + 0.5, 1e-5, "block")


def test_tokens_to_come_change_nothing():
    block, x = randomized(), torch.randn(1, 6, WIDTH)
    with torch.no_grad():
        assert_close(block(x[:, :3]), block(x)[:, :3], 1e-3, "first tokens", atol=1e-4)


def test_all_parameters_learn():
    block = randomized()
    block(torch.randn(2, 4, WIDTH)).square().sum().backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in block.parameters())


def test_the_input_is_left_as_it_was():
    block, x = randomized(), torch.ones(1, 2, WIDTH)
    with torch.no_grad():
        assert_close(block(x)[0], block_of(x[0], block), 1e-3, "block", atol=1e-3)
    assert_close(x, torch.ones(1, 2, WIDTH), 1e-5, "input")
