"""Stands in for CPython's `test.support`, as far as its tests of the language ask for it.

What only says something of CPython's insides (reference counts, `_testcapi`, sub-processes)
is skipped under every implementation, so that all of them are counted against the same tests."""
import contextlib
import io
import re
import sys
import unittest

verbose = False
MAX_Py_ssize_t = sys.maxsize


def cpython_only(test):
    return unittest.skip("CPython's insides")(test)


refcount_test = cpython_only


def no_tracing(test):
    return test


def check_impl_detail(**guards):
    return not guards.get("cpython", True) if guards else False


def impl_detail(msg=None, **guards):
    if check_impl_detail(**guards):
        return lambda test: test
    return unittest.skip(msg or "CPython's insides")


def requires_resource(name):
    return lambda test: test


def bigmemtest(size, memuse, dry_run=True):
    return cpython_only


def gc_collect():
    try:
        import gc
    except ImportError:
        return
    gc.collect()


@contextlib.contextmanager
def captured_output(name):
    before = getattr(sys, name)
    setattr(sys, name, io.StringIO())
    try:
        yield getattr(sys, name)
    finally:
        setattr(sys, name, before)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


@contextlib.contextmanager
def adjust_int_max_str_digits(digits):
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(digits)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


@contextlib.contextmanager
def swap_attr(target, name, value):
    before = getattr(target, name)
    setattr(target, name, value)
    try:
        yield before
    finally:
        setattr(target, name, before)


@contextlib.contextmanager
def infinite_recursion(max_depth=75):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max_depth)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def get_attribute(target, name):
    try:
        return getattr(target, name)
    except AttributeError:
        raise unittest.SkipTest(f"no attribute {name}") from None


def check_free_after_iterating(test, iterate, cls, args=()):
    raise unittest.SkipTest("CPython's insides")


def catch_unraisable_exception():
    raise unittest.SkipTest("CPython's insides")


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    testcase.assertIsNotNone(error.lineno)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    testcase.assertIsNotNone(error.offset)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def matches(pattern, text):
    return re.search(pattern, text, re.IGNORECASE) is not None


class _Always:
    """Equal to everything, or to nothing; above or below everything."""

    def __init__(self, equal=None, less=None):
        self.equal = equal
        self.less = less

    def __eq__(self, other):
        return self.equal

    def __ne__(self, other):
        return not self.equal

    def __lt__(self, other):
        return bool(self.less)

    def __gt__(self, other):
        return not self.less


ALWAYS_EQ = _Always(equal=True)
NEVER_EQ = _Always(equal=False)


class SuppressCrashReport(contextlib.nullcontext):
    pass
