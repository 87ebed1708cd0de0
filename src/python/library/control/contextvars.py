"""Context variables (PEP 567)."""

from types import GenericAlias

__all__ = ["Context", "ContextVar", "Token", "copy_context"]

_missing = object()


class Token:
    """What ContextVar.set() gives, to undo it."""

    MISSING = type("Token.MISSING", (), {"__repr__": lambda self: "<Token.MISSING>"})()
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, context, var, old_value):
        self._context = context
        self._used = False
        self.var = var
        self.old_value = old_value

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self.var!r} at {id(self):#x}>"


class Context:
    """A mapping of ContextVars to their values."""

    def __init__(self):
        self._values = {}
        self._outer = None
        self._entered = False

    def run(self, callable, *args, **kwargs):
        """Run a callable in this context."""
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        self._entered = True
        outer = _current[0]
        _current[0] = self
        try:
            return callable(*args, **kwargs)
        finally:
            _current[0] = outer
            self._entered = False

    def copy(self):
        """A shallow copy."""
        other = Context()
        other._values = dict(self._values)
        return other

    def __getitem__(self, var):
        _check(var)
        return self._values[var]

    def __contains__(self, var):
        _check(var)
        return var in self._values

    def get(self, var, default=None):
        _check(var)
        return self._values.get(var, default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    __hash__ = None

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()


def _check(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")


_current = [Context()]


class ContextVar:
    """A variable whose value belongs to the context."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, name, *, default=_missing):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    @property
    def name(self):
        return self._name

    def get(self, default=_missing, /):
        """Return a value for the variable in the current context."""
        value = _current[0]._values.get(self, _missing)
        if value is not _missing:
            return value
        if default is not _missing:
            return default
        if self._default is not _missing:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        """Set a value in the current context; the token undoes it."""
        values = _current[0]._values
        token = Token(_current[0], self, values.get(self, Token.MISSING))
        values[self] = value
        return token

    def reset(self, token, /):
        """Put back the value from before the token was made."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token.var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _current[0]:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token.old_value is Token.MISSING:
            _current[0]._values.pop(self, None)
        else:
            _current[0]._values[self] = token.old_value

    def __repr__(self):
        default = "" if self._default is _missing else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"


def copy_context():
    """A copy of the current context."""
    return _current[0].copy()
