import pytest
from user_kata import EarlyStopping


def answers(losses, *args, **keywords):
    watch = EarlyStopping(*args, **keywords)
    return [watch.should_stop(loss) for loss in losses]


def test_as_long_as_the_loss_falls_training_goes_on():
    assert answers([5, 4, 3, 2, 1], 1) == [False] * 5


def test_after_as_many_rounds_without_improvement_it_is_time_to_stop():
    assert answers([3, 4, 4, 4], 3) == [False, False, False, True]
    assert answers([3, 4, 2, 5, 5], 2) == [False, False, False, False, True]


def test_an_improvement_begins_to_count_anew():
    assert answers([3, 4, 2.9, 4, 4], 2) == [False, False, False, False, True]


def test_equal_losses_are_no_improvement():
    assert answers([3, 3, 3], 2) == [False, False, True]


def test_an_improvement_has_to_be_larger_than_the_least_amount():
    assert answers([1.0, 0.75, 0.5], 2, least=0.5) == [False, False, True]
    assert answers([1.0, 0.75, 0.25], 2, 0.5) == [False, False, False]


def test_small_improvements_are_measured_from_the_best_and_add_up():
    assert answers([10, 9, 8, 7], 3, least=2.5) == [False, False, False, False]


def test_it_compares_with_the_best_and_not_with_the_last():
    assert answers([1, 5, 4, 3], 3) == [False, False, False, True]


def test_patience_of_one_stops_at_the_first_round_without():
    assert answers([1, 2], 1) == [False, True]


def test_it_goes_on_saying_so():
    assert answers([1, 2, 3, 4], 2) == [False, False, True, True]


def test_the_best_round_is_remembered():
    watch = EarlyStopping(5)
    for loss in (7, 3, 4, 2, 6):
        watch.should_stop(loss)
    assert (watch.best, watch.best_round) == (2, 3)


def test_before_the_first_round_there_is_no_best():
    watch = EarlyStopping(2)
    assert watch.best == float("inf")
    assert watch.best_round is None


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_what_is_not_finite_is_no_improvement(bad):
    assert answers([3, bad, bad], 2) == [False, False, True]
    assert answers([bad, bad], 2) == [False, True]
    watch = EarlyStopping(9)
    for loss in (bad, 5, bad):
        watch.should_stop(loss)
    assert (watch.best, watch.best_round) == (5, 1)
