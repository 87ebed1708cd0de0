import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import confusion, count_classes, encode

N = params.get("n", 40)
CLASSES = params.get("classes", 7)


def test_each_label_becomes_a_row_with_a_single_one_in_its_column():
    expected = torch.tensor([[0.0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    assert_close(encode(torch.tensor([2, 0, 3]), 4), expected, 1e-5, "one-hot")


def test_the_result_holds_numbers_and_not_true_and_false():
    out = encode(torch.tensor([1, 0]), 2)
    assert out.dtype == torch.float32
    assert_close(out, torch.tensor([[0.0, 1.0], [1.0, 0.0]]))


def test_a_label_that_is_no_class_has_a_row_of_zeros():
    expected = torch.tensor([[0.0, 0], [0, 1], [0, 0], [0, 0]])
    assert_close(encode(torch.tensor([-1, 1, 2, 100]), 2), expected)


def test_the_classes_become_a_new_last_axis_behind_any_others():
    out = encode(torch.tensor([[0, 2], [1, 1], [2, 0]]), 3)
    assert_shape(out, (3, 2, 3), "one-hot")
    first, second, third = [1.0, 0, 0], [0.0, 1, 0], [0.0, 0, 1]
    assert_close(out, torch.tensor([[first, third], [second, second], [third, first]]))


def test_a_single_label_has_a_single_row():
    assert_close(encode(torch.tensor(1), 3), torch.tensor([0.0, 1.0, 0.0]))


def test_occurrences_are_counted_and_classes_that_never_occur_too():
    assert_close(count_classes(torch.tensor([3, 1, 3, 3, 0]), 5), torch.tensor([1.0, 1, 0, 3, 0]))


def test_each_row_is_counted_by_itself():
    out = count_classes(torch.tensor([[0, 0, 1, 0], [2, 1, 2, 1]]), 3)
    assert_close(out, torch.tensor([[3.0, 1, 0], [0, 2, 2]]))


def test_labels_that_are_no_class_are_not_counted():
    assert_close(count_classes(torch.tensor([-100, 0, 4, 0, 3]), 4), torch.tensor([2.0, 0, 0, 1]))


def test_random_labels_of_the_variations_sizes_are_counted_as_a_loop_would():
    x = torch.randint(-1, CLASSES + 1, (3, N))
    expected = [[float(row.count(c)) for c in range(CLASSES)] for row in x.tolist()]
    assert_close(count_classes(x, CLASSES), torch.tensor(expected), 1e-5, "counts")


def test_rows_are_what_is_and_columns_what_was_said():
    actual, given = torch.tensor([0, 0, 0, 1, 2, 2]), torch.tensor([0, 1, 1, 1, 2, 0])
    expected = torch.tensor([[1.0, 2, 0], [0, 1, 0], [1, 0, 1]])
    assert_close(confusion(actual, given, 3), expected, 1e-5, "confusion")


def test_a_position_where_either_is_no_class_does_not_count():
    out = confusion(torch.tensor([0, -1, 1, 1]), torch.tensor([1, 0, 2, 0]), 2)
    assert_close(out, torch.tensor([[0.0, 1.0], [1.0, 0.0]]))


def test_random_pairs_of_the_variations_sizes_are_counted_as_a_loop_would():
    actual, given = torch.randint(0, CLASSES, (N,)), torch.randint(0, CLASSES, (N,))
    pairs = list(zip(actual.tolist(), given.tolist()))
    expected = [[float(pairs.count((i, j))) for j in range(CLASSES)] for i in range(CLASSES)]
    out = confusion(actual, given, CLASSES)
    assert_shape(out, (CLASSES, CLASSES), "confusion")
    assert_close(out, torch.tensor(expected), 1e-5, "confusion")
