"""Objects that stand for others in a test, and remember what was done with them."""

import functools
import sys

__all__ = (
    "Mock", "MagicMock", "NonCallableMock", "NonCallableMagicMock", "AsyncMock", "PropertyMock",
    "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "FILTER_DIR", "mock_open", "seal",
)

FILTER_DIR = True


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "sentinel.%s" % self.name


class _Sentinels:
    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError
        made = self.__dict__[name] = _Sentinel(name)
        return made


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING


class _Any:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _Any()


def _arguments(args, kwargs):
    return ", ".join([repr(arg) for arg in args] + ["%s=%r" % item for item in kwargs.items()])


class _Call(tuple):
    """(name, args, kwargs), or (args, kwargs) of one's own calls."""

    def __new__(cls, name="", args=(), kwargs=None, two=False, parent=None):
        kwargs = {} if kwargs is None else kwargs
        self = tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))
        self._mock_name = name
        self._mock_parent = parent
        return self

    def __call__(self, *args, **kwargs):
        return _Call(self._mock_name + "()" if self._mock_name == "" and self._mock_parent else self._mock_name, args, kwargs, parent=self)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        own = self._mock_name
        if self._mock_parent is not None and own:
            own += "()"
        return _Call("%s.%s" % (own, name) if own else name)

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __eq__(self, other):
        try:
            parts = tuple(other)
        except TypeError:
            return NotImplemented
        if not isinstance(other, tuple) or len(parts) > 3:
            return False
        name, args, kwargs = "", (), {}
        for part in parts:
            if isinstance(part, str):
                name = part
            elif isinstance(part, tuple):
                args = part
            elif isinstance(part, dict):
                kwargs = part
            else:
                return False
        mine = "" if len(self) == 2 or len(parts) == 2 and not name else self[0]
        if len(self) == 2:
            name = ""
        return mine == name and self[-2] == args and self[-1] == kwargs

    def __ne__(self, other):
        return not self == other

    __hash__ = tuple.__hash__

    def __repr__(self):
        name = "" if len(self) == 2 else self[0]
        text = "call" if not name else "call." + name if not name.startswith("()") else "call" + name
        return "%s(%s)" % (text, _arguments(self[-2], self[-1]))


class _CallMaker:
    def __call__(self, *args, **kwargs):
        return _Call("", args, kwargs)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _Call(name)

    def __repr__(self):
        return "call"


call = _CallMaker()


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        size = len(value)
        return any([list(self[at : at + size]) == value for at in range(len(self) - size + 1)])


_OWN = frozenset(
    "return_value side_effect called call_count call_args call_args_list mock_calls method_calls".split()
)
_ASSERTS = ("assert", "assret", "asert", "aseert", "assrt")


class NonCallableMock:
    def __new__(cls, *args, **kwargs):
        # Each has a class of its own, where its special methods and properties can stand.
        return object.__new__(type(cls.__name__, (cls,), {"__doc__": cls.__doc__}))

    def __init__(
        self, spec=None, wraps=None, name=None, spec_set=None, parent=None, unsafe=False, **kwargs
    ):
        own = self.__dict__
        own["_mock_children"] = {}
        own["_mock_name"] = name
        own["_mock_parent"] = parent
        own["_mock_wraps"] = wraps
        own["_mock_sealed"] = False
        own["_mock_unsafe"] = unsafe
        own["_mock_return_value"] = kwargs.pop("return_value", DEFAULT)
        own["_mock_side_effect"] = None
        strict = spec_set if spec_set is not None else None
        spec = strict if strict is not None else spec
        own["_spec_set"] = strict is not None
        own["_mock_methods"] = None
        own["_spec_class"] = None
        if spec is not None:
            if isinstance(spec, (list, tuple)):
                own["_mock_methods"] = list(spec)
            else:
                own["_mock_methods"] = dir(spec)
                own["_spec_class"] = spec if isinstance(spec, type) else type(spec)
        self._reset()
        side_effect = kwargs.pop("side_effect", None)
        if side_effect is not None:
            self.side_effect = side_effect
        self.configure_mock(**kwargs)

    def _reset(self):
        own = self.__dict__
        own["called"] = False
        own["call_count"] = 0
        own["call_args"] = None
        own["call_args_list"] = _CallList()
        own["mock_calls"] = _CallList()
        own["method_calls"] = _CallList()

    @property
    def __class__(self):
        spec = self.__dict__.get("_spec_class")
        return type(self) if spec is None else spec

    def configure_mock(self, **kwargs):
        for name, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *path, last = name.split(".")
            target = self
            for part in path:
                target = getattr(target, part)
            setattr(target, last, value)

    def attach_mock(self, mock, attribute):
        mock.__dict__["_mock_parent"] = None
        mock.__dict__["_mock_name"] = ""
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        self.__dict__["_mock_methods"] = spec if isinstance(spec, list) else dir(spec)
        self.__dict__["_spec_set"] = spec_set

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self._reset()
        if return_value:
            self.__dict__["_mock_return_value"] = DEFAULT
        if side_effect:
            self.__dict__["_mock_side_effect"] = None
        for child in list(self._mock_children.values()) + [self._mock_return_value]:
            if isinstance(child, NonCallableMock) and child is not self:
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)

    @property
    def return_value(self):
        value = self._mock_return_value
        if value is DEFAULT:
            value = self._get_child_mock(_new_name="()")
            self.__dict__["_mock_return_value"] = value
        return value

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_mock_return_value"] = value
        _adopt(self, value, "()")

    @property
    def side_effect(self):
        return self._mock_side_effect

    @side_effect.setter
    def side_effect(self, value):
        if value is not None and not callable(value) and not _is_exception(value):
            value = iter(value)
        self.__dict__["_mock_side_effect"] = value

    def _get_child_mock(self, _new_name=None, **kwargs):
        if self._mock_sealed:
            name = (_new_name or "").lstrip(".")
            raise AttributeError("%s.%s" % (self._extract_mock_name(), name))
        kind = type(self).__mro__[1]
        if issubclass(kind, AsyncMock) or not issubclass(kind, CallableMixin):
            kind = MagicMock if issubclass(kind, (NonCallableMagicMock, AsyncMock)) else Mock
        elif kind is PropertyMock:
            kind = MagicMock
        child = kind(parent=self, **kwargs)
        child.__dict__["_mock_new_name"] = _new_name
        return child

    def __getattr__(self, name):
        if name in ("_mock_methods", "_mock_children") or name.startswith("_mock_"):
            if name == "_mock_new_name":
                return None
            raise AttributeError(name)
        methods = self._mock_methods
        if methods is not None:
            if name not in methods or name in _MAGICS:
                raise AttributeError("Mock object has no attribute %r" % name)
        elif name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if not self._mock_unsafe and (methods is None or name not in methods):
            if name.startswith(_ASSERTS):
                raise AttributeError(
                    f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute."
                )
        child = self._mock_children.get(name, _missing)
        if child is _deleted:
            raise AttributeError(name)
        if child is _missing:
            wraps = self._mock_wraps
            child = self._get_child_mock(
                _new_name=name, wraps=None if wraps is None else getattr(wraps, name)
            )
            child.__dict__["_mock_name"] = name
            self._mock_children[name] = child
        return child

    def __setattr__(self, name, value):
        if name in ("return_value", "side_effect"):
            object.__setattr__(self, name, value)
            return
        if self._spec_set and self._mock_methods is not None and name not in self._mock_methods:
            if name not in self.__dict__ and name not in _OWN:
                raise AttributeError("Mock object has no attribute '%s'" % name)
        if name in _MAGICS:
            if not isinstance(value, NonCallableMock):
                function = value
                value = lambda self, *args, **kwargs: function(self, *args, **kwargs)
                setattr(type(self), name, value)
                return
            _adopt(self, value, name)
            self._mock_children[name] = value
            setattr(type(self), name, _magic(value))
            return
        if isinstance(value, PropertyMock):
            setattr(type(self), name, value)
            return
        if self._mock_sealed and name not in self._mock_children and not hasattr(type(self), name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if isinstance(value, NonCallableMock) and _adopt(self, value, name):
            self._mock_children[name] = value
            return
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if self._mock_children.get(name) is _deleted:
            raise AttributeError(name)
        self.__dict__.pop(name, None)
        self._mock_children[name] = _deleted

    def __dir__(self):
        names = self._mock_methods or dir(type(self).__mro__[1])
        extra = [name for name in self.__dict__ if not name.startswith("_")]
        children = [name for name, child in self._mock_children.items() if child is not _deleted]
        return sorted(set(list(names) + extra + children))

    def _extract_mock_name(self):
        parts = []
        mock = self
        while mock is not None:
            name = mock.__dict__.get("_mock_new_name")
            own = mock.__dict__.get("_mock_name")
            parent = mock.__dict__.get("_mock_parent")
            if name is None or parent is None:
                parts.append(own or "mock")
                break
            parts.append(name if name.startswith("()") else "." + name)
            mock = parent
        return "".join(reversed(parts))

    def __repr__(self):
        name = self._extract_mock_name()
        shown = "" if name == "mock" else " name=%r" % name
        spec = self.__dict__.get("_spec_class")
        if spec is not None:
            shown += " spec%s=%r" % ("_set" if self._spec_set else "", spec.__name__)
        return "<%s%s id='%s'>" % (type(self).__name__, shown, id(self))

    def _format(self, name, args, kwargs):
        return "%s(%s)" % (name, _arguments(args, kwargs))

    def _expectation(self, args, kwargs):
        return self._format(self._mock_name or "mock", args, kwargs)

    def assert_not_called(self):
        if self.call_count:
            raise AssertionError(
                "Expected '%s' to not have been called. Called %s times.%s"
                % (self._mock_name or "mock", self.call_count, self._calls_text())
            )

    def assert_called(self):
        if not self.call_count:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or "mock"))

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError(
                "Expected '%s' to have been called once. Called %s times.%s"
                % (self._mock_name or "mock", self.call_count, self._calls_text())
            )

    def assert_called_with(self, /, *args, **kwargs):
        expected = self._expectation(args, kwargs)
        if self.call_args is None:
            raise AssertionError(
                "expected call not found.\nExpected: %s\nActual: not called." % expected
            )
        if self.call_args != _Call("", args, kwargs, two=True):
            actual = self._expectation(*self.call_args)
            raise AssertionError(
                "expected call not found.\nExpected: %s\nActual: %s" % (expected, actual)
            )

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError(
                "Expected '%s' to be called once. Called %s times.%s"
                % (self._mock_name or "mock", self.call_count, self._calls_text())
            )
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        if _Call("", args, kwargs, two=True) not in self.call_args_list:
            raise AssertionError("%s call not found" % self._expectation(args, kwargs))

    def assert_has_calls(self, calls, any_order=False):
        made = self.mock_calls
        if not any_order:
            if list(calls) not in made:
                raise AssertionError(
                    "Calls not found.\nExpected: %r%s"
                    % (_CallList(calls), self._calls_text("Actual").rstrip("."))
                )
            return
        left = list(made)
        missing = []
        for one in calls:
            try:
                left.remove(one)
            except ValueError:
                missing.append(one)
        if missing:
            raise AssertionError(
                "%r does not contain all of %r in its call list, found %r instead"
                % (self._mock_name or "mock", tuple(missing), left)
            )

    def _calls_text(self, prefix="Calls"):
        return f"\n{prefix}: {list(self.mock_calls)!r}." if self.mock_calls else ""


_deleted = sentinel.DELETED


def _adopt(parent, value, name):
    """Makes a mock without a parent a child, so that the parent notes its calls."""
    if not isinstance(value, NonCallableMock) or value is parent:
        return False
    own = value.__dict__
    if own["_mock_name"] or own.get("_mock_new_name") or own["_mock_parent"] is not None:
        return False
    above = parent
    while above is not None:
        # A mock that answers with one around it is not below itself.
        if above is value:
            return False
        above = above.__dict__["_mock_parent"]
    own["_mock_parent"] = parent
    own["_mock_new_name"] = name
    if name != "()":
        own["_mock_name"] = name
    return True


def _is_exception(value):
    if isinstance(value, BaseException):
        return True
    return isinstance(value, type) and issubclass(value, BaseException)


class InvalidSpecError(Exception):
    """A mock was given where the thing that it stands for was asked for."""


def _callable(obj):
    if isinstance(obj, (staticmethod, classmethod)):
        return _callable(obj.__func__)
    return isinstance(obj, type) or getattr(obj, "__call__", None) is not None


class CallableMixin:
    def __call__(self, /, *args, **kwargs):
        self._note(args, kwargs)
        return self._answer(args, kwargs)

    def _note(self, args, kwargs):
        own = self.__dict__
        own["called"] = True
        own["call_count"] += 1
        own["call_args"] = made = _Call("", args, kwargs, two=True)
        own["call_args_list"].append(made)
        own["mock_calls"].append(_Call("", args, kwargs))
        name = own.get("_mock_new_name")
        parent = own["_mock_parent"]
        is_method = True
        while parent is not None and name is not None:
            above = parent.__dict__
            if is_method and "()" not in name:
                above["method_calls"].append(_Call(name, args, kwargs))
            above["mock_calls"].append(_Call(name, args, kwargs))
            up = above.get("_mock_new_name")
            if up is None:
                break
            is_method = is_method and "()" not in up
            name = up + name if name.startswith("()") else up + "." + name
            parent = above["_mock_parent"]

    def _answer(self, args, kwargs):
        effect = self._mock_side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                value = next(effect)
                if _is_exception(value):
                    raise value
            else:
                value = effect(*args, **kwargs)
            if value is not DEFAULT:
                return value
        if self._mock_return_value is DEFAULT and self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """Answers whatever it is asked with mocks, and remembers the calls."""


_DEFAULTS = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented,
    "__ge__": NotImplemented, "__int__": 1, "__contains__": False, "__len__": 0, "__exit__": False,
    "__complex__": 1j, "__float__": 1.0, "__bool__": True, "__index__": 1,
}
_PLAIN = (
    "__getitem__ __setitem__ __delitem__ __enter__ __neg__ __pos__ __invert__ __abs__ __round__ "
    "__trunc__ __floor__ __ceil__ __add__ __sub__ __mul__ __matmul__ __truediv__ __floordiv__ "
    "__mod__ __divmod__ __pow__ __lshift__ __rshift__ __and__ __xor__ __or__ __iadd__ __isub__ "
    "__imul__ __imatmul__ __itruediv__ __ifloordiv__ __imod__ __ipow__ __ilshift__ __irshift__ "
    "__iand__ __ixor__ __ior__ __radd__ __rsub__ __rmul__ __rtruediv__ __rfloordiv__ __rmod__ "
    "__rpow__ __rand__ __ror__ __rxor__ __fspath__"
).split()
_MAGICS = _magics = frozenset([*_DEFAULTS, *_PLAIN, "__iter__", "__str__", "__hash__", "__eq__", "__ne__", "__call__", "__next__", "__aenter__", "__aexit__", "__missing__", "__reversed__"])


def _magic(mock):
    def method(self, /, *args, **kwargs):
        return mock(*args, **kwargs)

    return method


def _default_magic(name):
    """A special method that becomes a mock when it is first needed."""

    def method(self, /, *args, **kwargs):
        return _magic_child(self, name)(*args, **kwargs)

    return method


def _magic_child(mock, name):
    child = mock._mock_children.get(name)
    if child is None:
        child = MagicMock(parent=mock)
        child.__dict__["_mock_new_name"] = name
        child.__dict__["_mock_name"] = name
        if name in _DEFAULTS:
            child.return_value = _DEFAULTS[name]
        elif name == "__iter__":
            child.side_effect = lambda: iter([])
        elif name == "__fspath__":
            child.return_value = f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}"
        mock._mock_children[name] = child
    return child


class MagicMixin(NonCallableMock):
    def __getattr__(self, name):
        if name in _WITH_DEFAULT:
            methods = self.__dict__.get("_mock_methods")
            if methods is None or name in methods:
                return _magic_child(self, name)
        return NonCallableMock.__getattr__(self, name)

    def __getattribute__(self, name):
        if name in _WITH_DEFAULT:
            return MagicMixin.__getattr__(self, name)
        return object.__getattribute__(self, name)


_WITH_DEFAULT = frozenset([*_DEFAULTS, *_PLAIN, "__iter__"])
for _name in _WITH_DEFAULT:
    setattr(MagicMixin, _name, _default_magic(_name))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A mock with all special methods, which cannot be called."""


class MagicMock(MagicMixin, Mock):
    """A mock that has all special methods too."""


class AsyncMock(MagicMixin, Mock):
    """A mock whose call is to be awaited."""

    def _reset(self):
        Mock._reset(self)
        self.__dict__["await_count"] = 0
        self.__dict__["await_args"] = None
        self.__dict__["await_args_list"] = _CallList()

    async def __call__(self, /, *args, **kwargs):
        self._note(args, kwargs)
        own = self.__dict__
        own["await_count"] += 1
        own["await_args"] = made = _Call("", args, kwargs, two=True)
        own["await_args_list"].append(made)
        value = self._answer(args, kwargs)
        return await value if hasattr(value, "__await__") and callable(self._mock_side_effect) else value

    def assert_awaited(self):
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to have been awaited once."
                f" Awaited {self.await_count} times."
            )

    def assert_awaited_with(self, /, *args, **kwargs):
        if self.await_args != _Call("", args, kwargs, two=True):
            expected = self._expectation(args, kwargs)
            actual = "not awaited." if self.await_args is None else self._expectation(*self.await_args)
            raise AssertionError(f"expected await not found.\nExpected: {expected}\nActual: {actual}")

    def assert_awaited_once_with(self, /, *args, **kwargs):
        self.assert_awaited_once()
        self.assert_awaited_with(*args, **kwargs)

    def assert_not_awaited(self):
        if self.await_count != 0:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to not have been awaited. Awaited {self.await_count} times."
            )


class PropertyMock(Mock):
    """A property of a class that is a mock."""

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


def _found(target):
    module, *names = target.split(".")
    thing = __import__(module)
    for name in names:
        module += ".%s" % name
        try:
            thing = getattr(thing, name)
        except AttributeError:
            __import__(module)
            thing = getattr(thing, name)
    return thing


def _get_target(target):
    """How the thing that has an attribute is found, and the attribute's name."""
    try:
        where, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}") from None
    return functools.partial(_found, where), attribute


class _patch:
    def __init__(self, getter, attribute, new, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, kwargs=None):
        if new_callable is not None and new is not DEFAULT:
            raise ValueError("Cannot use 'new' and 'new_callable' together")
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.spec = spec
        self.create = create
        self.spec_set = spec_set
        self.autospec = autospec
        self.new_callable = new_callable
        self.kwargs = kwargs or {}
        self.attribute_name = None
        self.additional = []

    def copy(self):
        again = _patch(
            self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set,
            self.autospec, self.new_callable, self.kwargs,
        )
        again.attribute_name = self.attribute_name
        again.additional = [one.copy() for one in self.additional]
        return again

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                value = getattr(func, name)
                if name.startswith(patch.TEST_PREFIX) and callable(value):
                    setattr(func, name, self.copy()(value))
            return func
        return _patched(func, self)

    def __enter__(self):
        self.target = target = self.getter()
        name = self.attribute
        local = name in getattr(target, "__dict__", {})
        original = target.__dict__[name] if local else getattr(target, name, DEFAULT)
        builtin = getattr(target, "__name__", None) == "builtins"
        if original is DEFAULT and not self.create and not builtin:
            raise AttributeError("%s does not have the attribute %r" % (target, name))
        self.original, self.local = original, local
        new = self._replacement(original)
        self.new_one = new
        setattr(target, name, new)
        if self.attribute_name is None:
            return new
        values = {}
        if self.new is DEFAULT:
            values[self.attribute_name] = new
        for one in self.additional:
            made = one.__enter__()
            if one.new is DEFAULT:
                values.update(made)
        return values

    def _replacement(self, original):
        if self.new is not DEFAULT:
            return self.new
        if self.autospec:
            return create_autospec(original if self.autospec is True else self.autospec, spec_set=bool(self.spec_set), _name=self.attribute, **self.kwargs)
        kwargs = dict(self.kwargs)
        for key in ("spec", "spec_set"):
            value = getattr(self, key)
            if value is not None and value is not False:
                kwargs[key] = original if value is True else value
        kind = self.new_callable
        if kind is None:
            kind = AsyncMock if _is_coroutine_function(original) else MagicMock
        if isinstance(kind, type) and issubclass(kind, NonCallableMock):
            kwargs.setdefault("name", self.attribute)
        return kind(**kwargs)

    def __exit__(self, *exc_info):
        for one in reversed(self.additional):
            one.__exit__(*exc_info)
        if self.local and self.original is not DEFAULT:
            setattr(self.target, self.attribute, self.original)
        else:
            delattr(self.target, self.attribute)
            if not self.create and not hasattr(self.target, self.attribute):
                setattr(self.target, self.attribute, self.original)
        return False

    def start(self):
        result = self.__enter__()
        _active.append(self)
        return result

    def stop(self):
        if self not in _active:
            return None
        _active.remove(self)
        return self.__exit__(None, None, None)


_active = []


def _is_coroutine_function(obj):
    code = getattr(obj, "__code__", None)
    return bool(getattr(code, "co_flags", 0) & 0x80)


def _patched(func, one):
    if hasattr(func, "patchings"):
        func.patchings.append(one)
        return func
    if _is_coroutine_function(func):

        @functools.wraps(func)
        async def patched(*args, **kwargs):
            with _All(patched.patchings) as (more, named):
                return await func(*args, *more, **kwargs, **named)

    else:

        @functools.wraps(func)
        def patched(*args, **kwargs):
            with _All(patched.patchings) as (more, named):
                return func(*args, *more, **kwargs, **named)

    patched.patchings = [one]
    return patched


class _All:
    """Several patches, entered in their order and left in the other."""

    def __init__(self, patchings):
        self.patchings = patchings
        self.entered = []

    def __enter__(self):
        more, named = [], {}
        try:
            for one in self.patchings:
                value = one.__enter__()
                self.entered.append(one)
                if one.attribute_name is not None:
                    named.update(value)
                elif one.new is DEFAULT:
                    more.append(value)
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return more, named

    def __exit__(self, *exc_info):
        while self.entered:
            self.entered.pop().__exit__(*exc_info)


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Puts a mock in the place of what a dotted name means, for a function or a `with`."""
    try:
        where, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}") from None
    return _patch(lambda: _found(where), attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    getter = (lambda: _found(target)) if type(target) is str else (lambda: target)
    made = []
    for attribute, new in kwargs.items():
        one = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        one.attribute_name = attribute
        made.append(one)
    made[0].additional = made[1:]
    return made[0]


class _patch_dict:
    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = dict(values)
        self.values.update(kwargs)
        self.clear = clear

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                value = getattr(func, name)
                if name.startswith(patch.TEST_PREFIX) and callable(value):
                    setattr(func, name, _patch_dict(self.in_dict, self.values, self.clear)(value))
            return func

        @functools.wraps(func)
        def inner(*args, **kwargs):
            with self:
                return func(*args, **kwargs)

        return inner

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _found(self.in_dict)
        self.original = dict(self.in_dict)
        if self.clear:
            self.in_dict.clear()
        self.in_dict.update(self.values)
        return self.in_dict

    def __exit__(self, *args):
        self.in_dict.clear()
        self.in_dict.update(self.original)
        return False

    def start(self):
        result = self.__enter__()
        _active.append(self)
        return result

    def stop(self):
        if self in _active:
            _active.remove(self)
            return self.__exit__(None, None, None)


def _stopall():
    for one in reversed(_active[:]):
        one.stop()


patch.object = _patch_object
patch.dict = _patch_dict
patch.multiple = _patch_multiple
patch.stopall = _stopall
patch.TEST_PREFIX = "test"


def create_autospec(spec, spec_set=False, instance=False, _name=None, **kwargs):
    """A mock that has what `spec` has, and what its attributes have."""
    import inspect

    is_class = isinstance(spec, type)
    kind = MagicMock
    if _is_coroutine_function(spec):
        kind = AsyncMock
    elif instance and not callable(spec):
        kind = NonCallableMagicMock
    mock = kind(**{"spec_set" if spec_set else "spec": spec}, name=_name, **kwargs)
    if inspect.isfunction(spec) or inspect.ismethod(spec):
        try:
            signature = inspect.signature(spec)
        except (TypeError, ValueError):
            return mock
        answer = mock.side_effect

        def checked(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return DEFAULT if answer is None else answer(*args, **kwargs)

        mock.side_effect = checked
        return mock
    if is_class and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()")
    return mock


def mock_open(mock=None, read_data=""):
    """A mock for `open`, whose file reads `read_data`."""
    empty = b"" if isinstance(read_data, bytes) else ""

    def lines():
        return read_data.splitlines(keepends=True)

    handle = MagicMock()
    left = []

    def read(size=-1):
        text = empty.join(left)
        if size is None or size < 0:
            left.clear()
            return text
        rest = text[size:]
        left[:] = rest.splitlines(keepends=True)
        return text[:size]

    def readline(*args):
        return left.pop(0) if left else empty

    def readlines(*args):
        taken = left[:]
        left.clear()
        return taken

    handle.read.side_effect = read
    handle.readline.side_effect = readline
    handle.readlines.side_effect = readlines
    handle.__iter__.side_effect = lambda: iter(readline, empty)
    handle.__enter__.return_value = handle
    handle.write.return_value = None

    def opened(*args, **kwargs):
        left[:] = lines()
        return DEFAULT

    mock = MagicMock(name="open") if mock is None else mock
    mock.side_effect = opened
    mock.return_value = handle
    return mock


def seal(mock):
    """From now on the mock makes no more attributes."""
    mock.__dict__["_mock_sealed"] = True
    for child in mock._mock_children.values():
        if isinstance(child, NonCallableMock) and child._mock_parent is mock:
            seal(child)
