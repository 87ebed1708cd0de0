"""pickle: https://docs.python.org/3/library/pickle.html"""

from . import _format, _read, _write
from ._format import *
from ._format import (
    DEFAULT_PROTOCOL,
    HIGHEST_PROTOCOL,
    PickleError,
    PicklingError,
    UnpicklingError,
)
from ._read import Unpickler
from ._write import Pickler

__all__ = [
    "PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler",
    "dump", "dumps", "load", "loads", "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL",
    *_format.__all__,
]  # fmt: skip

bytes_types = (bytes, bytearray)
format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
_Pickler = Pickler
_Unpickler = Unpickler


class _Collected:
    def write(self, data):
        self.data = data


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(
        file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback
    ).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = _Collected()
    Pickler(
        file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback
    ).dump(obj)
    return file.data


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    return Unpickler(
        file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers
    ).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(
        _read.Bytes(memoryview(data)),
        fix_imports=fix_imports,
        encoding=encoding,
        errors=errors,
        buffers=buffers,
    ).load()


_dump, _dumps, _load, _loads = dump, dumps, load, loads
