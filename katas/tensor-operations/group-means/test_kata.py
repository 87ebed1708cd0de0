import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import group_means, group_sums

ROWS = params.get("rows", 20)
GROUPS = params.get("groups", 4)


def test_rows_of_a_group_add_up_wherever_they_stand():
    x = torch.tensor([[1.0, 2], [10, 20], [100, 200], [1000, 2000]])
    out = group_sums(x, torch.tensor([1, 0, 1, 1]), 2)
    assert_close(out, torch.tensor([[10.0, 20], [1101, 2202]]), 1e-5, "sums")


def test_a_group_without_rows_sums_to_zero():
    out = group_sums(torch.tensor([[5.0]]), torch.tensor([2]), 4)
    assert_close(out, torch.tensor([[0.0], [0.0], [5.0], [0.0]]))


def test_no_rows_at_all_sum_to_zero():
    out = group_sums(torch.zeros(0, 3), torch.zeros(0, dtype=torch.int64), 2)
    assert_close(out, torch.zeros(2, 3))


def test_the_type_of_the_numbers_stays():
    out = group_sums(torch.tensor([[1], [2]]), torch.tensor([0, 0]), 1)
    assert out.dtype == torch.int64
    assert out.tolist() == [[3]]


def test_means_are_taken_by_group_and_column():
    x = torch.tensor([[1.0, 0], [3, 10], [5, 5]])
    out = group_means(x, torch.tensor([0, 0, 1]), torch.zeros(2, 2))
    assert_close(out, torch.tensor([[2.0, 5.0], [5.0, 5.0]]), 1e-5, "means")


def test_a_group_without_rows_keeps_its_center():
    centers = torch.tensor([[7.0, 8.0], [1.0, 1.0], [-3.0, 4.0]])
    out = group_means(torch.tensor([[2.0, 2.0]]), torch.tensor([1]), centers)
    assert_close(out, torch.tensor([[7.0, 8.0], [2.0, 2.0], [-3.0, 4.0]]))


def test_a_group_of_one_row_is_that_row():
    out = group_means(torch.tensor([[2.0, -6.0]]), torch.tensor([0]), torch.ones(1, 2))
    assert_close(out, torch.tensor([[2.0, -6.0]]))


def test_as_many_rows_as_groups_and_columns_does_not_confuse_the_axes():
    x = torch.tensor([[1.0, 2], [3, 4]])
    assert_close(group_means(x, torch.tensor([1, 0]), torch.zeros(2, 2)), x[[1, 0]])


def test_random_rows_of_the_variations_sizes_match_a_loop():
    x, group, centers = (
        torch.randn(ROWS, 3),
        torch.randint(0, GROUPS, (ROWS,)),
        torch.randn(GROUPS, 3),
    )
    sums, means = group_sums(x, group, GROUPS), group_means(x, group, centers)
    assert_shape(means, (GROUPS, 3), "means")
    for g in range(GROUPS):
        rows = [row for row, mine in zip(x.tolist(), group.tolist()) if mine == g]
        total = torch.tensor([sum(column) for column in zip(*rows)] if rows else [0.0] * 3)
        assert_close(sums[g], total, 1e-4, f"sum {g}", atol=1e-5)
        expected = total / len(rows) if rows else centers[g]
        assert_close(means[g], expected, 1e-4, f"mean {g}", atol=1e-5)


def test_rows_and_centers_are_left_as_they_were():
    x, centers = torch.tensor([[4.0], [6.0]]), torch.tensor([[1.0], [2.0]])
    assert_close(group_means(x, torch.tensor([0, 0]), centers), torch.tensor([[5.0], [2.0]]))
    assert_close(x, torch.tensor([[4.0], [6.0]]), 1e-5, "rows")
    assert_close(centers, torch.tensor([[1.0], [2.0]]), 1e-5, "centers")
