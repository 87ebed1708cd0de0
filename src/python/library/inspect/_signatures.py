"""Signatures: parameters, how arguments bind to them, and where they are found."""

import types

CO_VARARGS, CO_VARKEYWORDS = 4, 8


class _empty:
    """Marks what is not there."""


class _void:
    """Marks what is left as it is."""


_KINDS = ("positional-only", "positional or keyword", "variadic positional", "keyword-only", "variadic keyword")


class _ParameterKind(int):
    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __str__(self):
        return self.name

    @property
    def name(self):
        return _NAMES[self]

    @property
    def description(self):
        return _KINDS[self]


_NAMES = ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD")
_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = map(_ParameterKind, range(5))


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


class Parameter:
    """One parameter of a signature."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")
    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if int(kind) not in range(5):
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        kind = (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD)[kind]
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name
        self._kind = kind
        self._default = default
        self._annotation = annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        return type(self)(
            self._name if name is _void else name,
            self._kind if kind is _void else kind,
            default=self._default if default is _void else default,
            annotation=self._annotation if annotation is _void else annotation,
        )

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = f"{text}: {formatannotation(self._annotation)}"
        if self._default is not _empty:
            sign = " = " if self._annotation is not _empty else "="
            text = f"{text}{sign}{self._default!r}"
        if self._kind == _VAR_POSITIONAL:
            return "*" + text
        return "**" + text if self._kind == _VAR_KEYWORD else text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name, self._kind, self._default, self._annotation) == (
            other._name, other._kind, other._default, other._annotation
        )

    def __hash__(self):
        return hash((self._name, int(self._kind), self._annotation, self._default))


class BoundArguments:
    """Arguments as a call with them would bind them."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        args = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if parameter.kind == _VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        by_name = False
        for name, parameter in self._signature.parameters.items():
            if not by_name:
                if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    by_name = True
                elif name not in self.arguments:
                    by_name = True
                    continue
            if not by_name or name not in self.arguments:
                continue
            if parameter.kind == _VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            else:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        filled = {}
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind == _VAR_POSITIONAL:
                filled[name] = ()
            elif parameter.kind == _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        args = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<{type(self).__name__} ({args})>"


class Signature:
    """The parameters of something that can be called, and what it gives."""

    __slots__ = ("_parameters", "_return_annotation")
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        ordered = {}
        top = _POSITIONAL_ONLY
        defaults = False
        for parameter in parameters or ():
            kind, name = parameter.kind, parameter.name
            if kind < top:
                raise ValueError(
                    f"wrong parameter order: {top.description} parameter before {kind.description} parameter"
                )
            if kind > top:
                top = kind
            if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if parameter.default is _empty and defaults:
                    raise ValueError("non-default argument follows default argument")
                defaults = defaults or parameter.default is not _empty
            if name in ordered:
                raise ValueError(f"duplicate parameter name: {name!r}")
            ordered[name] = parameter
        self._parameters = types.MappingProxyType(ordered)
        self._return_annotation = return_annotation

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature(obj, cls, follow_wrapped, eval_str)

    def replace(self, *, parameters=_void, return_annotation=_void):
        return type(self)(
            self._parameters.values() if parameters is _void else parameters,
            return_annotation=self._return_annotation if return_annotation is _void else return_annotation,
        )

    def _bind(self, args, kwargs, partial):
        arguments = {}
        kwargs = dict(kwargs)
        args = list(args)
        extra = None
        for parameter in self._parameters.values():
            name, kind = parameter.name, parameter.kind
            if kind == _VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif kind == _VAR_KEYWORD:
                extra = parameter
            elif args and kind != _KEYWORD_ONLY:
                if name in kwargs and kind == _POSITIONAL_OR_KEYWORD:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = args.pop(0)
            elif name in kwargs and kind != _POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif name in kwargs and kind == _POSITIONAL_ONLY and not self._keywords():
                raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword")
            elif not partial and parameter.default is _empty:
                if args and kind == _KEYWORD_ONLY:
                    raise TypeError("too many positional arguments")
                raise TypeError(f"missing a required argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            if extra is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[extra.name] = kwargs
        return BoundArguments(self, arguments)

    def _keywords(self):
        return any(one.kind == _VAR_KEYWORD for one in self._parameters.values())

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return (
            list(self._parameters.items()) == list(other._parameters.items())
            and self._return_annotation == other._return_annotation
        )

    def __hash__(self):
        return hash((tuple(self._parameters.values()), self._return_annotation))

    def __str__(self):
        parts = []
        slash = False
        star = True
        for parameter in self._parameters.values():
            if parameter.kind == _POSITIONAL_ONLY:
                slash = True
            elif slash:
                parts.append("/")
                slash = False
            if parameter.kind == _VAR_POSITIONAL:
                star = False
            elif parameter.kind == _KEYWORD_ONLY and star:
                parts.append("*")
                star = False
            parts.append(str(parameter))
        if slash:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation)}"
        return text

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of something that can be called."""
    return _signature(obj, Signature, follow_wrapped, eval_str)


def _signature(obj, cls, follow_wrapped=True, eval_str=False):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if isinstance(obj, types.MethodType):
        return _without_first(_signature(obj.__func__, cls, follow_wrapped, eval_str))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda one: hasattr(one, "__signature__") or isinstance(one, types.MethodType))
        if isinstance(obj, types.MethodType):
            return _signature(obj, cls, follow_wrapped, eval_str)
    own = getattr(obj, "__signature__", None)
    if own is not None and not isinstance(obj, type) or own is not None and "__signature__" in vars(obj):
        if not isinstance(own, Signature):
            raise TypeError(f"unexpected object {own!r} in __signature__ attribute")
        return own
    if isinstance(obj, types.FunctionType):
        return _of_function(obj, cls, eval_str)
    if _is_partial(obj):
        return _of_partial(obj, cls)
    if isinstance(obj, type):
        return _of_class(obj, cls, follow_wrapped, eval_str)
    text = getattr(obj, "__text_signature__", None)
    if text is not None:
        return _of_text(text, cls, hasattr(obj, "__self__") or isinstance(obj, types.BuiltinFunctionType))
    call = getattr(type(obj), "__call__", None)
    if isinstance(call, types.FunctionType):
        return _without_first(_of_function(call, cls, eval_str))
    raise ValueError(f"no signature found for builtin {obj!r}")


def _is_partial(obj):
    return type(obj).__name__ == "partial" and hasattr(obj, "func") and hasattr(obj, "keywords")


def _of_function(func, cls, eval_str=False):
    code = func.__code__
    names = code.co_varnames
    count = code.co_argcount
    defaults = func.__defaults__ or ()
    annotations = get_annotations(func, eval_str=eval_str)
    keyword_defaults = func.__kwdefaults__ or {}
    first = count - len(defaults)
    parameters = []
    for i, name in enumerate(names[:count]):
        parameters.append(
            Parameter(
                name,
                _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD,
                default=defaults[i - first] if i >= first else _empty,
                annotation=annotations.get(name, _empty),
            )
        )
    at = count + code.co_kwonlyargcount
    if code.co_flags & CO_VARARGS:
        parameters.append(Parameter(names[at], _VAR_POSITIONAL, annotation=annotations.get(names[at], _empty)))
        at += 1
    for name in names[count : count + code.co_kwonlyargcount]:
        parameters.append(
            Parameter(
                name,
                _KEYWORD_ONLY,
                default=keyword_defaults.get(name, _empty),
                annotation=annotations.get(name, _empty),
            )
        )
    if code.co_flags & CO_VARKEYWORDS:
        parameters.append(Parameter(names[at], _VAR_KEYWORD, annotation=annotations.get(names[at], _empty)))
    return cls(parameters, return_annotation=annotations.get("return", _empty))


def _of_partial(obj, cls):
    wrapped = _signature(obj.func, cls)
    bound = wrapped.bind_partial(*obj.args, **obj.keywords)
    parameters = []
    by_name = False
    for name, parameter in wrapped.parameters.items():
        if name in obj.keywords and parameter.kind == _POSITIONAL_OR_KEYWORD:
            by_name = True
            parameters.append(parameter.replace(kind=_KEYWORD_ONLY, default=obj.keywords[name]))
        elif name in obj.keywords:
            parameters.append(parameter.replace(default=obj.keywords[name]))
        elif parameter.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD) and name in bound.arguments:
            continue
        elif by_name and parameter.kind == _VAR_POSITIONAL:
            continue
        elif by_name and parameter.kind == _POSITIONAL_OR_KEYWORD:
            parameters.append(parameter.replace(kind=_KEYWORD_ONLY))
        else:
            parameters.append(parameter)
    return wrapped.replace(parameters=parameters)


def _of_class(obj, cls, follow_wrapped, eval_str):
    call = type(obj).__dict__.get("__call__") if type(obj) is not type else None
    if isinstance(call, types.FunctionType):
        return _without_first(_signature(call, cls, follow_wrapped, eval_str))
    for base in obj.__mro__:
        for name in ("__new__", "__init__"):
            own = base.__dict__.get(name)
            if isinstance(own, staticmethod):
                own = own.__func__
            if isinstance(own, types.FunctionType) or hasattr(own, "__wrapped__"):
                return _without_first(_signature(own, cls, follow_wrapped, eval_str))
        if base is object:
            break
        if base.__module__ == "builtins":
            raise ValueError(f"no signature found for builtin type {obj!r}")
    return cls([])


def _without_first(given):
    parameters = list(given.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind != _VAR_POSITIONAL:
        parameters = parameters[1:]
    return given.replace(parameters=parameters)


def _of_text(text, cls, bound):
    parameters = []
    kind = _POSITIONAL_OR_KEYWORD
    for part in _split(text[1:-1]):
        if part == "/":
            parameters = [one.replace(kind=_POSITIONAL_ONLY) for one in parameters]
        elif part == "*":
            kind = _KEYWORD_ONLY
        elif part.startswith("**"):
            parameters.append(Parameter(part[2:], _VAR_KEYWORD))
        elif part.startswith("*"):
            parameters.append(Parameter(part[1:], _VAR_POSITIONAL))
            kind = _KEYWORD_ONLY
        else:
            name, _, default = part.partition("=")
            name = name.lstrip("$")
            if default:
                try:
                    value = eval(default, {})
                except Exception:
                    value = default
                parameters.append(Parameter(name, kind, default=value))
            else:
                parameters.append(Parameter(name, kind))
    return cls(parameters)


def _split(text):
    parts, depth, quote, start = [], 0, "", 0
    for i, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and not depth:
            parts.append(text[start:i].strip())
            start = i + 1
    last = text[start:].strip()
    return parts + [last] if last else parts


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a class, a module or something that can be called."""
    if isinstance(obj, type):
        found = obj.__dict__.get("__annotations__", None)
        space, inner = None, dict(vars(obj))
        import sys

        module = sys.modules.get(obj.__module__)
        space = getattr(module, "__dict__", {})
    elif isinstance(obj, types.ModuleType):
        found, space, inner = getattr(obj, "__annotations__", None), obj.__dict__, None
    elif callable(obj):
        found, space, inner = getattr(obj, "__annotations__", None), getattr(unwrap(obj), "__globals__", None), None
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(found)
    space = space if globals is None else globals
    inner = inner if locals is None else locals
    return {
        name: eval(value, space if space is not None else {}, inner if inner is not None else {}) if isinstance(value, str) else value
        for name, value in found.items()
    }


def unwrap(func, *, stop=None):
    """What decorators wrapped."""
    first = func
    seen = {id(func)}
    while hasattr(func, "__wrapped__") and not isinstance(func, type) and not (stop and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen.add(id(func))
    return func
