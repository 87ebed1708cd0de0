import warnings

import pytest


def test_warns():
    with pytest.warns(UserWarning):
        warnings.warn("x")


def test_no_warning():
    with pytest.warns(UserWarning):
        pass


def test_other():
    with pytest.warns(DeprecationWarning):
        warnings.warn("x")


def test_match():
    with pytest.warns(UserWarning, match="a+b"):
        warnings.warn("caab")


def test_match_fails():
    with pytest.warns(UserWarning, match="a+b"):
        warnings.warn("c")


def test_record():
    with pytest.warns(UserWarning) as record:
        warnings.warn("one")
        warnings.warn("two")
    assert [str(one.message) for one in record] == ["one", "two"]
    assert len(record) == 2
    assert record[0].category is UserWarning


def test_call():
    assert pytest.warns(UserWarning, lambda x: (warnings.warn("x"), x)[1], 3) == 3


def test_deprecated():
    with pytest.deprecated_call():
        warnings.warn("old", DeprecationWarning)


def test_deprecated_fails():
    with pytest.deprecated_call():
        warnings.warn("not old")


def test_recwarn(recwarn):
    warnings.warn("hello")
    assert len(recwarn) == 1
    assert recwarn.pop(UserWarning).filename.endswith(".py")
    assert len(recwarn.list) == 0


def test_recwarn_pop(recwarn):
    recwarn.pop(UserWarning)


def test_no_class():
    with pytest.warns(3):
        pass


def test_not_warning():
    with pytest.warns(ValueError):
        pass


def test_exception_inside():
    with pytest.warns(UserWarning):
        raise ValueError("first")


def test_several():
    with pytest.warns((UserWarning, DeprecationWarning)):
        warnings.warn("x", DeprecationWarning)
