import pytest
from user_kata import Polynomial

P = Polynomial


@pytest.mark.parametrize("x", [-2, 0, 1, 3, 0.5])
def test_a_polynomial_can_be_called(x):
    assert P(-5, 2, 3)(x) == 3 * x**2 + 2 * x - 5


def test_constants_and_nothing_have_values_too():
    assert P(7)(100) == 7
    assert P()(100) == 0


def test_it_can_be_called_with_anything_that_multiplies_and_adds():
    assert P(1, 1)(2j) == 1 + 2j
    assert P(0, 0, 1)(10**20) == 10**40


def test_a_polynomial_is_equal_to_polynomials_alone():
    assert P(5) == P(5, 0)
    assert (P(5) == 5) is False
    assert (P(5) == (5,)) is False


@pytest.mark.parametrize(
    "given, kept",
    [((1, 2, 0), (1, 2)), ((0, 0, 3), (0, 0, 3)), ((0, 0), ()), ((), ()), ((5,), (5,))],
)
def test_zeros_at_the_high_end_go(given, kept):
    assert P(*given).coefficients == kept
    assert P(*given) == P(*kept, 0, 0)


def test_polynomials_add_place_by_place():
    assert P(1, 2, 3) + P(10, 20) == P(11, 22, 3)
    assert P(10, 20) + P(1, 2, 3) == P(11, 22, 3)
    assert P(1) + P() == P(1)


def test_what_cancels_is_gone():
    assert (P(1, 2, 3) + P(0, -2, -3)).coefficients == (1,)
    assert (P(4) + P(-4)).coefficients == ()


def test_polynomials_multiply_each_with_each():
    assert P(-1, 1) * P(1, 1) == P(-1, 0, 1)
    assert P(1, 2) * P(3, 4, 5) == P(3, 10, 13, 10)
    assert P(1, 2, 3) * P() == P()
    assert P(0, 1) * P(2) == P(0, 2)


def test_the_derivative_lowers_each_power():
    assert P(-5, 2, 3).derivative() == P(2, 6)
    assert P(0, 0, 0, 0, 1).derivative() == P(0, 0, 0, 4)
    assert P(7).derivative() == P()
    assert P().derivative() == P()


def test_shifting_multiplies_by_powers_of_x():
    assert P(1, 2).shifted(2) == P(0, 0, 1, 2)
    assert P(1, 2, 3).shifted(-1) == P(2, 3)
    assert P(1, 2).shifted(0) == P(1, 2)
    assert P(1).shifted(-3) == P()
    assert P().shifted(2) == P()


def test_operators_leave_both_sides_as_they_were():
    a, b = P(1, 2), P(3)
    assert [a + b, a * b, a.derivative()] == [P(4, 2), P(3, 6), P(2)]
    assert (a, b) == (P(1, 2), P(3))


def test_values_of_sums_and_products_are_sums_and_products_of_values():
    a, b = P(2, -1, 0, 4), P(-3, 5)
    for x in range(-4, 5):
        assert (a + b)(x) == a(x) + b(x)
        assert (a * b)(x) == a(x) * b(x)
        step = 1e-5
        assert a.derivative()(x) == pytest.approx(
            (a(x + step) - a(x - step)) / (2 * step), abs=1e-4
        )
