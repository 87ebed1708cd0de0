import pytest
from user_kata import Bounded


class Synth:
    level = Bounded(int, 0, 10)
    pitch = Bounded(float, -1.0, 1.0)
    name = Bounded(str, "a", "m")


def test_what_was_written_is_read():
    synth = Synth()
    synth.level, synth.pitch, synth.name = 7, 0.5, "lead"
    assert (synth.level, synth.pitch, synth.name) == (7, 0.5, "lead")


@pytest.mark.parametrize("level", [0, 1, 9, 10])
def test_the_limits_are_included(level):
    synth = Synth()
    synth.level = level
    assert synth.level == level


@pytest.mark.parametrize(
    "name, value", [("level", -1), ("level", 11), ("pitch", 1.01), ("name", "x")]
)
def test_values_outside_are_refused_by_name(name, value):
    with pytest.raises(ValueError, match=f"^{name}"):
        setattr(Synth(), name, value)


@pytest.mark.parametrize(
    "name, value", [("level", 1.0), ("level", "1"), ("level", None), ("level", True), ("pitch", 1)]
)
def test_values_of_another_type_are_refused_by_name(name, value):
    with pytest.raises(TypeError, match=f"^{name}"):
        setattr(Synth(), name, value)


def test_a_value_that_was_refused_changes_nothing():
    synth = Synth()
    synth.level = 3
    for wrong in (99, "3"):
        with pytest.raises((TypeError, ValueError)):
            synth.level = wrong
    assert synth.level == 3


def test_instances_have_values_of_their_own():
    one, other = Synth(), Synth()
    one.level = 1
    other.level = 2
    assert (one.level, other.level) == (1, 2)


def test_attributes_of_one_instance_do_not_mix():
    class Pair:
        left = Bounded(int, 0, 9)
        right = Bounded(int, 0, 9)

    pair = Pair()
    pair.left, pair.right = 1, 2
    assert (pair.left, pair.right) == (1, 2)


def test_reading_before_writing_is_an_attribute_error():
    with pytest.raises(AttributeError, match="level"):
        Synth().level
    assert not hasattr(Synth(), "pitch")
    assert getattr(Synth(), "level", "none") == "none"


def test_the_class_has_the_descriptor_itself():
    assert isinstance(Synth.level, Bounded)
    assert (Synth.level.low, Synth.level.high) == (0, 10)
    assert Synth.level is not Synth.pitch


def test_the_check_also_runs_in_the_constructor_of_a_class():
    class Dice:
        face = Bounded(int, 1, 6)

        def __init__(self, face):
            self.face = face

    assert Dice(6).face == 6
    with pytest.raises(ValueError):
        Dice(7)


def test_subclasses_inherit_the_guard():
    class Louder(Synth):
        pass

    louder = Louder()
    louder.level = 10
    assert louder.level == 10
    with pytest.raises(ValueError):
        louder.level = 11
