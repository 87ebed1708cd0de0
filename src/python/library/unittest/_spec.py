"""Mocks that are called as what they stand for is, and `mock_open`."""

import inspect
import io
import types

from . import mock as _mock
from .mock import DEFAULT, InvalidSpecError, _Call, _is_async, _is_list, _is_mock, _mock_of, _SpecState


def _instance_callable(obj):
    """Whether what a class makes can be called."""
    if not isinstance(obj, type):
        return getattr(obj, "__call__", None) is not None
    return any(one.__dict__.get("__call__") is not None for one in obj.__mro__)


def signature_of(spec, as_instance=False, eat_self=False):
    """(What is called, its signature) of a class, an instance or a function; None where there is none to be had."""
    if isinstance(spec, type) and not as_instance:
        # Making an instance leaves out `self`.
        eat_self = True
        spec = spec.__init__
    elif isinstance(spec, (classmethod, staticmethod)):
        if isinstance(spec, classmethod):
            eat_self = True
        spec = spec.__func__
    elif not isinstance(spec, (types.FunctionType, types.MethodType, types.BuiltinFunctionType)):
        try:
            spec = spec.__call__
        except AttributeError:
            return None
    called = _without_first(spec) if eat_self else spec
    try:
        return spec, inspect.signature(called)
    except (ValueError, TypeError):
        return None


def _without_first(function):
    import functools

    return functools.partial(function, None)


def _check_signature(spec, mock, skipfirst, instance=False):
    found = signature_of(spec, instance, skipfirst)
    if found is None:
        return
    signature = found[1]

    def check(self, /, *args, **kwargs):
        signature.bind(*args, **kwargs)

    type(mock)._mock_check_sig = check
    type(mock).__signature__ = signature


_ASSERTIONS = (
    "assert_called_with assert_called_once_with assert_has_calls assert_any_call assert_called "
    "assert_not_called assert_called_once reset_mock attach_mock"
).split()
_AWAITED = (
    "assert_awaited assert_awaited_once assert_awaited_with assert_awaited_once_with assert_any_await "
    "assert_has_awaits assert_not_awaited"
).split()


def _function_of(mock, spec):
    """A function, for one that is specified: it checks its arguments and asks the mock."""
    found = signature_of(spec, False, False)
    signature = None if found is None else found[1]

    def bound(args, kwargs):
        if signature is not None:
            signature.bind(*args, **kwargs)

    if _is_async(spec):

        async def funcopy(*args, **kwargs):
            bound(args, kwargs)
            return await mock(*args, **kwargs)

    else:

        def funcopy(*args, **kwargs):
            bound(args, kwargs)
            return mock(*args, **kwargs)

    for name in ("__name__", "__doc__", "__module__", "__defaults__", "__kwdefaults__", "__text_signature__"):
        try:
            setattr(funcopy, name, getattr(spec, name))
        except (AttributeError, TypeError):
            pass
    if not funcopy.__name__.isidentifier():
        funcopy.__name__ = "funcopy"
    funcopy.mock = mock
    funcopy.called = False
    funcopy.call_count = 0
    funcopy.call_args = None
    funcopy.call_args_list = _mock._CallList()
    funcopy.method_calls = _mock._CallList()
    funcopy.mock_calls = _mock._CallList()
    funcopy.return_value = mock.return_value
    funcopy.side_effect = mock.side_effect
    funcopy._mock_children = mock._mock_children
    for name in _ASSERTIONS + (_AWAITED if _is_async(spec) else []):
        setattr(funcopy, name, getattr(mock, name))

    def reset_mock():
        funcopy.method_calls = _mock._CallList()
        funcopy.mock_calls = _mock._CallList()
        mock.reset_mock()
        answer = funcopy.return_value
        if _is_mock(answer) and answer is not mock:
            answer.reset_mock()

    funcopy.reset_mock = reset_mock
    if signature is not None:
        funcopy.__signature__ = signature
    if _is_async(spec):
        funcopy.await_count = 0
        funcopy.await_args = None
        funcopy.await_args_list = _mock._CallList()
    mock._mock_delegate = funcopy
    return funcopy


_FUNCTIONS = (types.FunctionType, types.MethodType)


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock that has what `spec` has, and what its attributes have, and is called as it is."""
    if _is_list(spec):
        # A list of names is no list that is asked for.
        spec = type(spec)
    is_type = isinstance(spec, type)
    if _is_mock(spec):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    is_async = _is_async(spec)
    given = {"spec": spec}
    if spec_set:
        given = {"spec_set": spec}
    elif spec is None:
        given = {}
    if given and instance:
        given["_spec_as_instance"] = True
    if not unsafe:
        from ._patch import _check_arguments

        _check_arguments(kwargs)
    name = kwargs.pop("name", _name)
    given.update(kwargs)
    kind = _mock.MagicMock
    if isinstance(spec, property) or inspect.isdatadescriptor(spec):
        # What a descriptor gives is not known.
        given = {}
    elif is_type and instance and not _instance_callable(spec):
        kind = _mock.NonCallableMagicMock
    elif not _mock._callable(spec):
        kind = _mock.NonCallableMagicMock
    if is_async:
        if instance:
            raise RuntimeError("Instance can not be True when create_autospec is mocking an async function")
        kind = _mock.AsyncMock
    new_name = name
    if _parent is None:
        new_name = ""
    mock = kind(parent=_parent, _new_parent=_parent, _new_name=new_name, name=name, **given)
    if isinstance(spec, _FUNCTIONS):
        made = _function_of(mock, spec)
        mock = made
    else:
        _check_signature(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()", _parent=_mock_of(mock))
    inner = _mock_of(mock)
    for entry in dir(spec):
        if entry in _mock._all_magics or entry[:2] == "__" == entry[-2:]:
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        given = {"spec_set": original} if spec_set else {"spec": original}
        if isinstance(original, _FUNCTIONS):
            above = mock if not isinstance(spec, _FUNCTIONS) else inner
            skipfirst = _skips_first(spec, entry, is_type)
            child = _mock.AsyncMock if _is_async(original) else _mock.MagicMock
            given["_eat_self"] = skipfirst
            new = child(parent=above, name=entry, _new_name=entry, _new_parent=above, **given)
            inner._mock_children[entry] = new
            _check_signature(original, new, skipfirst)
        else:
            new = _SpecState(original, spec_set, inner, entry, instance)
            inner._mock_children[entry] = new
        if isinstance(mock, types.FunctionType):
            setattr(mock, entry, new if not isinstance(new, _SpecState) else getattr(inner, entry))
    return mock


def _skips_first(spec, entry, is_type):
    """Whether a method's first argument is left out where it is called on the mock."""
    if not isinstance(spec, type):
        if entry in getattr(spec, "__dict__", {}):
            return False
        spec = spec.__class__
    for one in spec.__mro__:
        found = one.__dict__.get(entry, DEFAULT)
        if found is DEFAULT:
            continue
        if isinstance(found, (staticmethod, classmethod)):
            return False
        return is_type if isinstance(found, types.FunctionType) else False
    return is_type


def mock_open(mock=None, read_data=""):
    """A mock for `open`, whose files read `read_data`."""
    make = io.BytesIO if isinstance(read_data, bytes) else io.StringIO
    state = {"data": make(read_data)}

    def read(*args, **kwargs):
        if handle.read.return_value is not None:
            return handle.read.return_value
        return state["data"].read(*args, **kwargs)

    def readlines(*args, **kwargs):
        if handle.readlines.return_value is not None:
            return handle.readlines.return_value
        return state["data"].readlines(*args, **kwargs)

    def lines():
        if handle.readline.return_value is not None:
            while True:
                yield handle.readline.return_value
        yield from state["data"]

    def readline(*args, **kwargs):
        if handle.readline.return_value is not None:
            return handle.readline.return_value
        return state["data"].readline(*args, **kwargs)

    def advance():
        if handle.readline.return_value is not None:
            return handle.readline.return_value
        return next(state["data"])

    if mock is None:
        mock = _mock.MagicMock(name="open", spec=open)
    handle = _mock.MagicMock(spec=_file_names())
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    handle.read.return_value = None
    handle.readline.return_value = None
    handle.readlines.return_value = None
    handle.read.side_effect = read
    handle.readline.side_effect = readline
    handle.readlines.side_effect = readlines
    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = advance

    def reset(*args, **kwargs):
        state["data"] = make(read_data)
        return DEFAULT

    mock.side_effect = reset
    mock.return_value = handle
    return mock


def _file_names():
    return list(set(dir(io.TextIOWrapper)).union(dir(io.BytesIO)))
