"""Parts of enum that are asked for by name alone: classes that become enums, and a check of them."""
from enum import Enum

_OWN = {"__dict__", "__weakref__", "__module__", "__qualname__"}


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """A decorator that makes an enum of a class's names."""

    def convert(cls):
        meta = type(etype)
        body = meta.__prepare__(cls.__name__, (etype,))
        body["__module__"] = cls.__module__
        body["__qualname__"] = cls.__qualname__
        for name, value in vars(cls).items():
            if name not in _OWN and not (name == "__doc__" and value is None):
                body[name] = value
        if boundary is None:
            return meta(cls.__name__, (etype,), body)
        return meta(cls.__name__, (etype,), body, boundary=boundary)

    return convert


def _iter_bits_lsb(num):
    """The bits of a number, lowest first."""
    if isinstance(num, Enum):
        num = num.value
    if num < 0:
        raise ValueError("%r is not a positive integer" % num)
    while num:
        bit = num & -num
        yield bit
        num ^= bit


def _is_descriptor(obj):
    return any(hasattr(obj, name) for name in ("__get__", "__set__", "__delete__"))


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    start = f"_{cls_name}__"
    return len(name) > len(start) and name.startswith(start) and (name[-1] != "_" or name[-2] != "_")


def _reduce_ex_by_global_name(self, proto):
    return self.name


def _make_class_unpicklable(obj):
    """Makes a class, or the names that one is made of, refuse to be pickled."""

    def refuse(self, proto):
        raise TypeError("%r cannot be pickled" % self)

    if isinstance(obj, dict):
        obj["__reduce_ex__"] = refuse
        obj["__module__"] = "<unknown>"
    else:
        setattr(obj, "__reduce_ex__", refuse)
        setattr(obj, "__module__", "<unknown>")


def _test_simple_enum(checked_enum, simple_enum):
    """Raises TypeError, with what differs, where two enums are not the same but for how they were made."""
    failed = []
    checked, simple = checked_enum.__members__, simple_enum.__members__
    for name in checked:
        if name not in simple:
            failed.append(f"missing member from simple enum: {name!r}")
        elif checked[name]._value_ != simple[name]._value_:
            failed.append(f"{name!r}: {checked[name]._value_!r} is not {simple[name]._value_!r}")
    for name in simple:
        if name not in checked:
            failed.append(f"extra member in simple enum: {name!r}")
    if failed:
        raise TypeError("enum mismatch:\n   %s" % "\n   ".join(failed))
