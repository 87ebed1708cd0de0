"""`jaxtyping`: annotations of arrays by dtype and shape, which `isinstance` can ask."""

_KINDS = {
    "Float": ("float",),
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
    "UInt32": ("uint32",),
    "Integer": ("int", "uint"),
    "Bool": ("bool",),
    "Complex": ("complex",),
    "Inexact": ("float", "complex", "bfloat"),
    "Real": ("float", "int", "uint", "bfloat"),
    "Num": ("float", "int", "uint", "complex", "bfloat"),
    "Shaped": ("",),
    "Key": ("",),
}


class _Annotation(type):
    """The class of `Float[Tensor, "b n"]`."""

    def __instancecheck__(cls, value):
        if cls.array_type is not None and not isinstance(value, cls.array_type):
            return False
        if not hasattr(value, "shape") or not hasattr(value, "dtype"):
            return False
        name = str(value.dtype).split(".")[-1]
        if not any(name.startswith(kind) for kind in _KINDS[cls.kind]):
            return False
        return _fits(cls.dim_str.split(), tuple(value.shape), {})

    def __repr__(cls):
        own = getattr(cls.array_type, "__name__", "Any")
        return f"{cls.kind}[{own}, {cls.dim_str!r}]"


def _fits(dims, shape, seen):
    if not dims:
        return not shape
    first, *rest = dims
    if first == "..." or first.startswith("*"):
        return any(_fits(rest, shape[i:], dict(seen)) for i in range(len(shape) + 1))
    if not shape:
        return False
    size = shape[0]
    name = first.lstrip("#_?").split("=")[-1]
    broadcasts = first.startswith("#") and size == 1
    if not broadcasts and name.isdecimal():
        if int(name) != size:
            return False
    elif not broadcasts and name.isidentifier() and not first.startswith("_"):
        if seen.setdefault(name, size) != size:
            return False
    return _fits(rest, shape[1:], seen)


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
        array = array if isinstance(array, type) else None
        return _Annotation(f"{cls.__name__}[{dims}]", (), {"array_type": array, "dim_str": dims, "kind": cls.__name__})


Float = _Dtype("Float", (), {})
for _name in _KINDS:
    globals()[_name] = _Dtype(_name, (), {"__module__": "jaxtyping"})

Array = None
ArrayLike = None
Scalar = None
PyTree = None


def jaxtyped(fn=None, *, typechecker=None):
    """The function as it is: shapes are documentation here, and are not checked when it is called."""
    if fn is None:
        return lambda own: own
    return fn
