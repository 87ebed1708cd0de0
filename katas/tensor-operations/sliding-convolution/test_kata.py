import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import convolve

N = params.get("n", 11)
SIZE = params.get("size", 3)
STRIDE = params.get("stride", 1)
PADDING = params.get("padding", 1)


def convolution_of(x, weight, bias, stride, padding):
    """One place after the other; all lists."""
    n, size = len(x[0]), len(weight[0][0])
    count = (n + 2 * padding - size) // stride + 1
    out = []
    for filters, offset in zip(weight, bias):
        row = []
        for t in range(count):
            total = offset
            for channel, taps in zip(x, filters):
                for i, tap in enumerate(taps):
                    place = t * stride + i - padding
                    total += tap * channel[place] if 0 <= place < n else 0
            row.append(total)
        out.append(row)
    return torch.tensor(out)


def one(values, taps, bias=0.0, **settings):
    """A convolution of one channel with one filter."""
    x, weight = torch.tensor([[values]]), torch.tensor([[taps]])
    return convolve(x, weight, torch.tensor([bias]), **settings)


def test_the_filter_is_laid_on_every_place_as_it_is():
    out = one([1.0, 2, 3, 4], [1.0, 10])
    assert_close(out, torch.tensor([[[21.0, 32, 43]]]), 1e-5, "convolved")


def test_padding_adds_zeros_at_both_ends():
    out = one([1.0, 2, 3], [1.0, 10, 100], padding=1)
    assert_close(out, torch.tensor([[[210.0, 321, 32]]]))


def test_a_stride_leaves_places_out():
    out = one([1.0, 2, 3, 4, 5, 6], [1.0, 1], stride=2)
    assert_close(out, torch.tensor([[[3.0, 7, 11]]]))
    out = one([1.0, 2, 3, 4, 5], [1.0, 1], stride=3)
    assert_close(out, torch.tensor([[[3.0, 9]]]))


def test_a_filter_as_long_as_the_signal_gives_one_number():
    assert_close(one([1.0, 2, 3], [1.0, 1, 1], 0.5), torch.tensor([[[6.5]]]))


def test_channels_are_summed_and_each_output_has_its_filters_and_bias():
    x = torch.tensor([[[1.0, 2], [10, 20]]])
    weight = torch.tensor([[[1.0], [1.0]], [[2.0], [0.0]], [[0.0], [-1.0]]])
    out = convolve(x, weight, torch.tensor([0.0, 100.0, 0.5]))
    assert_close(out, torch.tensor([[[11.0, 22], [102, 104], [-9.5, -19.5]]]))


def test_random_signals_of_the_variations_sizes_match_a_loop():
    x, weight, bias = torch.randn(2, 3, N), torch.randn(4, 3, SIZE), torch.randn(4)
    out = convolve(x, weight, bias, STRIDE, PADDING)
    assert_shape(out, (2, 4, (N + 2 * PADDING - SIZE) // STRIDE + 1), "convolved")
    for b in range(2):
        expected = convolution_of(x[b].tolist(), weight.tolist(), bias.tolist(), STRIDE, PADDING)
        assert_close(out[b], expected, 1e-3, f"signal {b}", atol=1e-5)


def test_as_many_channels_as_taps_and_outputs_does_not_confuse_the_axes():
    x, weight, bias = torch.randn(2, 2, 4), torch.randn(2, 2, 2), torch.randn(2)
    out = convolve(x, weight, bias)
    for b in range(2):
        expected = convolution_of(x[b].tolist(), weight.tolist(), bias.tolist(), 1, 0)
        assert_close(out[b], expected, 1e-3, f"signal {b}", atol=1e-5)


def test_a_shifted_signal_gives_a_shifted_result():
    x, weight = torch.randn(1, 2, 9), torch.randn(3, 2, 3)
    whole = convolve(x, weight, torch.zeros(3))
    later = convolve(x[..., 2:], weight, torch.zeros(3))
    assert_shape(later, (1, 3, 5), "convolved")
    assert_close(later, whole[..., 2:], 1e-4, "convolved", atol=1e-5)


def test_gradients_reach_filter_and_bias():
    weight = torch.zeros(1, 1, 2, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    convolve(torch.tensor([[[1.0, 2, 4]]]), weight, bias).sum().backward()
    assert_close(weight.grad, torch.tensor([[[3.0, 6.0]]]), 1e-5, "gradient of the weight")
    assert_close(bias.grad, torch.tensor([2.0]), 1e-5, "gradient of the bias")
