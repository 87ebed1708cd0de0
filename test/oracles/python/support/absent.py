"""Modules of CPython that a sandbox has no place for, where an implementation lacks them.

A test file that imports one of them at its head can be run all the same; what uses it is skipped."""
import importlib
import sys
import types
import unittest

# Another implementation in Python, and a look at one in C: of these every implementation is without.
EVERYWHERE = "_pyio _testcapi _testinternalcapi _opcode".split()
NAMES = (
    "_pickle _compat_pickle asynchat asyncore cProfile concurrent concurrent.futures ctypes dbm dbm.dumb dis "
    "fcntl grp http http.client http.cookies http.server imp marshal mmap multiprocessing multiprocessing.queues "
    "multiprocessing.util opcode pickletools pwd pydoc py_compile resource runpy select selectors "
    "site smtpd socket socketserver sqlite3 ssl subprocess symtable sysconfig syslog tracemalloc "
    "xml xml.sax zipimport _thread _socket wsgiref wsgiref.simple_server"
).split()


def _refuse(cls, *args, **kwargs):
    raise unittest.SkipTest(f"needs the module {cls.__module__}")


class Absent(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        found = type(name, (Exception,), {"__new__": _refuse, "__module__": self.__name__})
        setattr(self, name, found)
        return found


def _put(name):
    sys.modules[name] = Absent(name)
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, sys.modules[name])


for name in EVERYWHERE:
    _put(name)
for name in NAMES:
    try:
        importlib.import_module(name)
    except ImportError:
        _put(name)
