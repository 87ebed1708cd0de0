"""`jaxtyping`: annotations of arrays by dtype and shape, such as `Float[Tensor, "b n"]`.

They annotate, `isinstance` can ask them, and `jaxtyped` checks the calls of a function by them."""
import functools
import inspect
import typing

__version__ = "0.2.20+kata"

_KINDS = {
    "Float": ("float", "bfloat"),
    "Float16": ("float16",),
    "Float32": ("float32",),
    "Float64": ("float64",),
    "BFloat16": ("bfloat16",),
    "Int": ("int",),
    "Int8": ("int8",),
    "Int16": ("int16",),
    "Int32": ("int32",),
    "Int64": ("int64",),
    "UInt": ("uint",),
    "UInt8": ("uint8",),
    "UInt16": ("uint16",),
    "UInt32": ("uint32",),
    "UInt64": ("uint64",),
    "Integer": ("int", "uint"),
    "Bool": ("bool",),
    "Complex": ("complex",),
    "Complex64": ("complex64",),
    "Complex128": ("complex128",),
    "Inexact": ("float", "complex", "bfloat"),
    "Real": ("float", "int", "uint", "bfloat"),
    "Num": ("float", "int", "uint", "complex", "bfloat"),
    "Shaped": ("",),
    "Key": ("",),
}

_SHORT = {"float": "f", "bfloat": "bf", "int": "i", "uint": "u", "complex": "c", "bool": "bool"}

#: Sizes that names stand for, in the calls of `jaxtyped` functions that are going on.
_calls = []


class TypeCheckError(TypeError):
    """An argument or a result is not what its annotation says."""


class AnnotationError(Exception):
    """An annotation means nothing, or names a size that is not known."""


class AbstractArray:
    pass


class _Annotation(type):
    """The class of `Float[Tensor, "b n"]`."""

    def __instancecheck__(cls, value):
        sizes = _calls[-1] if _calls else {}
        found = _matched(cls, value, sizes)
        if found is None:
            return False
        sizes.update(found)
        return True

    def __repr__(cls):
        own = getattr(cls.array_type, "__name__", "Any")
        return f"{cls.kind}[{own}, {cls.dim_str!r}]"


def _matched(cls, value, sizes):
    """The sizes of names with which a value fits; None where it does not."""
    if cls.array_type is not None and not isinstance(value, cls.array_type):
        return None
    if not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return None
    name = str(value.dtype).split(".")[-1]
    exact = any(letter.isdigit() for letter in cls.kind)
    if not any(name == kind if exact or kind == "bool" else name.startswith(kind) for kind in _KINDS[cls.kind]):
        return None
    found = dict(sizes)
    return found if _fits(cls.dim_str.split(), tuple(value.shape), found) else None


def _fits(dims, shape, sizes):
    if not dims:
        return not shape
    first, *rest = dims
    if first == "..." or first.lstrip("#_?").startswith("*"):
        return _many(first, rest, shape, sizes)
    if not shape:
        return False
    marks = first[:len(first) - len(first.lstrip("#_?"))]
    name, size = first[len(marks):].split("=")[-1], shape[0]
    if not ("#" in marks and size == 1) and name and not (name.isidentifier() and "_" in marks):
        if name.isdecimal():
            wanted = int(name)
        elif name.isidentifier():
            wanted = sizes.setdefault(name, size)
            if "#" in marks and wanted == 1:
                wanted = sizes[name] = size
        else:
            wanted = _computed(name, sizes)
        if wanted != size:
            return False
    return _fits(rest, shape[1:], sizes)


def _many(first, rest, shape, sizes):
    """Any number of dims: those that a name stood for before, where it has one."""
    name = "" if first == "..." or "_" in first[:2] else first.lstrip("#_?*")
    for count in range(len(shape) + 1):
        own = dict(sizes)
        if name and own.setdefault("*" + name, shape[:count]) != shape[:count]:
            if not ("#" in first and _broadcasts(shape[:count], own["*" + name])):
                continue
        if _fits(rest, shape[count:], own):
            sizes.update(own)
            return True
    return False


def _broadcasts(shape, wanted):
    return len(shape) <= len(wanted) and all(a in (1, b) for a, b in zip(reversed(shape), reversed(wanted)))


def _computed(text, sizes):
    """The size that sums and products of names and numbers come to."""
    for letter in text:
        if not (letter.isalnum() or letter in "_+-*/()% "):
            raise AnnotationError(f"Cannot read the size {text!r}; write a name, a number, or sums and products of them")
    try:
        return eval(text.replace("/", "//").replace("////", "//"), {"__builtins__": {}}, dict(sizes))
    except NameError as error:
        raise AnnotationError(f"Cannot compute the size {text!r} as {error}; name its parts in an argument before it") from None


class _Dtype(type):
    def __getitem__(cls, item):
        if not isinstance(item, tuple) or len(item) != 2:
            raise ValueError(
                "As of jaxtyping v0.2.0, jaxtyping annotations must now include both an array type and a shape. "
                "For example `Float[Array, 'foo bar']`."
            )
        array, dims = item
        if not isinstance(dims, str):
            raise ValueError("Shape specification must be a string. Axes should be separated with spaces.")
        if sum(dim == "..." or dim.lstrip("#_?").startswith("*") for dim in dims.split()) > 1:
            raise ValueError("Cannot use variadic specifiers (`*name` or `...`) more than once.")
        if typing.get_origin(array) is typing.Union:
            return typing.Union[tuple(cls[one, dims] for one in typing.get_args(array))]
        kind = cls.__name__
        if isinstance(array, _Annotation):
            kind, dims, array = array.kind, f"{dims} {array.dim_str}".strip(), array.array_type
        array = array if isinstance(array, type) else None
        return _Annotation(f"{kind}[{dims}]", (), {"array_type": array, "dim_str": dims, "kind": kind})

    def __repr__(cls):
        return f"<class 'jaxtyping.{cls.__name__}'>"


for _name in _KINDS:
    globals()[_name] = _Dtype(_name, (), {"__module__": "jaxtyping"})

Array = typing.Any
ArrayLike = typing.Any
Scalar = typing.Any
ScalarLike = typing.Any
PyTree = typing.Any


def _accepts(annotation, value):
    if annotation is inspect.Parameter.empty or annotation is typing.Any:
        return True
    if annotation is None:
        return value is None
    origin = typing.get_origin(annotation)
    parts = typing.get_args(annotation)
    if origin is typing.Union or type(annotation).__name__ == "UnionType":
        return any(_accepts(one, value) for one in parts)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if len(parts) == 2 and parts[1] is ...:
            return all(_accepts(parts[0], one) for one in value)
        return len(parts) == len(value) and all(map(_accepts, parts, value))
    if origin is list:
        return isinstance(value, list) and all(_accepts(parts[0], one) for one in value)
    if origin is dict:
        return isinstance(value, dict) and all(_accepts(parts[1], one) for one in value.values())
    if origin is not None:
        return not isinstance(origin, type) or isinstance(value, origin)
    if annotation is float:
        return isinstance(value, (int, float))
    return not isinstance(annotation, type) or isinstance(value, annotation)


def _shown(value):
    """`f32[3,4](torch)`, as jaxtyping shows arrays."""
    if not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return repr(value)
    name = str(value.dtype).split(".")[-1]
    letters = name.rstrip("0123456789")
    short = _SHORT.get(letters, letters) + name[len(letters):]
    return f"{short}[{','.join(map(str, value.shape))}]({type(value).__module__.split('.')[0]})"


def _refuse(function, what, value, annotation):
    sizes = {name: size for name, size in _calls[-1].items() if not name.startswith("*")}
    raise TypeCheckError(
        f"Type-check error whilst checking {what} of {function.__qualname__}.\n"
        f"Actual value: {_shown(value)}\nExpected type: {annotation!r}.\n"
        f"----------------------\nThe current values for each jaxtyping axis annotation are as follows.\n{sizes}"
    )


def jaxtyped(fn=None, *, typechecker=None):
    """Makes the names of sizes one for all annotations of a call.

    With `typechecker=None` nothing is checked by itself: `isinstance(x, Float[Tensor, "b n"])` inside the function
    goes by the sizes that names got before in the same call. With any other `typechecker` each call is checked:
    arguments first, in their order, then the result, by their annotations of arrays and by classes, `Optional`,
    `Union`, `tuple`, `list` and `dict` of them; `TypeCheckError` says what was wrong. The checking is done here and
    not by the given checker, which is asked for nothing: beartype and typeguard are not in the executable. On a
    dataclass the fields are checked when it is made."""
    if fn is None:
        return lambda own: jaxtyped(own, typechecker=typechecker)
    if isinstance(fn, type):
        return _jaxtyped_class(fn, typechecker)
    signature = inspect.signature(fn)

    @functools.wraps(fn)
    def checked(*args, **kwargs):
        _calls.append({})
        try:
            if typechecker is None:
                return fn(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            for name, value in bound.arguments.items():
                parameter = signature.parameters[name]
                values = value if parameter.kind is parameter.VAR_POSITIONAL else [value]
                if parameter.kind is parameter.VAR_KEYWORD:
                    values = value.values()
                for one in values:
                    if not _accepts(parameter.annotation, one):
                        _refuse(fn, f"parameter '{name}'", one, parameter.annotation)
            result = fn(*args, **kwargs)
            if signature.return_annotation is not signature.empty and not _accepts(signature.return_annotation, result):
                _refuse(fn, "the return value", result, signature.return_annotation)
            return result
        finally:
            _calls.pop()

    return checked


def _jaxtyped_class(cls, typechecker):
    made = cls.__init__

    @functools.wraps(made)
    def checked(self, *args, **kwargs):
        made(self, *args, **kwargs)
        if typechecker is None:
            return
        _calls.append({})
        try:
            for name, annotation in cls.__dict__.get("__annotations__", {}).items():
                value = getattr(self, name)
                if not _accepts(annotation, value):
                    _refuse(cls, f"field '{name}'", value, annotation)
        finally:
            _calls.pop()

    cls.__init__ = checked
    return cls
