import re

import pytest


def test_raises():
    with pytest.raises(ValueError):
        raise ValueError("x")


def test_not_raised():
    with pytest.raises(ValueError):
        pass


def test_not_raised_tuple():
    with pytest.raises((ValueError, TypeError)):
        pass


def test_other():
    with pytest.raises(ValueError):
        raise TypeError("other")


def test_subclass():
    with pytest.raises(LookupError) as info:
        {}["a"]
    assert info.type is KeyError
    assert info.typename == "KeyError"
    assert str(info.value) == "'a'"
    assert info.errisinstance(LookupError)
    assert info.match("a")
    assert info.exconly() == "KeyError: 'a'"


def test_match():
    with pytest.raises(ValueError, match=r"must be \d+"):
        raise ValueError("it must be 123 here")


def test_match_fails():
    with pytest.raises(ValueError, match=r"must be \d+"):
        raise ValueError("it must be here")


def test_match_literal():
    with pytest.raises(ValueError, match="^literal$"):
        raise ValueError("literally")


def test_match_escape():
    with pytest.raises(ValueError, match="f(x)"):
        raise ValueError("f(x)")


def test_match_compiled():
    with pytest.raises(ValueError, match=re.compile("ABC", re.I)):
        raise ValueError("xyz")


def test_match_bad_pattern():
    with pytest.raises(ValueError, match="("):
        raise ValueError("x")


def test_match_lines():
    with pytest.raises(ValueError, match="^first\nsecond$"):
        raise ValueError("first\n2nd")


def test_info_match_fails():
    with pytest.raises(ValueError) as info:
        raise ValueError("abc")
    info.match("x")


def test_check():
    with pytest.raises(ValueError, check=lambda e: e.args == (1,)):
        raise ValueError(1)


def test_call():
    info = pytest.raises(ZeroDivisionError, lambda: 1 / 0)
    assert info.type is ZeroDivisionError


def test_call_args():
    pytest.raises(ValueError, int, "x", base=10)


def test_call_fails():
    pytest.raises(ValueError, int, "3")


def test_no_class():
    with pytest.raises("ValueError"):
        pass


def test_no_exception_class():
    with pytest.raises(int):
        pass


def test_instance():
    with pytest.raises(ValueError("x")):
        pass


def test_nothing():
    with pytest.raises():
        pass


def test_empty_tuple():
    with pytest.raises(()):
        pass


def test_unknown_keyword():
    with pytest.raises(ValueError, message="x"):
        pass


def test_not_callable():
    pytest.raises(ValueError, 3)


def test_early():
    with pytest.raises(ValueError) as info:
        info.value
        raise ValueError


def test_repr_info():
    with pytest.raises(ValueError) as info:
        assert repr(info) == "<ExceptionInfo for raises contextmanager>"
        raise ValueError("x")
    assert repr(info) == "<ExceptionInfo ValueError('x') tblen=1>"


def test_notes():
    error = ValueError("x")
    error.add_note("a note")
    with pytest.raises(ValueError, match="note"):
        raise error


def test_repr():
    assert repr(pytest.raises(ValueError, match="a")) == "RaisesExc(ValueError, match='a')"


def test_group():
    with pytest.RaisesGroup(ValueError):
        raise ExceptionGroup("g", [ValueError()])


def test_group_fails():
    with pytest.RaisesGroup(ValueError):
        raise ExceptionGroup("g", [TypeError("t")])


def test_group_few():
    with pytest.RaisesGroup(ValueError, TypeError):
        raise ExceptionGroup("g", [ValueError()])


def test_group_many():
    with pytest.RaisesGroup(ValueError):
        raise ExceptionGroup("g", [ValueError(), TypeError()])


def test_group_several():
    with pytest.RaisesGroup(ValueError, KeyError, OSError):
        raise ExceptionGroup("g", [ValueError(), TypeError(), IndexError()])


def test_group_none():
    with pytest.RaisesGroup(ValueError):
        pass


def test_group_bare():
    with pytest.RaisesGroup(ValueError):
        raise ValueError("alone")


def test_group_nested():
    with pytest.RaisesGroup(pytest.RaisesGroup(ValueError)):
        raise ExceptionGroup("g", [ExceptionGroup("h", [ValueError()])])


def test_group_nested_fails():
    with pytest.RaisesGroup(ValueError):
        raise ExceptionGroup("g", [ExceptionGroup("h", [ValueError()])])


def test_group_flatten():
    with pytest.RaisesGroup(ValueError, flatten_subgroups=True):
        raise ExceptionGroup("g", [ExceptionGroup("h", [ValueError()])])


def test_group_match():
    with pytest.RaisesGroup(ValueError, match="x"):
        raise ExceptionGroup("g", [ValueError("x")])


def test_group_inner_match():
    with pytest.RaisesGroup(pytest.RaisesExc(ValueError, match="x")):
        raise ExceptionGroup("g", [ValueError("y")])


def test_group_unwrapped():
    with pytest.RaisesGroup(ValueError, allow_unwrapped=True):
        raise ValueError("alone")


def test_group_check():
    with pytest.RaisesGroup(ValueError, check=lambda e: e.message == "g"):
        raise ExceptionGroup("g", [ValueError()])


def test_group_contains():
    with pytest.raises(ExceptionGroup) as info:
        raise ExceptionGroup("g", [ValueError("deep"), ExceptionGroup("h", [KeyError("k")])])
    assert info.group_contains(ValueError, match="deep")
    assert info.group_contains(KeyError)
    assert not info.group_contains(KeyError, depth=1)
    assert info.group_contains(OSError)
