import copyreg
import sys
from functools import partial
from itertools import islice
from struct import pack

from ._format import *
from ._format import (
    DEFAULT_PROTOCOL,
    HIGHEST_PROTOCOL,
    OLD_MODULES,
    OLD_NAMES,
    PicklingError,
    attribute_of,
)

#: Bytes after which a frame ends.
_FRAME = 64 * 1024
_BATCH = 1000
_function = type(lambda: None)


def _long(value):
    """An int's bytes in two's complement, the least first, as few as there can be."""
    if value == 0:
        return b""
    size = value.bit_length() // 8 + 1
    data = value.to_bytes(size, "little", signed=True)
    if value < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def _module_of(obj, name):
    """The module in which an object is to be found by its name."""
    if getattr(copyreg, name, None) is obj:
        return "copyreg"
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for module_name, module in list(sys.modules.items()):
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if attribute_of(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


class Pickler:
    __module__ = "_pickle"

    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        self._target = getattr(file, "write", None)
        if self._target is None:
            raise TypeError("file must have a 'write' attribute")
        self.proto = protocol
        self.bin = protocol >= 1
        self.fast = 0
        self.memo = {}
        self._fix_imports = fix_imports and protocol < 3

    def clear_memo(self):
        self.memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        if "_target" not in vars(self):
            name = type(self).__name__
            raise PicklingError(f"Pickler.__init__() was not called by {name}.__init__()")
        self._done = bytearray()
        self._part = bytearray()
        if self.proto >= 2:
            self._done += PROTO + bytes([self.proto])
        self._save(obj)
        self._part += STOP
        self._end_frame()
        self._target(bytes(self._done))

    def _end_frame(self):
        if self.proto >= 4 and len(self._part) >= 4:
            self._done += FRAME + pack("<Q", len(self._part))
        self._done += self._part
        self._part = bytearray()

    def _memoize(self, obj, key=None):
        if self.fast:
            return
        index = len(self.memo)
        self.memo[key or id(obj)] = index, obj
        if self.proto >= 4:
            self._part += MEMOIZE
        elif not self.bin:
            self._part += b"p%d\n" % index
        elif index < 256:
            self._part += BINPUT + bytes([index])
        else:
            self._part += LONG_BINPUT + pack("<I", index)

    def _recall(self, known):
        index = known[0]
        if not self.bin:
            self._part += b"g%d\n" % index
        elif index < 256:
            self._part += BINGET + bytes([index])
        else:
            self._part += LONG_BINGET + pack("<I", index)

    def _save(self, obj, named=True):
        if len(self._part) >= _FRAME and self.proto >= 4:
            self._end_frame()
        if named:
            name = self.persistent_id(obj)
            if name is not None:
                self._save_persistent(name)
                return
        kind = type(obj)
        save = _ATOMS.get(kind)
        if save is not None:
            save(self, obj)
            return
        known = self.memo.get(id(obj))
        if known is not None:
            self._recall(known)
            return
        save = _SAVES.get(kind)
        if save is not None:
            save(self, obj)
            return
        override = getattr(self, "reducer_override", None)
        reduced = NotImplemented if override is None else override(obj)
        if reduced is NotImplemented:
            if kind is type:
                self._save_type(obj)
                return
            if kind is _function:
                self._save_global(obj)
                return
            table = getattr(self, "dispatch_table", None)
            if table is None:
                table = copyreg.dispatch_table
            reducer = table.get(kind)
            if reducer is not None:
                reduced = reducer(obj)
            elif issubclass(kind, type):
                self._save_type(obj)
                return
            elif kind is memoryview:
                raise TypeError("cannot pickle memoryview objects")
            else:
                reduced = obj.__reduce_ex__(self.proto)
        if isinstance(reduced, str):
            self._save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError(
                "tuple returned by __reduce__ must contain 2 through 6 elements"
            )
        self._save_reduced(obj, *reduced)

    def _save_persistent(self, name):
        if self.bin:
            self._save(name, named=False)
            self._part += BINPERSID
            return
        try:
            self._part += PERSID + str(name).encode("ascii") + b"\n"
        except UnicodeEncodeError:
            raise PicklingError(
                "persistent IDs in protocol 0 must be ASCII strings"
            ) from None

    def _save_reduced(
        self, obj, func, args, state=None, items=None, pairs=None, setter=None
    ):
        if not callable(func):
            raise PicklingError(
                "first item of the tuple returned by __reduce__ must be callable"
            )
        if not isinstance(args, tuple):
            raise PicklingError(
                "second item of the tuple returned by __reduce__ must be a tuple"
            )
        for place, value in ("fourth", items), ("fifth", pairs):
            if value is not None and not hasattr(type(value), "__next__"):
                raise PicklingError(
                    f"{place} element of the tuple returned by __reduce__ "
                    f"must be an iterator, not {type(value).__name__}"
                )
        if setter is not None and not callable(setter):
            raise PicklingError(
                "sixth element of the tuple returned by __reduce__ "
                f"must be a function, not {type(setter).__name__}"
            )
        name = getattr(func, "__name__", "") if self.proto >= 2 else ""
        if name == "__newobj_ex__":
            self._save_new_with_keywords(obj, *args)
        elif name == "__newobj__":
            self._save_new(obj, args)
        else:
            self._save(func)
            self._save(args)
            self._part += REDUCE
        known = self.memo.get(id(obj))
        if known is None:
            self._memoize(obj)
        else:
            # Making it led back to itself.
            self._part += POP
            self._recall(known)
        if items is not None:
            self._append(items)
        if pairs is not None:
            self._set(pairs)
        if state is None:
            return
        if setter is None:
            self._save(state)
            self._part += BUILD
        else:
            self._save(setter)
            self._save(obj)
            self._save(state)
            self._part += TUPLE2 + REDUCE + POP

    def _save_new(self, obj, args):
        if not args:
            raise PicklingError("__newobj__ arglist is empty")
        cls, args = args[0], args[1:]
        if not hasattr(cls, "__new__"):
            raise PicklingError("args[0] from __newobj__ args has no __new__")
        if obj.__class__ is not cls:
            raise PicklingError("args[0] from __newobj__ args has the wrong class")
        self._save(cls)
        self._save(args)
        self._part += NEWOBJ

    def _save_new_with_keywords(self, obj, cls, args, keywords):
        if obj.__class__ is not cls:
            raise PicklingError("args[0] from __newobj_ex__ args has the wrong class")
        if self.proto >= 4:
            self._save(cls)
            self._save(args)
            self._save(keywords)
            self._part += NEWOBJ_EX
        else:
            self._save(partial(cls.__new__, cls, *args, **keywords))
            self._part += EMPTY_TUPLE + REDUCE

    def _save_none(self, obj):
        self._part += NONE

    def _save_bool(self, obj):
        if self.proto >= 2:
            self._part += NEWTRUE if obj else NEWFALSE
        else:
            self._part += TRUE if obj else FALSE

    def _save_int(self, obj):
        if -0x80000000 <= obj <= 0x7FFFFFFF:
            if not self.bin:
                self._part += b"I%d\n" % obj
            elif 0 <= obj <= 0xFF:
                self._part += BININT1 + bytes([obj])
            elif 0 <= obj <= 0xFFFF:
                self._part += BININT2 + pack("<H", obj)
            else:
                self._part += BININT + pack("<i", obj)
        elif self.proto >= 2:
            data = _long(obj)
            if len(data) < 256:
                self._part += LONG1 + bytes([len(data)]) + data
            else:
                self._part += LONG4 + pack("<i", len(data)) + data
        else:
            self._part += b"L%dL\n" % obj

    def _save_float(self, obj):
        if self.bin:
            self._part += BINFLOAT + pack(">d", obj)
        else:
            self._part += FLOAT + repr(obj).encode("ascii") + b"\n"

    def _write_data(self, head, data):
        """Long data stand outside of frames, so that nobody has to copy them."""
        if len(data) >= _FRAME and self.proto >= 4:
            self._end_frame()
            self._done += head
            self._done += data
        else:
            self._part += head
            self._part += data

    def _save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            size = len(data)
            if size <= 0xFF and self.proto >= 4:
                head = SHORT_BINUNICODE + bytes([size])
            else:
                head = BINUNICODE + pack("<I", size)
            self._write_data(head, data)
        else:
            text = obj
            for special in "\\\0\n\r\x1a":
                text = text.replace(special, f"\\u{ord(special):04x}")
            self._part += UNICODE + _raw(text) + b"\n"
        self._memoize(obj)

    def _save_bytes(self, obj):
        if self.proto < 3:
            if not obj:
                self._save_reduced(obj, bytes, ())
                return
            known = self.memo.get("encode")
            if known is None:
                self._write_name("_codecs", "encode")
                self._memoize(None, "encode")
            else:
                self._recall(known)
            self._save((obj.decode("latin-1"), "latin1"))
            self._part += REDUCE
        elif len(obj) <= 0xFF:
            self._part += SHORT_BINBYTES + bytes([len(obj)]) + obj
        else:
            self._write_data(BINBYTES + pack("<I", len(obj)), obj)
        self._memoize(obj)

    def _save_bytearray(self, obj):
        if self.proto < 5:
            self._save_reduced(obj, bytearray, (bytes(obj),) if obj else ())
            return
        self._write_data(BYTEARRAY8 + pack("<Q", len(obj)), obj)
        self._memoize(obj)

    def _save_tuple(self, obj):
        size = len(obj)
        if size == 0:
            self._part += EMPTY_TUPLE if self.bin else MARK + TUPLE
            return
        short = size <= 3 and self.proto >= 2
        if not short:
            self._part += MARK
        for item in obj:
            self._save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            # It holds itself, by way of what it holds.
            if short:
                self._part += POP * size
            else:
                self._part += POP_MARK if self.bin else POP * (size + 1)
            self._recall(known)
            return
        self._part += (TUPLE, TUPLE1, TUPLE2, TUPLE3)[size if short else 0]
        self._memoize(obj)

    def _save_list(self, obj):
        self._part += EMPTY_LIST if self.bin else MARK + LIST
        self._memoize(obj)
        if len(obj) == 1 or not self.bin:
            for item in obj:
                self._save(item)
                self._part += APPEND
            return
        for at in range(0, len(obj), _BATCH):
            self._part += MARK
            for item in obj[at : at + _BATCH]:
                self._save(item)
            self._part += APPENDS

    def _append(self, items):
        while batch := list(islice(items, _BATCH if self.bin else 1)):
            if len(batch) > 1:
                self._part += MARK
            for item in batch:
                self._save(item)
            self._part += APPENDS if len(batch) > 1 else APPEND

    def _save_dict(self, obj):
        self._part += EMPTY_DICT if self.bin else MARK + DICT
        self._memoize(obj)
        size = len(obj)
        if size == 1 or not self.bin:
            for key, value in obj.items():
                self._save(key)
                self._save(value)
                self._part += SETITEM
            return
        pairs = iter(obj.items())
        for at in range(0, size, _BATCH):
            self._part += MARK
            for key, value in islice(pairs, _BATCH):
                self._save(key)
                self._save(value)
            if len(obj) != size:
                raise RuntimeError("dictionary changed size during iteration")
            self._part += SETITEMS

    def _set(self, pairs):
        while batch := list(islice(pairs, _BATCH if self.bin else 1)):
            if len(batch) > 1:
                self._part += MARK
            for pair in batch:
                if not isinstance(pair, tuple) or len(pair) != 2:
                    raise TypeError("dict items iterator must return 2-tuples")
                self._save(pair[0])
                self._save(pair[1])
            self._part += SETITEMS if len(batch) > 1 else SETITEM

    def _save_set(self, obj):
        if self.proto < 4:
            self._save_reduced(obj, set, (list(obj),))
            return
        self._part += EMPTY_SET
        self._memoize(obj)
        items = iter(obj)
        while batch := list(islice(items, _BATCH)):
            self._part += MARK
            for item in batch:
                self._save(item)
            self._part += ADDITEMS

    def _save_frozenset(self, obj):
        if self.proto < 4:
            self._save_reduced(obj, frozenset, (list(obj),))
            return
        self._part += MARK
        for item in obj:
            self._save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._part += POP_MARK
            self._recall(known)
            return
        self._part += FROZENSET
        self._memoize(obj)

    def _save_type(self, obj):
        for value in None, NotImplemented, ...:
            if obj is type(value):
                self._save_reduced(obj, type, (value,))
                return
        self._save_global(obj)

    def _save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        if "<locals>" in name.split("."):
            raise AttributeError(f"Can't pickle local object {name!r}")
        module_name = _module_of(obj, name)
        try:
            __import__(module_name)
            module = sys.modules[module_name]
        except (ImportError, KeyError):
            raise PicklingError(
                f"Can't pickle {obj!r}: import of module {module_name!r} failed"
            ) from None
        try:
            found, parent = attribute_of(module, name)
        except AttributeError:
            raise PicklingError(
                f"Can't pickle {obj!r}: "
                f"attribute lookup {name} on {module_name} failed"
            ) from None
        if found is not obj:
            raise PicklingError(
                f"Can't pickle {obj!r}: "
                f"it's not the same object as {module_name}.{name}"
            )
        if self.proto >= 2:
            code = copyreg._extension_registry.get((module_name, name))
            if code is not None:
                if code <= 0xFF:
                    self._part += EXT1 + bytes([code])
                elif code <= 0xFFFF:
                    self._part += EXT2 + pack("<H", code)
                else:
                    self._part += EXT4 + pack("<i", code)
                return
        if self.proto >= 4:
            self._save(module_name)
            self._save(name)
            self._part += STACK_GLOBAL
            self._memoize(obj)
        elif parent is not module:
            self._save_reduced(obj, getattr, (parent, name.rpartition(".")[2]))
        else:
            self._write_name(module_name, name)
            self._memoize(obj)

    def _write_name(self, module, name):
        if self._fix_imports:
            if (module, name) in OLD_NAMES:
                module, name = OLD_NAMES[module, name]
            else:
                module = OLD_MODULES.get(module, module)
        text = f"{module}\n{name}\n"
        try:
            data = text.encode("utf-8" if self.proto >= 3 else "ascii")
        except UnicodeEncodeError:
            raise PicklingError(
                f"can't pickle global identifier '{module}.{name}' "
                f"using pickle protocol {self.proto}"
            ) from None
        self._part += GLOBAL + data


def _raw(text):
    """A text as `raw-unicode-escape` has it."""
    parts = []
    for char in text:
        point = ord(char)
        if point < 256:
            parts.append(char)
        else:
            parts.append(f"\\u{point:04x}" if point < 65536 else f"\\U{point:08x}")
    return "".join(parts).encode("latin-1")


_ATOMS = {
    type(None): Pickler._save_none,
    bool: Pickler._save_bool,
    int: Pickler._save_int,
    float: Pickler._save_float,
}
_SAVES = {
    str: Pickler._save_str,
    bytes: Pickler._save_bytes,
    bytearray: Pickler._save_bytearray,
    tuple: Pickler._save_tuple,
    list: Pickler._save_list,
    dict: Pickler._save_dict,
    set: Pickler._save_set,
    frozenset: Pickler._save_frozenset,
}
