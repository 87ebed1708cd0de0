import pytest
from user_kata import changed


def test_values_are_changed_within_and_as_before_afterwards():
    settings = {"verbose": False, "depth": 3}
    with changed(settings, verbose=True):
        assert settings == {"verbose": True, "depth": 3}
    assert settings == {"verbose": False, "depth": 3}


def test_keys_that_were_not_there_are_gone_again():
    settings = {}
    with changed(settings, color="red", depth=1):
        assert settings == {"color": "red", "depth": 1}
    assert settings == {}


def test_an_error_within_goes_on_and_the_values_are_put_back():
    settings = {"depth": 3}
    with pytest.raises(ZeroDivisionError):
        with changed(settings, depth=9, extra=1):
            assert settings == {"depth": 9, "extra": 1}
            1 / 0
    assert settings == {"depth": 3}


def test_leaving_with_return_puts_back_too():
    settings = {"depth": 3}

    def peek():
        with changed(settings, depth=9):
            return settings["depth"]

    assert peek() == 9
    assert settings == {"depth": 3}


@pytest.mark.parametrize("old", [None, 0, False, []])
def test_an_empty_old_value_is_a_value(old):
    settings = {"key": old}
    with changed(settings, key=1):
        assert settings == {"key": 1}
    assert "key" in settings
    assert settings["key"] is old


def test_what_the_block_changes_elsewhere_stays():
    settings = {"a": 1, "b": 2}
    with changed(settings, a=10):
        settings["b"] = 20
        settings["c"] = 30
        settings["a"] = 11
    assert settings == {"a": 1, "b": 20, "c": 30}


def test_a_key_that_the_block_removes_comes_back_or_stays_away():
    settings = {"a": 1}
    with changed(settings, a=10, new=5):
        del settings["a"], settings["new"]
    assert settings == {"a": 1}


def test_the_settings_are_handed_to_as_themselves():
    settings = {}
    with changed(settings, a=1) as inside:
        assert inside is settings


def test_changes_can_be_nested():
    settings = {"a": 1}
    with changed(settings, a=2):
        with changed(settings, a=3, b=4):
            assert settings == {"a": 3, "b": 4}
        assert settings == {"a": 2}
    assert settings == {"a": 1}


def test_nothing_is_changed_before_the_block_begins():
    settings = {"a": 1}
    manager = changed(settings, a=2)
    assert settings == {"a": 1}
    with manager:
        assert settings == {"a": 2}
