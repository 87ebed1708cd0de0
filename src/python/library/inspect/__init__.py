"""Looking into live objects: https://docs.python.org/3/library/inspect.html"""

import types
from collections import namedtuple

from inspect._signatures import (
    BoundArguments, Parameter, Signature, _empty, _is_partial, _KEYWORD_ONLY, _ParameterKind,
    _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _signature, _VAR_POSITIONAL, _void,
    formatannotation, get_annotations, signature, unwrap,
)
from inspect._sources import (
    getblock, getfile, getmodule, getmodulename, getsource, getsourcefile, getsourcelines,
)

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS = 1, 2, 4, 8
CO_NESTED, CO_GENERATOR, CO_COROUTINE = 16, 32, 128
CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 256, 512


def ismodule(obj):
    return isinstance(obj, types.ModuleType)


def isclass(obj):
    return isinstance(obj, type)


def ismethod(obj):
    return isinstance(obj, types.MethodType)


def isfunction(obj):
    return isinstance(obj, types.FunctionType)


def isbuiltin(obj):
    return isinstance(obj, types.BuiltinFunctionType)


def iscode(obj):
    return isinstance(obj, types.CodeType)


def isframe(obj):
    return type(obj).__name__ == "frame"


def istraceback(obj):
    return type(obj).__name__ == "traceback"


def isgenerator(obj):
    return isinstance(obj, types.GeneratorType)


def iscoroutine(obj):
    return isinstance(obj, types.CoroutineType)


def isasyncgen(obj):
    return isinstance(obj, types.AsyncGeneratorType) and not isinstance(obj, (types.GeneratorType,))


def isawaitable(obj):
    return isinstance(obj, types.CoroutineType) or hasattr(type(obj), "__await__")


def _has_flag(obj, flag):
    while isinstance(obj, types.MethodType):
        obj = obj.__func__
    if _is_partial(obj):
        return _has_flag(obj.func, flag)
    return isinstance(obj, types.FunctionType) and bool(obj.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def ismethoddescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    return hasattr(type(obj), "__get__") and not hasattr(type(obj), "__set__")


def isdatadescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    return hasattr(type(obj), "__set__") or hasattr(type(obj), "__delete__")


def isgetsetdescriptor(obj):
    return isinstance(obj, types.GetSetDescriptorType)


def ismemberdescriptor(obj):
    return isinstance(obj, types.MemberDescriptorType)


def ismethodwrapper(obj):
    return isinstance(obj, types.MethodWrapperType)


def isroutine(obj):
    return isbuiltin(obj) or isfunction(obj) or ismethod(obj) or ismethoddescriptor(obj)


def isabstract(obj):
    if not isinstance(obj, type):
        return False
    if "__abstractmethods__" in obj.__dict__ or "ABCMeta" not in [one.__name__ for one in type(obj).__mro__]:
        return bool(getattr(obj, "__abstractmethods__", None))
    # ABCMeta has not got so far yet: this is asked in __init_subclass__.
    names = {name for name, value in obj.__dict__.items() if getattr(value, "__isabstractmethod__", False)}
    inherited = {name for base in obj.__bases__ for name in getattr(base, "__abstractmethods__", ())}
    return bool(names) or any(getattr(getattr(obj, name, None), "__isabstractmethod__", False) for name in inherited)


def getmembers(obj, predicate=None):
    """All attributes as sorted pairs of name and value."""
    found = []
    names = list(dir(obj))
    if isclass(obj):
        for base in obj.__bases__:
            names.extend(
                name
                for name, value in base.__dict__.items()
                if isinstance(value, types.DynamicClassAttribute) and name not in names
            )
    for name in names:
        try:
            value = getattr(obj, name)
        except AttributeError:
            for base in [obj, *getattr(obj, "__mro__", ())]:
                if name in getattr(base, "__dict__", ()):
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
    found.sort(key=lambda pair: pair[0])
    return found


def getmembers_static(obj, predicate=None):
    found = []
    for name in dir(obj):
        value = getattr_static(obj, name)
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getattr_static(obj, attr, default=_void):
    """An attribute as it is stored, without descriptors."""
    own = obj.__mro__ if isinstance(obj, type) else type(obj).__mro__
    if not isinstance(obj, type):
        for base in own:
            if attr in base.__dict__ and hasattr(type(base.__dict__[attr]), "__set__"):
                return base.__dict__[attr]
        if attr in getattr(obj, "__dict__", ()):
            return obj.__dict__[attr]
    for base in own:
        if attr in base.__dict__:
            return base.__dict__[attr]
    if isinstance(obj, type):
        for base in type(obj).__mro__:
            if attr in base.__dict__:
                return base.__dict__[attr]
    if default is _void:
        raise AttributeError(attr)
    return default


def getmro(cls):
    return cls.__mro__


def cleandoc(doc):
    """A text without the indentation that all of its lines but the first share."""
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()]
    if lines:
        lines[0] = lines[0].lstrip()
    if margins:
        margin = min(margins)
        lines[1:] = [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(obj):
    """The documentation of an object, of what it overrides where it has none."""
    doc = getattr(obj, "__doc__", None)
    if doc is None:
        doc = _inherited_doc(obj)
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(obj):
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object and base.__doc__ is not None:
                return base.__doc__
        return None
    name = getattr(obj, "__name__", None)
    owner = None
    if ismethod(obj):
        owner = obj.__self__ if isclass(obj.__self__) else type(obj.__self__)
    if owner is None or name is None:
        return None
    for base in owner.__mro__:
        doc = getattr(getattr(base, name, None), "__doc__", None)
        if doc is not None:
            return doc
    return None


FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")
Attribute = namedtuple("Attribute", "name kind defining_class object")


def getfullargspec(func):
    given = _signature(func, Signature, False)
    args, kwonly, defaults, kwdefaults, annotations = [], [], [], {}, {}
    varargs = varkw = None
    if given.return_annotation is not _empty:
        annotations["return"] = given.return_annotation
    if ismethod(func):
        given = _signature(func.__func__, Signature, False)
    for name, parameter in given.parameters.items():
        if parameter.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            args.append(name)
            if parameter.default is not _empty:
                defaults.append(parameter.default)
        elif parameter.kind == _VAR_POSITIONAL:
            varargs = name
        elif parameter.kind == _KEYWORD_ONLY:
            kwonly.append(name)
            if parameter.default is not _empty:
                kwdefaults[name] = parameter.default
        else:
            varkw = name
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, annotations)


def getcallargs(func, /, *args, **kwargs):
    bound = signature(func).bind(*args, **kwargs)
    bound.apply_defaults()
    found = dict(bound.arguments)
    if ismethod(func):
        first = next(iter(_signature(func.__func__, Signature).parameters))
        found = {first: func.__self__, **found}
    return found


def classify_class_attrs(cls):
    found = []
    for name in dir(cls):
        for base in cls.__mro__:
            if name in base.__dict__:
                value = base.__dict__[name]
                break
        else:
            continue
        if isinstance(value, (staticmethod, types.BuiltinMethodType)):
            kind = "static method"
        elif isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
            kind = "class method"
        elif isinstance(value, property):
            kind = "property"
        else:
            kind = "method" if isroutine(value) else "data"
        found.append(Attribute(name, kind, base, value))
    return found


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(prefix, obj, short):
    if getattr(obj, f"{short}_running"):
        return f"{prefix}_RUNNING"
    if getattr(obj, f"{short}_suspended", False):
        return f"{prefix}_SUSPENDED"
    return f"{prefix}_CLOSED" if getattr(obj, f"{short}_frame") is None else f"{prefix}_CREATED"


def getgeneratorstate(generator):
    return _state("GEN", generator, "gi")


def getcoroutinestate(coroutine):
    return _state("CORO", coroutine, "cr")


def currentframe():
    import sys

    return sys._getframe(1)


def stack(context=1):
    import sys

    frames, frame = [], sys._getframe(1)
    while frame is not None:
        frames.append(FrameInfo(frame, frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None, None))
        frame = frame.f_back
    return frames


FrameInfo = namedtuple("FrameInfo", "frame filename lineno function code_context index")
Traceback = namedtuple("Traceback", "filename lineno function code_context index")
