import copyreg
import sys
from ast import literal_eval
from struct import unpack

from . import _format as codes
from ._format import (
    HIGHEST_PROTOCOL,
    NEW_MODULES,
    NEW_NAMES,
    UnpicklingError,
    attribute_of,
)


class Bytes:
    """Bytes to be read like a file."""

    def __init__(self, data):
        self.data = bytes(data)
        self.at = 0

    def read(self, size):
        data = self.data[self.at : self.at + size]
        self.at += len(data)
        return data

    def readline(self):
        end = self.data.find(b"\n", self.at) + 1 or len(self.data)
        return self.read(end - self.at)


class Unpickler:
    __module__ = "_pickle"

    def __init__(
        self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()
    ):
        for name in "read", "readline":
            if not hasattr(file, name):
                raise TypeError("file must have 'read' and 'readline' attributes")
        self._source = file
        self._encoding = encoding
        self._errors = errors
        self._fix_imports = fix_imports
        self._buffers = None if buffers is None or buffers == () else iter(buffers)
        self._proto = 0
        self.memo = {}

    def persistent_load(self, pid):
        raise UnpicklingError(
            "A load persistent id instruction was encountered,\n"
            "but no persistent_load function was specified."
        )

    def find_class(self, module, name):
        if self._proto < 3 and self._fix_imports:
            if (module, name) in NEW_NAMES:
                module, name = NEW_NAMES[module, name]
            else:
                module = NEW_MODULES.get(module, module)
        if module == "_codecs":
            module = "codecs"
        __import__(module)
        if self._proto >= 4:
            return attribute_of(sys.modules[module], name)[0]
        try:
            return getattr(sys.modules[module], name)
        except AttributeError:
            raise AttributeError(
                f"Can't get attribute {name!r} on {sys.modules[module]!r}"
            ) from None

    def load(self):
        if "_source" not in vars(self):
            name = type(self).__name__
            raise UnpicklingError(
                f"Unpickler.__init__() was not called by {name}.__init__()"
            )
        self._stack = []
        self._below = []
        read = self._source.read
        actions = _ACTIONS
        while True:
            code = read(1)
            if not code:
                raise EOFError("Ran out of input")
            if code == b".":
                return self._pop()
            action = actions.get(code)
            if action is None:
                text = repr(bytes(code))[2:-1]
                if not 32 <= code[0] <= 126 or code in b"'\\":
                    text = f"\\x{code[0]:02x}"
                raise UnpicklingError(f"invalid load key, '{text}'.")
            action(self)

    def _read(self, size):
        if size < 0:
            raise UnpicklingError("negative byte count")
        data = self._source.read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _line(self):
        line = self._source.readline()
        if not line.endswith(b"\n"):
            if not line:
                raise EOFError("Ran out of input")
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def _number(self, size):
        return int.from_bytes(self._read(size), "little")

    def _signed(self):
        return int.from_bytes(self._read(4), "little", signed=True)

    def _pop(self):
        if not self._stack:
            self._underflow()
        return self._stack.pop()

    def _top(self):
        if not self._stack:
            self._underflow()
        return self._stack[-1]

    def _underflow(self):
        if self._below:
            raise UnpicklingError("unexpected MARK found")
        raise UnpicklingError("unpickling stack underflow")

    def _push(self, value):
        self._stack.append(value)

    def _to_mark(self):
        """What lies above the last mark, which goes away with it."""
        if not self._below:
            raise UnpicklingError("could not find MARK")
        items = self._stack
        self._stack = self._below.pop()
        return items

    def _mark(self):
        self._below.append(self._stack)
        self._stack = []

    def _proto_of(self):
        proto = self._read(1)[0]
        if proto > HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto}")
        self._proto = proto

    def _frame(self):
        size = self._number(8)
        source = self._source
        if isinstance(source, Bytes) and size > len(source.data) - source.at:
            raise UnpicklingError("pickle data was truncated")

    def _persistent(self):
        try:
            pid = self._line().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError(
                "persistent IDs in protocol 0 must be ASCII strings"
            ) from None
        self._push(self.persistent_load(pid))

    def _int(self):
        line = self._line()
        if line in (b"00", b"01"):
            self._push(line == b"01")
            return
        try:
            self._push(int(line, 0))
        except ValueError:
            raise ValueError("could not convert string to int") from None

    def _long(self):
        line = self._line()
        self._push(int(line[:-1] if line.endswith(b"L") else line, 0))

    def _binlong(self, size):
        if size < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self._push(int.from_bytes(self._read(size), "little", signed=True))

    def _float(self):
        line = self._line()
        try:
            self._push(float(line))
        except ValueError:
            raise ValueError("could not convert string to float") from None

    def _text_of(self, data):
        if self._encoding == "bytes":
            return data
        return data.decode(self._encoding, self._errors)

    def _string(self):
        line = self._line().rstrip()
        if len(line) < 2 or line[0] != line[-1] or line[0] not in b"\"'":
            raise UnpicklingError("the STRING opcode argument must be quoted")
        text = "".join(chr(c) if c < 128 else f"\\x{c:02x}" for c in line)
        self._push(self._text_of(literal_eval("b" + text)))

    def _unicode(self):
        self._push(_unraw(self._line()))

    def _text(self, size):
        self._push(str(self._read(size), "utf-8", "surrogatepass"))

    def _bytearray(self):
        self._push(bytearray(self._read(self._number(8))))

    def _next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError(
                "pickle stream refers to out-of-band data "
                "but no *buffers* argument was given"
            )
        try:
            self._push(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def _readonly_buffer(self):
        with memoryview(self._top()) as view:
            if not view.readonly:
                self._stack[-1] = view.toreadonly()

    def _short_tuple(self, size):
        if len(self._stack) < size:
            self._underflow()
        items = self._stack[-size:]
        self._stack[-size:] = [tuple(items)]

    def _make_dict(self):
        items = self._to_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for DICT")
        self._push(dict(zip(items[::2], items[1::2])))

    def _instance(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            return cls(*args)
        return cls.__new__(cls)

    def _inst(self):
        module = self._line().decode("ascii")
        name = self._line().decode("ascii")
        args = self._to_mark()
        self._push(self._instance(self.find_class(module, name), args))

    def _obj(self):
        args = self._to_mark()
        if not args:
            self._underflow()
        self._push(self._instance(args[0], args[1:]))

    def _new(self, keywords=None):
        what = "NEWOBJ" if keywords is None else "NEWOBJ_EX"
        args = self._pop()
        cls = self._pop()
        if not isinstance(args, tuple):
            raise UnpicklingError(f"{what} expected an arg tuple, got {_name(args)}")
        if not isinstance(cls, type):
            raise UnpicklingError(
                f"{what} class argument must be a type, not {_name(cls)}"
            )
        self._push(cls.__new__(cls, *args, **(keywords or {})))

    def _new_with_keywords(self):
        keywords = self._pop()
        if not isinstance(keywords, dict):
            raise UnpicklingError(
                f"NEWOBJ_EX kwargs argument must be a dict, not {_name(keywords)}"
            )
        self._new(keywords)

    def _global(self):
        module = str(self._line(), "utf-8")
        name = str(self._line(), "utf-8")
        self._push(self.find_class(module, name))

    def _stack_global(self):
        name = self._pop()
        module = self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self._push(self.find_class(module, name))

    def _extension(self, code):
        if code <= 0:
            raise UnpicklingError("EXT specifies code <= 0")
        key = copyreg._inverted_registry.get(code)
        if key is None:
            raise ValueError(f"unregistered extension code {code}")
        self._push(self.find_class(*key))

    def _reduce(self):
        args = self._pop()
        func = self._pop()
        if not isinstance(args, tuple):
            raise TypeError("argument list must be a tuple")
        self._push(func(*args))

    def _remember(self, index):
        if index < 0:
            raise ValueError("negative PUT argument")
        self.memo[index] = self._top()

    def _recall(self, index):
        try:
            self._push(self.memo[index])
        except KeyError:
            message = f"Memo value not found at index {index}"
            raise UnpicklingError(message) from None

    def _extend(self, items):
        values = self._top()
        if type(values) is list:
            values += items
            return
        if hasattr(values, "extend"):
            values.extend(items)
            return
        append = values.append
        for item in items:
            append(item)

    def _append(self):
        item = self._pop()
        self._extend([item])

    def _set_item(self):
        value = self._pop()
        key = self._pop()
        self._top()[key] = value

    def _set_items(self):
        items = self._to_mark()
        target = self._top()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for SETITEMS")
        for at in range(0, len(items), 2):
            target[items[at]] = items[at + 1]

    def _add_items(self):
        items = self._to_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
            return
        for item in items:
            target.add(item)

    def _build(self):
        state = self._pop()
        obj = self._top()
        set_state = getattr(obj, "__setstate__", None)
        if set_state is not None:
            set_state(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state is not None:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            own = obj.__dict__
            for name, value in state.items():
                own[name] = value
        if slots is not None:
            if not isinstance(slots, dict):
                raise UnpicklingError("slot state is not a dictionary")
            for name, value in slots.items():
                setattr(obj, name, value)

    def _drop(self):
        if not self._stack and self._below:
            self._to_mark()
        else:
            self._pop()


def _name(value):
    return type(value).__name__


def _unraw(data):
    """The text of `raw-unicode-escape`: an escape counts after an odd number of backslashes."""
    text = data.decode("latin-1")
    parts = []
    done = 0
    at = text.find("\\")
    while at >= 0:
        end = at
        while text[end : end + 1] == "\\":
            end += 1
        kind = text[end : end + 1]
        digits = {"u": 4, "U": 8}.get(kind) if (end - at) % 2 else None
        if digits:
            code = text[end + 1 : end + 1 + digits]
            if len(code) < digits or not all(c in "0123456789abcdefABCDEF" for c in code):
                raise UnicodeDecodeError(
                    "rawunicodeescape", data, end - 1, end + 1 + len(code), f"truncated \\{kind}{'X' * digits}"
                )
            parts += text[done : end - 1], chr(int(code, 16))
            done = end = end + 1 + digits
        at = text.find("\\", end)
    return "".join(parts) + text[done:]


def _actions():
    U = Unpickler
    return {
        codes.MARK: U._mark,
        codes.POP: U._drop,
        codes.POP_MARK: U._to_mark,
        codes.DUP: lambda u: u._push(u._top()),
        codes.PROTO: U._proto_of,
        codes.FRAME: U._frame,
        codes.PERSID: U._persistent,
        codes.BINPERSID: lambda u: u._push(u.persistent_load(u._pop())),
        codes.NONE: lambda u: u._push(None),
        codes.NEWTRUE: lambda u: u._push(True),
        codes.NEWFALSE: lambda u: u._push(False),
        codes.INT: U._int,
        codes.BININT: lambda u: u._push(u._signed()),
        codes.BININT1: lambda u: u._push(u._number(1)),
        codes.BININT2: lambda u: u._push(u._number(2)),
        codes.LONG: U._long,
        codes.LONG1: lambda u: u._binlong(u._number(1)),
        codes.LONG4: lambda u: u._binlong(u._signed()),
        codes.FLOAT: U._float,
        codes.BINFLOAT: lambda u: u._push(unpack(">d", u._read(8))[0]),
        codes.STRING: U._string,
        codes.BINSTRING: lambda u: u._push(u._text_of(u._read(u._signed()))),
        codes.SHORT_BINSTRING: lambda u: u._push(u._text_of(u._read(u._number(1)))),
        codes.BINBYTES: lambda u: u._push(u._read(u._number(4))),
        codes.SHORT_BINBYTES: lambda u: u._push(u._read(u._number(1))),
        codes.BINBYTES8: lambda u: u._push(u._read(u._number(8))),
        codes.BYTEARRAY8: U._bytearray,
        codes.NEXT_BUFFER: U._next_buffer,
        codes.READONLY_BUFFER: U._readonly_buffer,
        codes.UNICODE: U._unicode,
        codes.BINUNICODE: lambda u: u._text(u._number(4)),
        codes.SHORT_BINUNICODE: lambda u: u._text(u._number(1)),
        codes.BINUNICODE8: lambda u: u._text(u._number(8)),
        codes.TUPLE: lambda u: u._push(tuple(u._to_mark())),
        codes.EMPTY_TUPLE: lambda u: u._push(()),
        codes.TUPLE1: lambda u: u._short_tuple(1),
        codes.TUPLE2: lambda u: u._short_tuple(2),
        codes.TUPLE3: lambda u: u._short_tuple(3),
        codes.EMPTY_LIST: lambda u: u._push([]),
        codes.LIST: lambda u: u._push(u._to_mark()),
        codes.EMPTY_DICT: lambda u: u._push({}),
        codes.DICT: U._make_dict,
        codes.EMPTY_SET: lambda u: u._push(set()),
        codes.FROZENSET: lambda u: u._push(frozenset(u._to_mark())),
        codes.INST: U._inst,
        codes.OBJ: U._obj,
        codes.NEWOBJ: U._new,
        codes.NEWOBJ_EX: U._new_with_keywords,
        codes.GLOBAL: U._global,
        codes.STACK_GLOBAL: U._stack_global,
        codes.EXT1: lambda u: u._extension(u._number(1)),
        codes.EXT2: lambda u: u._extension(u._number(2)),
        codes.EXT4: lambda u: u._extension(u._signed()),
        codes.REDUCE: U._reduce,
        codes.GET: lambda u: u._recall(int(u._line())),
        codes.BINGET: lambda u: u._recall(u._number(1)),
        codes.LONG_BINGET: lambda u: u._recall(u._number(4)),
        codes.PUT: lambda u: u._remember(int(u._line())),
        codes.BINPUT: lambda u: u._remember(u._number(1)),
        codes.LONG_BINPUT: lambda u: u._remember(u._number(4)),
        codes.MEMOIZE: lambda u: u._remember(len(u.memo)),
        codes.APPEND: U._append,
        codes.APPENDS: lambda u: u._extend(u._to_mark()),
        codes.SETITEM: U._set_item,
        codes.SETITEMS: U._set_items,
        codes.ADDITEMS: U._add_items,
        codes.BUILD: U._build,
    }


_ACTIONS = _actions()
