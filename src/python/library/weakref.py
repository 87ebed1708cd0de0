"""References that do not own: https://docs.python.org/3/library/weakref.html

Nothing is freed while a program runs here, so what is referred to is always there.
"""

from collections.abc import MutableMapping, MutableSet

__all__ = [
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType",
    "ProxyType", "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet",
    "WeakMethod", "finalize",
]


def _check(referent):
    if not type(referent).__weakrefoffset__:
        raise TypeError(f"cannot create weak reference to '{type(referent).__name__}' object")


class ReferenceType:
    __slots__ = ("_referent", "__callback__", "__weakref__")

    def __new__(cls, referent, callback=None, /, *args, **kwargs):
        _check(referent)
        self = object.__new__(cls)
        self._referent = referent
        self.__callback__ = callback
        return self

    def __init__(self, referent, callback=None, /):
        pass

    def __call__(self):
        return self._referent

    def __eq__(self, other):
        if not isinstance(other, ReferenceType):
            return NotImplemented
        return self._referent == other._referent

    def __hash__(self):
        return hash(self._referent)

    def __repr__(self):
        referent = self._referent
        return (
            f"<weakref at {hex(id(self))}; to '{type(referent).__name__}' at {hex(id(referent))}>"
        )

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __class_getitem__(cls, item):
        from types import GenericAlias

        return GenericAlias(cls, item)


ReferenceType.__name__ = "ReferenceType"
ref = ReferenceType


class WeakMethod(ReferenceType):
    """A reference to a bound method."""

    __slots__ = ()

    def __new__(cls, method, callback=None):
        if not hasattr(method, "__self__") or not hasattr(method, "__func__"):
            raise TypeError(f"argument should be a bound method, not {type(method)}") from None
        return ReferenceType.__new__(cls, method, callback)


class ProxyType:
    __slots__ = ("_referent", "__weakref__")
    __hash__ = None

    def __init__(self, referent):
        object.__setattr__(self, "_referent", referent)

    def __getattribute__(self, name):
        return getattr(object.__getattribute__(self, "_referent"), name)

    def __setattr__(self, name, value):
        setattr(_behind(self), name, value)

    def __delattr__(self, name):
        delattr(_behind(self), name)


class CallableProxyType(ProxyType):
    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _behind(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def _behind(value):
    if type(value) is ProxyType or type(value) is CallableProxyType:
        return object.__getattribute__(value, "_referent")
    return value


def _forward():
    import operator

    def unary(function):
        return lambda self: function(_behind(self))

    def binary(function):
        return lambda self, other: function(_behind(self), _behind(other))

    def reflected(function):
        return lambda self, other: function(_behind(other), _behind(self))

    unaries = {
        "__str__": str, "__repr__": None, "__bool__": bool, "__len__": len, "__iter__": iter,
        "__next__": next, "__int__": int, "__float__": float, "__neg__": operator.neg,
        "__pos__": operator.pos, "__abs__": abs, "__invert__": operator.invert,
        "__index__": operator.index, "__reversed__": reversed,
    }
    for name, function in unaries.items():
        if function is not None:
            setattr(ProxyType, name, unary(function))
    for name in ("lt", "le", "eq", "ne", "gt", "ge", "contains", "getitem", "delitem"):
        setattr(ProxyType, f"__{name}__", binary(getattr(operator, name)))
    for name in (
        "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and",
        "or", "xor", "matmul",
    ):
        function = getattr(operator, name, None) or getattr(operator, f"{name}_")
        setattr(ProxyType, f"__{name}__", binary(function))
        setattr(ProxyType, f"__r{name}__", reflected(function))
    ProxyType.__repr__ = lambda self: (
        f"<weakproxy at {hex(id(self))} to {type(_behind(self)).__name__} at {hex(id(_behind(self)))}>"
    )

    def setitem(self, key, value):
        _behind(self)[key] = value

    ProxyType.__setitem__ = setitem


_forward()


def proxy(referent, callback=None, /):
    _check(referent)
    return (CallableProxyType if callable(referent) else ProxyType)(referent)


def getweakrefcount(referent, /):
    return 0


def getweakrefs(referent, /):
    return []


class _Dictionary(MutableMapping):
    def __init__(self, other=(), /, **kwargs):
        self.data = {}
        self.update(other, **kwargs)

    def __getitem__(self, key):
        return self.data[key]

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(list(self.data))

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))}>"

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, MutableMapping) and not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ior__(self, other):
        self.update(other)
        return self


class WeakValueDictionary(_Dictionary):
    """A mapping whose values are not owned."""

    def __setitem__(self, key, value):
        _check(value)
        self.data[key] = value

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = type(self)()
        for key, value in self.items():
            made[deepcopy(key, memo)] = value
        return made

    def valuerefs(self):
        return [ref(value) for value in self.data.values()]

    def itervaluerefs(self):
        return iter(self.valuerefs())


class WeakKeyDictionary(_Dictionary):
    """A mapping whose keys are not owned."""

    def __setitem__(self, key, value):
        _check(key)
        self.data[key] = value

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = type(self)()
        for key, value in self.items():
            made[key] = deepcopy(value, memo)
        return made

    def keyrefs(self):
        return [ref(key) for key in self.data]


class WeakSet(MutableSet):
    """A set whose members are not owned."""

    def __init__(self, data=None):
        self.data = {}
        if data is not None:
            self.update(data)

    def __contains__(self, item):
        return item in self.data

    def __iter__(self):
        return iter(list(self.data))

    def __len__(self):
        return len(self.data)

    def add(self, item):
        _check(item)
        self.data[item] = None

    def discard(self, item):
        self.data.pop(item, None)

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return type(self)(self)

    def union(self, other):
        return type(self)([*self, *other])

    def difference(self, other):
        return type(self)(item for item in self if item not in other)

    def intersection(self, other):
        return type(self)(item for item in self if item in other)

    def issubset(self, other):
        return all(item in other for item in self)

    def issuperset(self, other):
        return all(item in self for item in other)

    def __repr__(self):
        return repr(set(self.data))


class finalize:
    """A call that is made at most once, when it is asked for."""

    __slots__ = ("_call", "atexit", "__weakref__")

    def __init__(self, obj, func, /, *args, **kwargs):
        _check(obj)
        self._call = (obj, func, args, kwargs)
        self.atexit = True

    def __call__(self, _=None):
        if self._call is None:
            return None
        _, func, args, kwargs = self._call
        self._call = None
        return func(*args, **kwargs)

    def detach(self):
        call, self._call = self._call, None
        return call

    def peek(self):
        return self._call

    @property
    def alive(self):
        return self._call is not None
