import torch
from framework import assert_shape
from kata import params
from user_kata import padding_mask, pair_mask

BATCH = params.get("batch", 5)
N = params.get("n", 6)
SHORTEST = params.get("shortest", 1)


def assert_mask(mask, expected):
    assert mask.dtype == torch.bool
    assert mask.int().tolist() == expected


def test_the_first_places_are_real():
    assert_mask(
        padding_mask(torch.tensor([2, 4, 1]), 4), [[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0]]
    )


def test_an_empty_sequence_has_no_real_place():
    assert_mask(padding_mask(torch.tensor([0, 1]), 2), [[0, 0], [1, 0]])


def test_a_single_length_makes_a_single_row():
    mask = padding_mask(torch.tensor(3), 5)
    assert_shape(mask, (5,), "mask")
    assert_mask(mask, [1, 1, 1, 0, 0])


def test_as_many_sequences_as_places_does_not_confuse_the_axes():
    assert_mask(padding_mask(torch.tensor([1, 3, 2]), 3), [[1, 0, 0], [1, 1, 1], [1, 1, 0]])


def test_two_batch_axes_are_carried_along():
    mask = padding_mask(torch.tensor([[1, 2, 0], [2, 2, 1]]), 2)
    assert_shape(mask, (2, 3, 2), "mask")
    assert_mask(mask, [[[1, 0], [1, 1], [0, 0]], [[1, 1], [1, 1], [1, 0]]])


def test_random_lengths_of_the_variations_sizes_match_a_loop():
    lengths = torch.randint(SHORTEST, N + 1, (BATCH,))
    expected = [[int(t < length) for t in range(N)] for length in lengths.tolist()]
    assert_mask(padding_mask(lengths, N), expected)


def test_a_pair_is_real_when_both_places_are():
    assert_mask(pair_mask(torch.tensor([2]), 3), [[[1, 1, 0], [1, 1, 0], [0, 0, 0]]])
    assert_mask(pair_mask(torch.tensor(1), 2), [[1, 0], [0, 0]])


def test_pairs_of_the_variations_sizes_match_a_loop():
    n, lengths = min(N, 20), torch.randint(min(SHORTEST, 20), min(N, 20) + 1, (2, 2))
    mask = pair_mask(lengths, n)
    assert_shape(mask, (2, 2, n, n), "pairs")
    for i in range(2):
        for j in range(2):
            length = int(lengths[i, j])
            rows = [[int(s < length and t < length) for t in range(n)] for s in range(n)]
            assert_mask(mask[i, j], rows)
