import pytest
from user_kata import Temperature


@pytest.mark.parametrize(
    "celsius, fahrenheit", [(0, 32), (100, 212), (-40, -40), (37, 98.6), (-273.15, -459.67)]
)
def test_both_scales_show_the_same_temperature(celsius, fahrenheit):
    temperature = Temperature(celsius)
    assert temperature.celsius == celsius
    assert temperature.fahrenheit == pytest.approx(fahrenheit)


def test_writing_one_scale_moves_the_other():
    temperature = Temperature(20)
    temperature.fahrenheit = 212
    assert temperature.celsius == pytest.approx(100)
    temperature.celsius = -40
    assert temperature.fahrenheit == pytest.approx(-40)


def test_fahrenheit_that_was_written_is_read_back():
    temperature = Temperature(0)
    for value in (-100, 0, 32, 451):
        temperature.fahrenheit = value
        assert temperature.fahrenheit == pytest.approx(value, abs=1e-9)


def test_the_constructor_refuses_what_is_below_absolute_zero():
    with pytest.raises(ValueError):
        Temperature(-273.16)
    assert Temperature(-273.15).celsius == -273.15


@pytest.mark.parametrize("scale, value", [("celsius", -274), ("fahrenheit", -460)])
def test_the_setters_refuse_it_too_and_nothing_changes(scale, value):
    temperature = Temperature(5)
    with pytest.raises(ValueError):
        setattr(temperature, scale, value)
    assert temperature.celsius == 5
    assert temperature.fahrenheit == 41


@pytest.mark.parametrize("celsius, freezing", [(-0.1, True), (0, True), (0.1, False), (50, False)])
def test_it_freezes_up_to_zero(celsius, freezing):
    assert Temperature(celsius).is_freezing is freezing


def test_freezing_follows_the_temperature():
    temperature = Temperature(10)
    temperature.fahrenheit = 14
    assert temperature.is_freezing is True


def test_freezing_can_only_be_read():
    temperature = Temperature(10)
    with pytest.raises(AttributeError):
        temperature.is_freezing = True
    assert temperature.is_freezing is False


def test_two_temperatures_are_independent():
    one, other = Temperature(1), Temperature(2)
    one.celsius = 7
    assert (one.celsius, other.celsius) == (7, 2)
