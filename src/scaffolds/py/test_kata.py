import pytest
import torch
from framework import assert_close, assert_shape
from user_kata import center_rows


class TestMatrix:
    def test_each_row_is_centered_around_its_own_mean(self):
        x = torch.tensor([[1.0, 2.0, 6.0], [-4.0, 0.0, 1.0]])
        assert_close(center_rows(x), torch.tensor([[-2.0, -1.0, 3.0], [-3.0, 1.0, 2.0]]))

    def test_a_square_is_centered_by_rows_and_not_by_columns(self):
        x = torch.tensor([[1.0, 3.0], [5.0, 15.0]])
        assert_close(center_rows(x), torch.tensor([[-1.0, 1.0], [-5.0, 5.0]]))

    @pytest.mark.parametrize("shape", [(4, 9), (2, 3, 5)])
    def test_random_rows_keep_their_shape_and_sum_to_zero(self, shape):
        out = center_rows(torch.randn(shape))
        assert_shape(out, shape, "centered")
        assert out.sum(-1).abs().max() < 1e-5


def test_a_single_vector_is_one_row():
    assert_close(center_rows(torch.tensor([10.0, 20.0, 60.0])), [-20.0, -10.0, 30.0])
