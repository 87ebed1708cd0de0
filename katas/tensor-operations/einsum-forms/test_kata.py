import torch
from framework import assert_close, assert_shape
from user_kata import bilinear, head_scores, row_dots, traces


def test_the_trace_of_a_matrix_is_a_number():
    out = traces(torch.tensor([[1.0, 9.0], [9.0, 20.0]]))
    assert_shape(out, (), "trace")
    assert_close(out, torch.tensor(21.0), 1e-5, "trace")


def test_each_matrix_of_a_batch_has_its_trace():
    x = torch.arange(24.0).reshape(3, 2, 2, 2)
    out = traces(x)
    assert_shape(out, (3, 2), "traces")
    assert_close(out, torch.tensor([[3.0, 11], [19, 27], [35, 43]]))


def test_rows_meet_their_partners_alone():
    x = torch.tensor([[[1.0, 2], [3, 4]], [[5, 6], [0, 1]]])
    y = torch.tensor([[[10.0, 1], [1, 1]], [[2, 0], [7, 7]]])
    assert_close(row_dots(x, y), torch.tensor([[12.0, 7], [10, 7]]), 1e-5, "dots")


def test_random_rows_match_a_loop():
    x, y = torch.randn(2, 3, 5), torch.randn(2, 3, 5)
    expected = [
        [sum(a * b for a, b in zip(p, q)) for p, q in zip(rows, others)]
        for rows, others in zip(x.tolist(), y.tolist())
    ]
    assert_close(row_dots(x, y), torch.tensor(expected), 1e-4, "dots", atol=1e-5)


def test_a_bilinear_form_by_hand():
    weight = torch.tensor([[[1.0, 0, 2], [0, 3, 0]], [[0, 0, 0], [1, 1, 1]]])
    out = bilinear(torch.tensor([1.0, 10.0]), weight, torch.tensor([1.0, 2.0, 3.0]))
    # 1·1·1 + 1·2·3 + 10·3·2 = 67, and 10·(1 + 2 + 3) = 60.
    assert_close(out, torch.tensor([67.0, 60.0]), 1e-5, "form")


def test_random_bilinear_forms_match_a_loop():
    x, weight, y = torch.randn(2, 3, 4), torch.randn(6, 4, 5), torch.randn(2, 3, 5)
    out = bilinear(x, weight, y)
    assert_shape(out, (2, 3, 6), "forms")
    for b in range(2):
        for r in range(3):
            p, q = x[b, r].tolist(), y[b, r].tolist()
            expected = [
                sum(p[i] * w[i][j] * q[j] for i in range(4) for j in range(5))
                for w in weight.tolist()
            ]
            assert_close(out[b, r], torch.tensor(expected), 1e-3, "forms", atol=1e-4)


def test_a_square_weight_is_not_transposed():
    weight = torch.tensor([[[0.0, 1.0], [0.0, 0.0]]])
    a, b = torch.tensor([2.0, 3.0]), torch.tensor([5.0, 7.0])
    assert_close(bilinear(a, weight, b), torch.tensor([14.0]))


def test_scores_of_one_head_are_all_dot_products():
    q = torch.tensor([[[[1.0, 2.0]], [[3.0, 4.0]]]])
    k = torch.tensor([[[[1.0, 0.0]], [[0.0, 1.0]], [[1.0, 1.0]]]])
    expected = torch.tensor([[[[1.0, 2, 3], [3, 4, 7]]]])
    assert_close(head_scores(q, k), expected, 1e-5, "scores")


def test_random_scores_match_a_loop():
    q, k = torch.randn(2, 3, 4, 5), torch.randn(2, 6, 4, 5)
    out = head_scores(q, k)
    assert_shape(out, (2, 4, 3, 6), "scores")
    for b in range(2):
        for h in range(4):
            for s in range(3):
                expected = (k[b, :, h] * q[b, s, h]).sum(-1)
                assert_close(out[b, h, s], expected, 1e-4, "scores", atol=1e-5)


def test_as_many_tokens_as_heads_does_not_confuse_the_axes():
    q, k = torch.randn(1, 2, 2, 2), torch.randn(1, 2, 2, 2)
    out = head_scores(q, k)
    expected = (q[0, 0, 1] * k[0, 1, 1]).sum()
    assert_close(out[0, 1, 0, 1], expected, 1e-4, "score", atol=1e-6)
