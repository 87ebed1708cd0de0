import math

import pytest
from user_kata import learning_rate, schedule


def close(expected):
    return pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_warmup_rises_in_a_straight_line():
    rates = [learning_rate(step, 8.0, 4, 100) for step in range(4)]
    assert rates == close([2, 4, 6, 8])


def test_the_peak_is_held_for_one_step_more_and_then_it_falls():
    assert learning_rate(4, 8.0, 4, 100) == close(8)
    assert learning_rate(5, 8.0, 4, 100) < 8


def test_half_way_it_is_half_way_down():
    assert learning_rate(60, 1.0, 20, 100) == close(0.5)
    assert learning_rate(60, 1.0, 20, 100, 0.2) == close(0.6)


def test_quarters_of_the_way_follow_the_cosine():
    assert learning_rate(25, 2.0, 0, 100) == close(1 + math.sqrt(0.5))
    assert learning_rate(75, 2.0, 0, 100) == close(1 - math.sqrt(0.5))


@pytest.mark.parametrize("step", [100, 101, 5000])
def test_from_the_last_step_on_it_stays_at_the_floor(step):
    assert learning_rate(step, 1.0, 10, 100, 0.25) == close(0.25)
    assert learning_rate(step, 1.0, 10, 100) == close(0)


def test_without_a_warmup_it_begins_at_the_peak():
    assert learning_rate(0, 3.0, 0, 10) == close(3)


def test_a_warmup_of_one_step_is_at_the_peak_at_once():
    assert learning_rate(0, 3.0, 1, 10) == close(3)
    assert learning_rate(1, 3.0, 1, 10) == close(3)


def test_the_floor_does_not_lift_the_warmup():
    assert learning_rate(0, 1.0, 10, 100, 0.5) == close(0.1)


def test_a_schedule_has_a_rate_for_every_step():
    expected = [1, 2, 2, 1 + math.cos(math.pi / 4), 1, 1 - math.cos(math.pi / 4)]
    assert schedule(2.0, 2, 6) == close(expected)
    assert schedule(2.0, 2, 6, 1.0)[3:] == close(
        [1.5 + math.cos(math.pi / 4) / 2, 1.5, 1.5 - math.cos(math.pi / 4) / 2]
    )


def test_rates_rise_then_fall_and_are_never_zero():
    rates = schedule(0.3, 7, 50)
    assert len(rates) == 50
    assert min(rates) > 0
    assert max(rates) == close(0.3)
    assert all(a < b for a, b in zip(rates[:7], rates[1:7]))
    assert all(a > b for a, b in zip(rates[7:], rates[8:]))
