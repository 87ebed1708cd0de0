import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import outer_product


def test_rows_follow_the_first_vector_and_columns_the_second():
    out = outer_product(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([10.0, -1.0]))
    expected = torch.tensor([[10.0, -1.0], [20.0, -2.0], [30.0, -3.0]])
    assert_close(out, expected, 1e-5, "outer product")


def test_two_vectors_of_equal_length_still_give_a_matrix():
    out = outer_product(torch.tensor([2.0, 3.0]), torch.tensor([5.0, 7.0]))
    assert_shape(out, (2, 2), "outer product")
    assert_close(out, torch.tensor([[10.0, 14.0], [15.0, 21.0]]))


def test_vectors_of_one_element_give_a_one_by_one_matrix():
    assert_close(outer_product(torch.tensor([-4.0]), torch.tensor([0.5])), torch.tensor([[-2.0]]))


def test_swapping_the_arguments_transposes_the_result():
    a, b = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([-1.0, 0.5, 6.0])
    assert_shape(outer_product(b, a), (3, 4), "swapped product")
    assert_close(outer_product(b, a), outer_product(a, b).T)


def test_random_vectors_of_the_variations_sizes_match_two_nested_loops():
    a, b = torch.randn(params.get("n", 7)), torch.randn(params.get("m", 5))
    expected = torch.tensor([[x * y for y in b.tolist()] for x in a.tolist()])
    assert_close(outer_product(a, b), expected, 1e-5, "outer product")


def test_each_row_of_a_batch_is_multiplied_with_its_own_partner():
    a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    b = torch.tensor([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]])
    first = [[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]]
    second = [[6.0, 60.0, 600.0], [8.0, 80.0, 800.0]]
    assert_close(outer_product(a, b), torch.tensor([first, second]))


def test_two_batch_axes_are_carried_along():
    a, b = torch.randn(2, 3, 4), torch.randn(2, 3, 5)
    out = outer_product(a, b)
    assert_shape(out, (2, 3, 4, 5), "outer product")
    for i in range(2):
        for j in range(3):
            expected = [[x * y for y in b[i, j].tolist()] for x in a[i, j].tolist()]
            assert_close(out[i, j], torch.tensor(expected), 1e-5, f"batch {i}, {j}")


def test_a_transposed_input_is_read_in_its_own_order():
    a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).T
    b = torch.tensor([[10.0], [20.0], [30.0]])
    expected = [[[10.0], [40.0]], [[40.0], [100.0]], [[90.0], [180.0]]]
    assert_close(outer_product(a, b), torch.tensor(expected))


def test_an_empty_vector_gives_an_empty_matrix_that_keeps_the_other_axis():
    assert_shape(outer_product(torch.zeros(0), torch.ones(3)), (0, 3), "outer product")
