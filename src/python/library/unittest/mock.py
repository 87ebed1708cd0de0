"""Stand-ins that answer whatever they are asked, and remember it: https://docs.python.org/3/library/unittest.mock.html

Each mock has a class of its own, where its special methods stand. `patch` and what goes
with it are in `_patch`, `create_autospec` and `mock_open` in `_spec`."""

import functools

__all__ = (
    "Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "AsyncMock",
    "FILTER_DIR", "NonCallableMock", "NonCallableMagicMock", "mock_open", "PropertyMock", "seal",
)

FILTER_DIR = True


class InvalidSpecError(Exception):
    """A mock was given where the thing that it stands for was asked for."""


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "sentinel.%s" % self.name

    def __reduce__(self):
        return "sentinel.%s" % self.name


class _Sentinels:
    """One object of each name that is asked for."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError
        return self._sentinels.setdefault(name, _Sentinel(name))

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING
_deleted = sentinel.DELETED


class _Any:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _Any()


def _is_mock(obj):
    return issubclass(type(obj), NonCallableMock)


def _is_exception(obj):
    return isinstance(obj, BaseException) or isinstance(obj, type) and issubclass(obj, BaseException)


def _is_list(obj):
    return type(obj) in (list, tuple)


def _is_async(obj):
    """Whether a call of this is to be awaited."""
    if _is_mock(obj) and not isinstance(obj, AsyncMock):
        return False
    while isinstance(obj, functools.partial):
        obj = obj.func
    obj = getattr(obj, "__func__", obj)
    flags = getattr(getattr(obj, "__code__", None), "co_flags", 0)
    return isinstance(flags, int) and bool(flags & 0x80)


def _mock_of(obj):
    """A function with a specification stands for the mock that it calls."""
    if type(obj).__name__ == "function" and hasattr(obj, "mock"):
        return obj.mock
    return obj


def _format_call_signature(name, args, kwargs):
    parts = [repr(arg) for arg in args] + [f"{key}={value!r}" for key, value in kwargs.items()]
    return "%s(%s)" % (name, ", ".join(parts))


class _Call(tuple):
    """A call: (name, arguments, keyword arguments), or without the name. Equal to what says the same in part."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        if len(value) == 3:
            name, args, kwargs = value
        elif len(value) == 2:
            first, second = value
            if isinstance(first, str):
                name = first
                args, kwargs = (second, {}) if isinstance(second, tuple) else ((), second)
            else:
                args, kwargs = first, second
        elif len(value) == 1:
            (value,) = value
            if isinstance(value, str):
                name = value
            elif isinstance(value, tuple):
                args = value
            else:
                kwargs = value
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    def __eq__(self, other):
        try:
            size = len(other)
        except TypeError:
            return NotImplemented
        name, args, kwargs = self if len(self) == 3 else ("", *self)
        above, others_above = getattr(self, "_mock_parent", None), getattr(other, "_mock_parent", None)
        if above and others_above and above != others_above:
            return False
        if size > 3:
            return False
        other_name, other_args, other_kwargs = "", (), {}
        parts = list(other)
        if size == 3 or parts and isinstance(parts[0], str):
            other_name = parts.pop(0)
        if len(parts) == 2:
            other_args, other_kwargs = parts
        elif parts and isinstance(parts[0], tuple):
            other_args = parts[0]
        elif parts:
            other_kwargs = parts[0]
        if name and other_name != name:
            return False
        # What is expected may be equal to anything, and is asked first.
        return (other_args, other_kwargs) == (args, kwargs)

    __ne__ = object.__ne__
    __hash__ = None

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + "()", parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name="%s.%s" % (self._mock_name, attr), parent=self, from_kall=False)

    def __getattribute__(self, attr):
        # `count` and `index` are names of calls like any others.
        if attr in tuple.__dict__:
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return "call%s" % name if name.startswith("()") else name
        name = self[0] if len(self) == 3 else ""
        if not name:
            name = "call"
        else:
            name = "call%s" % name if name.startswith("()") else "call.%s" % name
        return _format_call_signature(name, self[-2], self[-1])

    def call_list(self):
        """This call and those that it is made of."""
        found = []
        thing = self
        while thing is not None:
            if thing._mock_from_kall:
                found.append(thing)
            thing = thing._mock_parent
        return _CallList(reversed(found))


call = _Call(from_kall=False)


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        size = len(value)
        return any(self[at:at + size] == value for at in range(len(self) - size + 1))

    def __getitem__(self, key):
        found = list.__getitem__(self, key)
        return _CallList(found) if isinstance(key, slice) else found

    def __repr__(self):
        import pprint

        return pprint.pformat(list(self))


class _Answers:
    """What a mock answers one after the other."""

    def __init__(self, values):
        self._values = iter(values)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._values)


def _answers(obj):
    if obj is None or _is_exception(obj) or _callable(obj):
        return obj
    try:
        return iter(obj)
    except TypeError:
        return obj


def _callable(obj):
    if isinstance(obj, type):
        return True
    if isinstance(obj, (staticmethod, classmethod)):
        return _callable(obj.__func__)
    return getattr(obj, "__call__", None) is not None


_NUMERIC = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow".split()
_magics = {
    f"__{name}__"
    for name in [
        *"lt gt le ge eq ne getitem setitem delitem len contains str sizeof enter exit divmod rdivmod neg pos abs invert".split(),
        *"complex int float index round trunc floor ceil bool next fspath aiter hash iter".split(),
        *_NUMERIC,
        *("i" + name for name in _NUMERIC),
        *("r" + name for name in _NUMERIC),
    ]
}
_non_defaults = {
    "__%s__" % name
    for name in "get set delete reversed missing reduce reduce_ex getinitargs getnewargs getstate setstate getformat repr dir subclasses format getnewargs_ex".split()
}
_async_method_magics = {"__aenter__", "__aexit__", "__anext__"}
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_method_magics
_unsupported_magics = {
    "__getattr__", "__setattr__", "__init__", "__new__", "__prepare__", "__instancecheck__",
    "__subclasscheck__", "__del__",
}
_RETURNS = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented,
    "__int__": 1, "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j,
    "__float__": 1.0, "__bool__": True, "__index__": 1, "__aexit__": False,
}


def _equal(mock):
    def equal(other):
        given = mock.__eq__._mock_return_value
        if given is not DEFAULT:
            return given
        return True if mock is other else NotImplemented

    return equal


def _unequal(mock):
    def unequal(other):
        given = mock.__ne__._mock_return_value
        if given is not DEFAULT:
            return given
        return False if mock is other else NotImplemented

    return unequal


def _iterated(mock):
    def iterated():
        given = mock.__iter__._mock_return_value
        # One that has been gone through already stays so.
        return iter([]) if given is DEFAULT else iter(given)

    return iterated


def _async_iterated(mock):
    async def pieces(values):
        for value in values:
            yield value

    def iterated():
        given = mock.__aiter__._mock_return_value
        return pieces(iter([]) if given is DEFAULT else iter(given))

    return iterated


_EFFECTS = {"__eq__": _equal, "__ne__": _unequal, "__iter__": _iterated, "__aiter__": _async_iterated}
_COMPUTED = {
    "__hash__": lambda mock: object.__hash__(mock),
    "__str__": lambda mock: object.__str__(mock),
    "__sizeof__": lambda mock: object.__sizeof__(mock),
    "__fspath__": lambda mock: f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}",
}


def _delegating(name):
    """An attribute that is the delegate's, where there is one."""
    own = "_mock_" + name

    def get(self):
        delegate = self._mock_delegate
        return self.__dict__[own] if delegate is None else getattr(delegate, name)

    def put(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[own] = value
        else:
            setattr(delegate, name, value)

    return property(get, put)


def _adopt(parent, value, name, new_name):
    """Makes a mock that is nobody's yet a child."""
    value = _mock_of(value)
    if not _is_mock(value):
        return False
    if value._mock_name or value._mock_new_name or value._mock_parent is not None or value._mock_new_parent is not None:
        return False
    above = parent
    while above is not None:
        # A mock that answers with one around it is not below itself.
        if above is value:
            return False
        above = above._mock_new_parent
    if new_name:
        value._mock_new_parent = parent
        value._mock_new_name = new_name
    if name:
        value._mock_parent = parent
        value._mock_name = name
    return True


class _SpecState:
    """A child that is made by `create_autospec` when it is asked for."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False):
        self.spec = spec
        self.spec_set = spec_set
        self.parent = parent
        self.instance = instance
        self.name = name


class _Base:
    _mock_return_value = DEFAULT
    _mock_side_effect = None


class NonCallableMock(_Base):
    """A mock that cannot be called."""

    def __new__(cls, /, *args, **kw):
        bases = (cls,)
        spec = kw.get("spec_set") or kw.get("spec") or (args[0] if args else None)
        if not issubclass(cls, AsyncMockMixin) and spec is not None and not _is_list(spec) and _is_async(spec):
            bases = (AsyncMockMixin, cls)
        if issubclass(cls, MagicMixin):
            bases += (_Magics,) if spec is None else ()
        return object.__new__(type(cls.__name__, bases, {"__doc__": cls.__doc__}))

    def __init__(
        self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None,
        _new_name="", _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs
    ):
        own = self.__dict__
        own["_mock_parent"] = parent
        own["_mock_name"] = name
        own["_mock_new_name"] = _new_name
        own["_mock_new_parent"] = parent if _new_parent is None else _new_parent
        own["_mock_sealed"] = False
        if spec_set is not None:
            spec, spec_set = spec_set, True
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, spec_set, _spec_as_instance, _eat_self)
        own["_mock_children"] = {}
        own["_mock_wraps"] = wraps
        own["_mock_delegate"] = None
        own["_mock_called"] = False
        own["_mock_call_args"] = None
        own["_mock_call_count"] = 0
        own["_mock_call_args_list"] = _CallList()
        own["_mock_mock_calls"] = _CallList()
        own["method_calls"] = _CallList()
        own["_mock_unsafe"] = unsafe
        if kwargs:
            self.configure_mock(**kwargs)

    def attach_mock(self, mock, attribute):
        """Makes a mock a child of this one, whose calls are this one's too."""
        inner = _mock_of(mock)
        inner._mock_parent = inner._mock_new_parent = None
        inner._mock_name = ""
        inner._mock_new_name = None
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if _is_mock(spec):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        own = self.__dict__
        own["_spec_class"] = own["_spec_of"] = None
        own["_spec_set"] = spec_set
        own["_mock_methods"] = spec
        if spec is None or _is_list(spec):
            return
        own["_spec_class"] = spec if isinstance(spec, type) else type(spec)
        own["_spec_of"] = spec, _spec_as_instance, _eat_self
        own["_mock_methods"] = dir(spec)

    @property
    def _spec_signature(self):
        """How what the mock stands for is called; found out when a call is first compared."""
        own = self.__dict__
        if "_spec_found" not in own or own["_spec_found"][0] is not own["_spec_of"]:
            from ._spec import signature_of

            found = None if own["_spec_of"] is None else signature_of(*own["_spec_of"])
            own["_spec_found"] = own["_spec_of"], found and found[1]
        return own["_spec_found"][1]

    @property
    def return_value(self):
        """What a call gives; a mock where nothing was said."""
        given = self._mock_return_value
        if self._mock_delegate is not None:
            given = self._mock_delegate.return_value
        if given is DEFAULT:
            given = self._get_child_mock(_new_parent=self, _new_name="()")
            self.return_value = given
        return given

    @return_value.setter
    def return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self._mock_return_value = value
            _adopt(self, value, None, "()")

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    called = _delegating("called")
    call_count = _delegating("call_count")
    call_args = _delegating("call_args")
    call_args_list = _delegating("call_args_list")
    mock_calls = _delegating("mock_calls")

    @property
    def side_effect(self):
        """What a call does: a function, an exception, or answers one after the other."""
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        if effect is not None and not callable(effect) and not isinstance(effect, _Answers) and not _is_exception(effect):
            effect = delegate.side_effect = _Answers(effect)
        return effect

    @side_effect.setter
    def side_effect(self, value):
        value = _answers(value)
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forgets the calls, here and below."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called = False
        self.call_args = None
        self.call_count = 0
        self.mock_calls = _CallList()
        self.call_args_list = _CallList()
        self.method_calls = _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in list(self._mock_children.values()):
            if isinstance(child, _SpecState) or child is _deleted:
                continue
            _mock_of(child).reset_mock(visited, return_value=return_value, side_effect=side_effect)
        answer = self._mock_return_value
        if _is_mock(answer) and answer is not self:
            answer.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Sets attributes, also of attributes: 'method.return_value'."""
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *names, last = path.split(".")
            target = self
            for name in names:
                target = getattr(target, name)
            setattr(target, last, value)

    def __getattr__(self, name):
        if name in ("_mock_methods", "_mock_unsafe"):
            raise AttributeError(name)
        methods = self._mock_methods
        if methods is not None:
            if name not in methods or name in _all_magics:
                raise AttributeError("Mock object has no attribute %r" % name)
        elif name[:2] == "__" == name[-2:] and len(name) > 4:
            raise AttributeError(name)
        if not self._mock_unsafe and (not methods or name not in methods):
            if name.startswith(("assert", "assret", "asert", "aseert", "assrt")):
                raise AttributeError(
                    f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute."
                )
        children = self._mock_children
        found = children.get(name)
        if found is _deleted:
            raise AttributeError(name)
        if found is None:
            wraps = None if self._mock_wraps is None else getattr(self._mock_wraps, name)
            found = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            children[name] = found
        elif isinstance(found, _SpecState):
            try:
                found = create_autospec(found.spec, found.spec_set, found.instance, found.parent, found.name)
            except InvalidSpecError:
                target = self.__dict__["_mock_name"] or self
                raise InvalidSpecError(
                    f"Cannot autospec attr {name!r} from target {target!r} as it has already been mocked out. "
                    f"[target={self!r}, attr={found.spec!r}]"
                ) from None
            children[name] = found
        return found

    def _extract_mock_name(self):
        """The name with all that stands above it."""
        names = [self._mock_new_name]
        above = self._mock_new_parent
        last = self
        dot = "" if names == ["()"] else "."
        while above is not None:
            last = above
            names.append(above._mock_new_name + dot)
            dot = "" if above._mock_new_name == "()" else "."
            above = above._mock_new_parent
        names = list(reversed(names))
        first = last._mock_name or "mock"
        if len(names) > 1 and names[1] not in ("()", "()."):
            first += "."
        names[0] = first
        return "".join(names)

    def __repr__(self):
        name = self._extract_mock_name()
        shown = "" if name in ("mock", "mock.") else " name=%r" % name
        if self._spec_class is not None:
            shown += (" spec_set=%r" if self._spec_set else " spec=%r") % self._spec_class.__name__
        return "<%s%s id='%s'>" % (type(self).__name__, shown, id(self))

    def __dir__(self):
        if not FILTER_DIR:
            return object.__dir__(self)
        extras = self._mock_methods or []
        from_type = [name for name in dir(type(self)) if not name.startswith("_") or name in _SHOWN]
        from_dict = [name for name in self.__dict__ if not name.startswith("_") or name in _all_magics]
        children = [name for name, child in self._mock_children.items() if child is not _deleted]
        return sorted({*extras, *from_type, *from_dict, *children})

    def __setattr__(self, name, value):
        if name in _PROPERTIES:
            return object.__setattr__(self, name, value)
        if self._spec_set and self._mock_methods is not None and name not in self._mock_methods and name not in self.__dict__:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if name in _unsupported_magics:
            raise AttributeError("Attempting to set unsupported magic method %r." % name)
        if name in _all_magics:
            if self._mock_methods is not None and name not in self._mock_methods:
                raise AttributeError("Mock object has no attribute '%s'" % name)
            if not _is_mock(value):
                setattr(type(self), name, _as_method(name, value))
                function = value
                value = lambda *args, **kwargs: function(self, *args, **kwargs)
            else:
                _adopt(self, value, None, name)
                setattr(type(self), name, value)
                self._mock_children[name] = value
        elif name == "__class__":
            self._spec_class = value
            return None
        elif _adopt(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _all_magics and hasattr(type(self), name):
            if name in type(self).__dict__:
                delattr(type(self), name)
            if name in _Magics.__dict__ and issubclass(type(self), _Magics):
                setattr(type(self), name, _Gone(name))
            if name not in self.__dict__:
                return
        known = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif known is _deleted:
            raise AttributeError(name)
        self._mock_children[name] = _deleted

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or "mock", args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action="call"):
        actual = self.call_args if action == "call" else self.await_args
        return "expected %s not found.\nExpected: %s\nActual: %s" % (
            action,
            self._format_mock_call_signature(args, kwargs),
            self._format_mock_call_signature(*actual[-2:]),
        )

    def _call_matcher(self, made):
        """A call with its arguments bound to the signature, where there is one, so that forms of it are equal."""
        if isinstance(made, tuple) and len(made) > 2:
            signature = self._signature_of_child(made[0])
        else:
            signature = self._spec_signature
        if signature is None:
            return made
        name, args, kwargs = made if len(made) == 3 else ("", *made)
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return call(name, bound.args, bound.kwargs) if len(made) == 3 else _Call((name, bound.args, bound.kwargs))

    def _signature_of_child(self, name):
        if not name:
            return self._spec_signature
        signature = None
        children = self._mock_children
        for part in name.replace("()", "").split("."):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            child = _mock_of(child)
            children = child._mock_children
            signature = child._spec_signature
        return signature

    def assert_not_called(self):
        if self.call_count:
            raise AssertionError(
                "Expected '%s' to not have been called. Called %s times.%s"
                % (self._mock_name or "mock", self.call_count, self._calls_repr())
            )

    def assert_called(self):
        if self.call_count == 0:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or "mock"))

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError(
                "Expected '%s' to have been called once. Called %s times.%s"
                % (self._mock_name or "mock", self.call_count, self._calls_repr())
            )

    def assert_called_with(self, /, *args, **kwargs):
        if self.call_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(
                "expected call not found.\nExpected: %s\nActual: not called." % expected
            )
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if self._call_matcher(self.call_args) != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs)) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError(
                "Expected '%s' to be called once. Called %s times.%s"
                % (self._mock_name or "mock", self.call_count, self._calls_repr())
            )
        return self.assert_called_with(*args, **kwargs)

    def assert_has_calls(self, calls, any_order=False):
        expected = [self._call_matcher(one) for one in calls]
        cause = next((one for one in expected if isinstance(one, Exception)), None)
        made = _CallList(self._call_matcher(one) for one in self.mock_calls)
        if not any_order:
            if expected not in made:
                problem = "Calls not found."
                if cause is not None:
                    errors = [one if isinstance(one, Exception) else None for one in expected]
                    problem = "Error processing expected calls.\nErrors: {}".format(errors)
                raise AssertionError(
                    f"{problem}\nExpected: {_CallList(calls)}{self._calls_repr(prefix='Actual').rstrip('.')}"
                ) from cause
            return
        left = list(made)
        missing = []
        for one in expected:
            try:
                left.remove(one)
            except ValueError:
                missing.append(one)
        if missing:
            raise AssertionError(
                "%r does not contain all of %r in its call list, found %r instead"
                % (self._mock_name or "mock", tuple(missing), left)
            ) from cause

    def assert_any_call(self, /, *args, **kwargs):
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        if cause or expected not in _Expected(self._call_matcher(one) for one in self.call_args_list):
            shown = self._format_mock_call_signature(args, kwargs)
            raise AssertionError("%s call not found" % shown) from cause

    def _get_child_mock(self, /, **kw):
        """A mock of the same kind, for an attribute or an answer."""
        if self._mock_sealed:
            attribute = f".{kw['name']}" if "name" in kw else "()"
            raise AttributeError(self._extract_mock_name() + attribute)
        name = kw.get("_new_name")
        kind = type(self)
        spec = self.__dict__["_spec_of"]
        if spec is not None and name in self._mock_methods and name != "()" and _is_async(getattr(spec[0], name, None)):
            return AsyncMock(**kw)
        if issubclass(kind, MagicMock) and name in _async_method_magics:
            made = AsyncMock
        elif issubclass(kind, AsyncMockMixin):
            plain = name in _all_sync_magics or self._mock_methods and name in self._mock_methods
            made = MagicMock if plain else AsyncMock
        elif not issubclass(kind, CallableMixin):
            made = MagicMock if issubclass(kind, NonCallableMagicMock) else Mock
        else:
            made = kind.__mro__[1]
        return made(**kw)

    def _calls_repr(self, prefix="Calls"):
        return f"\n{prefix}: {_CallList(self.mock_calls)!r}." if self.mock_calls else ""


class _Expected(list):
    """Calls that are looked through for one, which is asked whether it is equal."""

    def __contains__(self, expected):
        return any(
            len(expected) == len(made) and all(one == other for one, other in zip(expected, made))
            for made in self
        )


_PROPERTIES = {"return_value", "_mock_return_value", "side_effect", "_mock_side_effect", "_mock_parent",
               "_mock_new_parent", "_mock_name", "_mock_new_name", "_mock_delegate", "called", "call_count",
               "call_args", "call_args_list", "mock_calls", "method_calls", "_mock_sealed", "_spec_class"}
_SHOWN = frozenset(name for name in dir(object) if name.startswith("__"))


def _as_method(name, function):
    """What a class can hold to call any function with the mock first."""

    def method(self, /, *args, **kwargs):
        return function(self, *args, **kwargs)

    method.__name__ = name
    return method


class CallableMixin(_Base):
    def __init__(
        self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None,
        parent=None, _spec_state=None, _new_name="", _new_parent=None, **kwargs
    ):
        self.__dict__["_mock_return_value"] = return_value
        NonCallableMock.__init__(
            self, spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs
        )
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        """Takes any arguments; `_spec` puts a check here."""

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        self.called = True
        self.call_count += 1
        made = _Call((args, kwargs), two=True)
        self.call_args = made
        self.call_args_list.append(made)
        self.mock_calls.append(_Call(("", args, kwargs)))
        name = self._mock_new_name
        method_name = self._mock_name
        is_method = self._mock_parent is not None
        is_a_call = name == "()"
        above = self._mock_new_parent
        while above is not None:
            if is_method:
                above.method_calls.append(_Call((method_name, args, kwargs)))
                is_method = above._mock_parent is not None
                if is_method:
                    method_name = above._mock_name + "." + method_name
            above.mock_calls.append(_Call((name, args, kwargs)))
            if above._mock_new_name:
                dot = "" if is_a_call else "."
                is_a_call = above._mock_new_name == "()"
                name = above._mock_new_name + dot + name
            above = above._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                value = next(effect)
                if _is_exception(value):
                    raise value
            else:
                value = effect(*args, **kwargs)
            if value is not DEFAULT:
                return value
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_delegate is not None and self._mock_delegate.return_value is not DEFAULT:
            return self._mock_delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """Answers whatever it is asked with mocks, and remembers the calls."""


class _MagicProxy:
    """A special method that becomes a mock when it is first needed."""

    def __init__(self, name):
        self.name = name

    def __get__(self, obj, kind=None):
        if obj is None:
            return self
        mock = obj._get_child_mock(name=self.name, _new_name=self.name, _new_parent=obj)
        setattr(obj, self.name, mock)
        if self.name in _RETURNS:
            mock.return_value = _RETURNS[self.name]
        elif self.name in _COMPUTED:
            mock.return_value = _COMPUTED[self.name](obj)
        elif self.name in _EFFECTS:
            mock.side_effect = _EFFECTS[self.name](obj)
        return mock


class _Gone:
    """A special method that was deleted."""

    def __init__(self, name):
        self.name = name

    def __get__(self, obj, kind=None):
        raise AttributeError(self.name)


class _Magics:
    """All special methods; a mock without a specification has them from here."""


for _name in _magics | _async_method_magics:
    setattr(_Magics, _name, _MagicProxy(_name))


class MagicMixin:
    def __init__(self, /, *args, **kw):
        self._mock_set_magics()
        super().__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        """Those special methods that the specification has."""
        methods = self.__dict__.get("_mock_methods")
        if methods is None:
            return
        kind = type(self)
        for name in (_magics | _async_method_magics).intersection(methods):
            if name not in kind.__dict__ and not issubclass(kind, _Magics):
                setattr(kind, name, _MagicProxy(name))
        if issubclass(kind, _Magics):
            for name in (_magics | _async_method_magics).difference(methods):
                if name in kind.__dict__:
                    delattr(kind, name)
                setattr(kind, name, _Gone(name))

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A mock with all special methods, which cannot be called."""


class MagicMock(MagicMixin, Mock):
    """A mock that has all special methods too."""


class _Code:
    co_flags = 0x80


class AsyncMockMixin(_Base):
    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.__dict__
        own["_mock_await_count"] = 0
        own["_mock_await_args"] = None
        own["_mock_await_args_list"] = _CallList()
        own["__code__"] = _Code

    await_count = _delegating("await_count")
    await_args = _delegating("await_args")
    await_args_list = _delegating("await_args_list")

    async def _execute_mock_call(self, /, *args, **kwargs):
        made = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = made
        self.await_args_list.append(made)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                try:
                    value = next(effect)
                except StopIteration:
                    # A coroutine cannot end with it.
                    raise StopAsyncIteration from None
                if _is_exception(value):
                    raise value
            elif _is_async(effect):
                value = await effect(*args, **kwargs)
            else:
                value = effect(*args, **kwargs)
            if value is not DEFAULT:
                return value
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            if _is_async(self._mock_wraps):
                return await self._mock_wraps(*args, **kwargs)
            return self._mock_wraps(*args, **kwargs)
        return self.return_value

    def _awaited(self, fine, message):
        if not fine:
            raise AssertionError(message % (self._mock_name or "mock"))

    def assert_awaited(self):
        self._awaited(self.await_count > 0, "Expected %s to have been awaited.")

    def assert_awaited_once(self):
        self._awaited(
            self.await_count == 1,
            f"Expected %s to have been awaited once. Awaited {self.await_count} times.",
        )

    def assert_awaited_with(self, /, *args, **kwargs):
        if self.await_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if self._call_matcher(self.await_args) != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs, action="await")) from cause

    def assert_awaited_once_with(self, /, *args, **kwargs):
        self.assert_awaited_once()
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        if cause or expected not in _Expected(self._call_matcher(one) for one in self.await_args_list):
            shown = self._format_mock_call_signature(args, kwargs)
            raise AssertionError("%s await not found" % shown) from cause

    def assert_has_awaits(self, calls, any_order=False):
        expected = [self._call_matcher(one) for one in calls]
        cause = next((one for one in expected if isinstance(one, Exception)), None)
        made = _CallList(self._call_matcher(one) for one in self.await_args_list)
        if not any_order:
            if expected not in made:
                problem = "Awaits not found."
                if cause is not None:
                    errors = [one if isinstance(one, Exception) else None for one in expected]
                    problem = "Error processing expected awaits.\nErrors: {}".format(errors)
                raise AssertionError(
                    f"{problem}\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}"
                ) from cause
            return
        left = list(made)
        missing = []
        for one in expected:
            try:
                left.remove(one)
            except ValueError:
                missing.append(one)
        if missing:
            raise AssertionError("%r not all found in await list" % (tuple(missing),)) from cause

    def assert_not_awaited(self):
        self._awaited(
            self.await_count == 0,
            f"Expected %s to not have been awaited. Awaited {self.await_count} times.",
        )

    def reset_mock(self, /, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.await_count = 0
        self.await_args = None
        self.await_args_list = _CallList()


_PROPERTIES |= {"await_count", "await_args", "await_args_list"}


class AsyncMock(AsyncMockMixin, MagicMixin, Mock):
    """A mock whose call is to be awaited."""


class PropertyMock(Mock):
    """A property of a class that is a mock."""

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


def seal(mock):
    """From now on the mock makes no more attributes, nor do those below it."""
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if not isinstance(child, NonCallableMock):
            continue
        if isinstance(child._mock_children.get(name), _SpecState):
            continue
        if child._mock_new_parent is mock:
            seal(child)


from ._patch import _get_target, _patch, _patch_dict, patch  # noqa: E402
from ._spec import create_autospec, mock_open  # noqa: E402
