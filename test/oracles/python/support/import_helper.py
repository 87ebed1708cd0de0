import importlib
import sys
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error)) from None


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    if blocked or name.startswith("_"):
        raise unittest.SkipTest("CPython's insides")
    sys.modules.pop(name, None)
    return import_module(name)
