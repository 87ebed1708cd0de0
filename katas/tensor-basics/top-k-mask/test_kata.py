import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import keep_top_k, top_k_mask

INF = float("inf")


def assert_mask(mask, expected):
    assert mask.dtype == torch.bool
    assert mask.int().tolist() == expected


def best_of(row, count):
    """One at the places of the `count` largest, found by a stable sort."""
    places = sorted(range(len(row)), key=lambda i: -row[i])[:count]
    return [int(i in places) for i in range(len(row))]


def test_the_largest_elements_are_true():
    assert_mask(top_k_mask(torch.tensor([5.0, 1, 9, -2, 7]), 3), [1, 0, 1, 0, 1])


def test_each_row_has_its_own_largest_elements():
    x = torch.tensor([[1.0, 2, 3, 4], [40, 10, 30, 20], [-4, -3, -1, -2]])
    assert_mask(top_k_mask(x, 2), [[0, 0, 1, 1], [1, 0, 1, 0], [0, 0, 1, 1]])


def test_a_square_matrix_and_its_transpose_are_ranked_by_their_own_rows():
    x = torch.tensor([[1.0, 8, 3], [9, 5, 7], [2, 4, 6]])
    assert_mask(top_k_mask(x, 1), [[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    assert_mask(top_k_mask(x.T, 1), [[0, 1, 0], [1, 0, 0], [0, 1, 0]])


def test_of_equal_elements_the_first_are_taken():
    assert_mask(top_k_mask(torch.tensor([3.0, 7, 3, 3, 1]), 3), [1, 1, 1, 0, 0])
    assert_mask(top_k_mask(torch.zeros(4), 2), [1, 1, 0, 0])


def test_none_and_all():
    x = torch.tensor([2.0, 2.0, 1.0])
    assert_mask(top_k_mask(x, 0), [0, 0, 0])
    assert_mask(top_k_mask(x, 3), [1, 1, 1])
    assert_mask(top_k_mask(x, 50), [1, 1, 1])


def test_infinities_are_the_largest_and_the_smallest_there_are():
    x = torch.tensor([-INF, 0.0, INF, -5.0])
    assert_mask(top_k_mask(x, 1), [0, 0, 1, 0])
    assert_mask(top_k_mask(x, 3), [0, 1, 1, 1])


def test_random_rows_of_the_variations_sizes_match_a_sort():
    n, k = params.get("n", 13), params.get("k", 4)
    x = torch.randn(5, n)
    assert_mask(top_k_mask(x, k), [best_of(row, k) for row in x.tolist()])


def test_rows_full_of_ties_match_a_stable_sort_too():
    n, k = params.get("n", 13), params.get("k", 4)
    x = torch.randint(0, 4, (6, n)).float()
    assert_mask(top_k_mask(x, k), [best_of(row, k) for row in x.tolist()])


def test_leading_axes_are_batches_of_rows():
    mask = top_k_mask(torch.tensor([[[1.0, 2, 3]], [[6, 5, 4]]]), 2)
    assert_shape(mask, (2, 1, 3), "mask")
    assert_mask(mask, [[[0, 1, 1]], [[1, 1, 0]]])


def test_what_is_kept_keeps_its_value_and_the_rest_is_minus_infinity():
    out = keep_top_k(torch.tensor([[0.5, -1, 2], [3, 3, 3]]), 2)
    assert_close(out, torch.tensor([[0.5, -INF, 2], [3, 3, -INF]]), 1e-5, "kept")


def test_softmax_of_it_shares_everything_among_the_k_best():
    x = torch.log(torch.tensor([3.0, 1e-30, 5.0, 1e-30]))
    assert_close(keep_top_k(x, 2).softmax(-1), torch.tensor([0.375, 0, 0.625, 0]), 1e-4)


def test_the_scores_themselves_are_left_as_they_were():
    x = torch.tensor([4.0, 1.0])
    assert_close(keep_top_k(x, 1), torch.tensor([4.0, -INF]))
    assert_close(x, torch.tensor([4.0, 1.0]), 1e-5, "scores")
