"""The opcodes, the errors, and the names that Python 2 had for things."""

MARK = b"("
STOP = b"."
POP = b"0"
POP_MARK = b"1"
DUP = b"2"
FLOAT = b"F"
INT = b"I"
BININT = b"J"
BININT1 = b"K"
LONG = b"L"
BININT2 = b"M"
NONE = b"N"
PERSID = b"P"
BINPERSID = b"Q"
REDUCE = b"R"
STRING = b"S"
BINSTRING = b"T"
SHORT_BINSTRING = b"U"
UNICODE = b"V"
BINUNICODE = b"X"
APPEND = b"a"
BUILD = b"b"
GLOBAL = b"c"
DICT = b"d"
EMPTY_DICT = b"}"
APPENDS = b"e"
GET = b"g"
BINGET = b"h"
INST = b"i"
LONG_BINGET = b"j"
LIST = b"l"
EMPTY_LIST = b"]"
OBJ = b"o"
PUT = b"p"
BINPUT = b"q"
LONG_BINPUT = b"r"
SETITEM = b"s"
TUPLE = b"t"
EMPTY_TUPLE = b")"
SETITEMS = b"u"
BINFLOAT = b"G"
TRUE = b"I01\n"
FALSE = b"I00\n"
PROTO = b"\x80"
NEWOBJ = b"\x81"
EXT1 = b"\x82"
EXT2 = b"\x83"
EXT4 = b"\x84"
TUPLE1 = b"\x85"
TUPLE2 = b"\x86"
TUPLE3 = b"\x87"
NEWTRUE = b"\x88"
NEWFALSE = b"\x89"
LONG1 = b"\x8a"
LONG4 = b"\x8b"
BINBYTES = b"B"
SHORT_BINBYTES = b"C"
SHORT_BINUNICODE = b"\x8c"
BINUNICODE8 = b"\x8d"
BINBYTES8 = b"\x8e"
EMPTY_SET = b"\x8f"
ADDITEMS = b"\x90"
FROZENSET = b"\x91"
NEWOBJ_EX = b"\x92"
STACK_GLOBAL = b"\x93"
MEMOIZE = b"\x94"
FRAME = b"\x95"
BYTEARRAY8 = b"\x96"
NEXT_BUFFER = b"\x97"
READONLY_BUFFER = b"\x98"

__all__ = [name for name in dir() if not name.startswith("_")]

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4


class PickleError(Exception):
    __module__ = "_pickle"


class PicklingError(PickleError):
    __module__ = "_pickle"


class UnpicklingError(PickleError):
    __module__ = "_pickle"


#: What stands in pickles of the protocols 0 to 2 for a module, or for a name in one.
OLD_MODULES = {
    "builtins": "__builtin__",
    "copyreg": "copy_reg",
    "queue": "Queue",
    "reprlib": "repr",
    "html.entities": "htmlentitydefs",
    "html.parser": "HTMLParser",
    "urllib.parse": "urlparse",
}
OLD_NAMES = {
    ("builtins", "range"): ("__builtin__", "xrange"),
    ("builtins", "str"): ("__builtin__", "unicode"),
    ("builtins", "int"): ("__builtin__", "long"),
    ("builtins", "chr"): ("__builtin__", "unichr"),
    ("builtins", "filter"): ("itertools", "ifilter"),
    ("builtins", "map"): ("itertools", "imap"),
    ("builtins", "zip"): ("itertools", "izip"),
    ("functools", "reduce"): ("__builtin__", "reduce"),
    ("itertools", "filterfalse"): ("itertools", "ifilterfalse"),
    ("itertools", "zip_longest"): ("itertools", "izip_longest"),
    ("collections", "UserDict"): ("UserDict", "IterableUserDict"),
    ("collections", "UserList"): ("UserList", "UserList"),
    ("collections", "UserString"): ("UserString", "UserString"),
}
_NEWER = """BlockingIOError BrokenPipeError ChildProcessError ConnectionAbortedError
ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError
FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError
PermissionError ProcessLookupError TimeoutError ModuleNotFoundError
RecursionError StopAsyncIteration ResourceWarning EncodingWarning
BaseExceptionGroup ExceptionGroup""".split()


def _exception_names():
    import builtins

    for name, value in vars(builtins).items():
        if isinstance(value, type) and issubclass(value, BaseException):
            if value.__name__ == name and name not in _NEWER:
                OLD_NAMES["builtins", name] = "exceptions", name
            elif value.__name__ == name and issubclass(value, OSError):
                OLD_NAMES["builtins", name] = "exceptions", "OSError"


_exception_names()
NEW_MODULES = {old: new for new, old in OLD_MODULES.items()}
NEW_NAMES = {old: new for new, old in OLD_NAMES.items() if old[1] != "OSError"}
NEW_NAMES["exceptions", "OSError"] = "builtins", "OSError"
NEW_NAMES["__builtin__", "basestring"] = "builtins", "str"
NEW_NAMES["exceptions", "StandardError"] = "builtins", "Exception"


def attribute_of(obj, path):
    """What a dotted path leads to, and what holds it."""
    parent = None
    for name in path.split("."):
        if name == "<locals>":
            raise AttributeError(f"Can't get local attribute {path!r} on {obj!r}")
        parent, found = obj if parent is None else found, None
        try:
            found = getattr(parent, name)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {path!r} on {obj!r}") from None
    return found, parent
