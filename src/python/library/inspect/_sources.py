"""Where an object comes from: module, file, source lines."""

import types

from inspect._signatures import unwrap


def getmodule(obj, _filename=None):
    import sys

    if isinstance(obj, types.ModuleType):
        return obj
    return sys.modules.get(getattr(obj, "__module__", None))


def getmodulename(path):
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return name[:-3] if name.endswith(".py") else None


def getfile(obj):
    if isinstance(obj, types.ModuleType):
        if getattr(obj, "__file__", None):
            return obj.__file__
        raise TypeError(f"{obj!r} is a built-in module")
    if isinstance(obj, type):
        module = getmodule(obj)
        if getattr(module, "__file__", None):
            return module.__file__
        if obj.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{obj!r} is a built-in class")
    if isinstance(obj, types.MethodType):
        obj = obj.__func__
    if isinstance(obj, types.FunctionType):
        obj = obj.__code__
    if isinstance(obj, types.CodeType):
        return obj.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was expected, got "
        + type(obj).__name__
    )


getsourcefile = getfile


def _lines_of(obj):
    """All lines of the file that an object stands in."""
    from _live import source

    text = source(getfile(obj)) if not isinstance(obj, type) else _class_file(obj)
    if text is None:
        raise OSError("could not get source code")
    return text.splitlines(keepends=True)


def _class_file(cls):
    """The text of the file that a class stands in: its methods know where they are."""
    from _live import source

    for value in vars(cls).values():
        value = getattr(value, "__func__", getattr(value, "fget", value))
        if isinstance(value, types.FunctionType):
            return source(value.__code__.co_filename)
    module = getmodule(cls)
    return source(getattr(module, "__file__", None) or "")


def getsourcelines(obj):
    obj = unwrap(obj)
    lines = _lines_of(obj)
    if isinstance(obj, types.ModuleType):
        return lines, 0
    start = _start_of(obj, lines)
    return getblock(lines[start:]), start + 1


def _start_of(obj, lines):
    if isinstance(obj, type):
        for i, line in enumerate(lines):
            words = line.split()
            if words[:1] == ["class"] and words[1].split("(")[0].rstrip(":") == obj.__name__:
                return _with_decorators(lines, i)
        raise OSError("could not find class definition")
    if isinstance(obj, types.MethodType):
        obj = obj.__func__
    return _with_decorators(lines, obj.__code__.co_firstlineno - 1)


def _with_decorators(lines, start):
    margin = len(lines[start]) - len(lines[start].lstrip())
    while start > 0 and lines[start - 1][margin : margin + 1] == "@":
        start -= 1
    return start


def getblock(lines):
    """The lines of the definition that comes first."""
    start = 0
    while start < len(lines) and lines[start].lstrip().startswith("@"):
        start += 1
    margin = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    last = end
    while end < len(lines):
        line = lines[end]
        if line.strip() and not line.lstrip().startswith("#"):
            if len(line) - len(line.lstrip()) <= margin and not line.lstrip().startswith((")", "]", "}")):
                break
            last = end + 1
        end += 1
    return lines[:last]


def getsource(obj):
    lines, _ = getsourcelines(obj)
    return "".join(lines)
