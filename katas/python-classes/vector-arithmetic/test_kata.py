import pytest
from user_kata import Vector


def parts(vector):
    assert isinstance(vector, Vector)
    return vector.x, vector.y


def test_vectors_add_and_subtract_part_by_part():
    assert parts(Vector(1, 2) + Vector(10, 20)) == (11, 22)
    assert parts(Vector(1, 2) - Vector(10, 30)) == (-9, -28)


def test_minus_in_front_turns_around():
    assert parts(-Vector(3, -4)) == (-3, 4)


def test_a_number_scales_from_both_sides():
    assert parts(Vector(1, -2) * 3) == (3, -6)
    assert parts(0.5 * Vector(1, -2)) == (0.5, -1)


def test_the_length_is_that_of_the_arrow():
    assert abs(Vector(3, 4)) == 5
    assert abs(Vector(-6, 8)) == 10
    assert abs(Vector(1, 1)) == pytest.approx(2**0.5)


def test_vectors_are_equal_by_value():
    assert Vector(1, 2) == Vector(1.0, 2)
    assert Vector(1, 2) != Vector(2, 1)
    assert Vector(1, 2) != Vector(1, 3)
    assert (Vector(1, 2) == (1, 2)) is False
    assert (Vector(1, 2) == None) is False  # noqa: E711


def test_equal_vectors_are_one_key():
    assert {Vector(1, 2): "a"}[Vector(1.0, 2.0)] == "a"
    assert len({Vector(0, 1), Vector(1, 0), Vector(0, 1)}) == 2


def test_only_the_zero_vector_is_false():
    assert [bool(Vector(x, y)) for x, y in [(0, 0), (0, 1), (-1, 0), (2, 2)]] == [
        False,
        True,
        True,
        True,
    ]


def test_repr_is_what_creates_it():
    assert repr(Vector(1, -2.5)) == "Vector(1, -2.5)"
    assert eval(repr(Vector(0.1, 3)), {"Vector": Vector}) == Vector(0.1, 3)


def test_operators_change_neither_side():
    a, b = Vector(1, 2), Vector(3, 4)
    results = [a + b, a - b, -a, a * 2, 2 * a]
    assert [parts(r) for r in results] == [(4, 6), (-2, -2), (-1, -2), (2, 4), (2, 4)]
    assert (parts(a), parts(b)) == ((1, 2), (3, 4))


@pytest.mark.parametrize(
    "operation",
    [
        lambda v: v + 1,
        lambda v: v - (1, 2),
        lambda v: v * v,
        lambda v: v * "2",
        lambda v: "2" * v,
    ],
)
def test_what_makes_no_sense_is_a_type_error(operation):
    with pytest.raises(TypeError):
        operation(Vector(1, 2))


def test_the_other_side_is_asked_when_a_vector_does_not_know():
    class Anything:
        def __radd__(self, other):
            return "added"

        def __rsub__(self, other):
            return "subtracted"

        def __rmul__(self, other):
            return "multiplied"

        def __eq__(self, other):
            return True

    v = Vector(1, 2)
    assert [v + Anything(), v - Anything(), v * Anything()] == ["added", "subtracted", "multiplied"]
    assert v == Anything()
