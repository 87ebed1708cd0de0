import contextlib
import importlib
import sys
import unittest

from test.support.os_helper import unlink


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error)) from None


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    """A module without its part in C, or with it, is under every implementation the one that it has."""
    if name.startswith("_"):
        raise unittest.SkipTest("CPython's insides")
    if blocked or fresh:
        return import_module(name)
    sys.modules.pop(name, None)
    return import_module(name)


def unload(name):
    sys.modules.pop(name, None)


forget = unload


@contextlib.contextmanager
def CleanImport(*names, usefrozen=False):
    before = sys.modules.copy()
    for name in names:
        sys.modules.pop(name, None)
    try:
        yield
    finally:
        sys.modules.update(before)


@contextlib.contextmanager
def DirsOnSysPath(*paths):
    before = sys.path[:]
    sys.path.extend(paths)
    try:
        yield
    finally:
        sys.path[:] = before


def make_legacy_pyc(source):
    raise unittest.SkipTest("needs compiled files")
