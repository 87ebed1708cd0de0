import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import merge_heads, split_heads

BATCH = params.get("batch", 2)
LENGTH = params.get("length", 5)
HEADS = params.get("heads", 3)
WIDTH = params.get("width", 4)


def test_each_head_takes_its_own_slice_of_every_tokens_features():
    x = torch.tensor([[[1.0, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]])
    two = [[[1.0, 2, 3], [7, 8, 9]], [[4, 5, 6], [10, 11, 12]]]
    three = [[[1.0, 2], [7, 8]], [[3, 4], [9, 10]], [[5, 6], [11, 12]]]
    assert_close(split_heads(x, 2), torch.tensor([two]), 1e-5, "two heads")
    assert_close(split_heads(x, 3), torch.tensor([three]), 1e-5, "three heads")


def test_sequences_of_a_batch_do_not_mix():
    x = torch.tensor([[[1.0, 2], [3, 4]], [[-1, -2], [-3, -4]]])
    expected = [[[[1.0], [3]], [[2], [4]]], [[[-1], [-3]], [[-2], [-4]]]]
    assert_close(split_heads(x, 2), torch.tensor(expected))


def test_random_features_of_the_variations_sizes_land_at_their_index():
    x = torch.randn(BATCH, LENGTH, HEADS * WIDTH)
    out = split_heads(x, HEADS)
    assert_shape(out, (BATCH, HEADS, LENGTH, WIDTH), "heads")
    for h in range(HEADS):
        assert_close(out[:, h], x[:, :, h * WIDTH : (h + 1) * WIDTH], 1e-5, f"head {h}")


def test_a_single_sequence_without_a_batch_axis_gets_a_heads_axis_in_front():
    x = torch.arange(1.0, 13.0).reshape(3, 4)
    expected = [[[1.0, 2], [5, 6], [9, 10]], [[3, 4], [7, 8], [11, 12]]]
    assert_close(split_heads(x, 2), torch.tensor(expected))


def test_two_batch_axes_are_carried_along():
    out = split_heads(torch.arange(48.0).reshape(2, 3, 2, 4), 2)
    assert_shape(out, (2, 3, 2, 2, 2), "heads")
    assert_close(out[1, 2], torch.tensor([[[40.0, 41], [44, 45]], [[42, 43], [46, 47]]]))


def test_an_input_that_is_itself_a_transposed_view_is_read_in_its_own_order():
    x = torch.tensor([[[1.0, 5], [2, 6], [3, 7], [4, 8]]]).transpose(1, 2)
    expected = [[[[1.0, 2], [5, 6]], [[3, 4], [7, 8]]]]
    assert_close(split_heads(x, 2), torch.tensor(expected))


def test_the_heads_of_a_token_lie_side_by_side_again():
    x = torch.tensor([[[[1.0, 2], [3, 4], [5, 6]], [[10, 20], [30, 40], [50, 60]]]])
    expected = [[[1.0, 2, 10, 20], [3, 4, 30, 40], [5, 6, 50, 60]]]
    assert_close(merge_heads(x), torch.tensor(expected), 1e-5, "merged")


def test_random_heads_of_the_variations_sizes_land_at_their_index():
    x = torch.randn(BATCH, HEADS, LENGTH, WIDTH)
    out = merge_heads(x)
    assert_shape(out, (BATCH, LENGTH, HEADS * WIDTH), "merged")
    for h in range(HEADS):
        assert_close(out[:, :, h * WIDTH : (h + 1) * WIDTH], x[:, h], 1e-5, f"head {h}")


def test_no_batch_axis_and_two_batch_axes_are_merged_alike():
    x = torch.arange(12.0).reshape(3, 2, 2)
    merged = torch.tensor([[0.0, 1, 4, 5, 8, 9], [2, 3, 6, 7, 10, 11]])
    assert_close(merge_heads(x), merged, 1e-5, "merged without a batch")
    assert_close(merge_heads(x.reshape(1, 1, 3, 2, 2)), merged[None, None], 1e-5, "merged batch")


def test_merging_undoes_splitting_and_splitting_undoes_merging():
    x = torch.randn(2, 7, 12)
    for count in (1, 2, 3, 4, 6, 12):
        assert_shape(split_heads(x, count), (2, count, 7, 12 // count), f"{count} heads")
        assert_close(merge_heads(split_heads(x, count)), x, 1e-5, f"{count} heads, merged")
    heads = torch.randn(3, 2, 5, 4)
    assert_close(split_heads(merge_heads(heads), 2), heads, 1e-5, "split again")
