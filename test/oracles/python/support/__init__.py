"""Stands in for CPython's `test.support`, as far as its tests of the language ask for it.

What only says something of CPython's insides (reference counts, `_testcapi`, sub-processes)
is skipped under every implementation, so that all of them are counted against the same tests."""
import contextlib
import functools
import gc
import io
import os
import re
import sys
import time
import unittest

verbose = False
MAX_Py_ssize_t = sys.maxsize
_1M, _1G, _2G, _4G = 2**20, 2**30, 2**31, 2**32
NHASHBITS = 64
PIPE_MAX_SIZE = 2**22
SHORT_TIMEOUT, LONG_TIMEOUT, LOOPBACK_TIMEOUT, INTERNET_TIMEOUT = 30.0, 300.0, 5.0, 60.0
TEST_HOME_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STDLIB_DIR = os.path.dirname(unittest.__path__[0])
is_emscripten = is_wasi = is_android = is_jython = MS_WINDOWS = False
has_fork_support = has_subprocess_support = has_socket_support = False
has_strftime_extensions = True
MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True
Py_DEBUG = use_resources = False
real_max_memuse = max_memuse = 0


class Error(Exception):
    pass


class TestFailed(Error):
    pass


class ResourceDenied(unittest.SkipTest):
    pass


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
    return no_tracing if name == "cpu" else unittest.skip(f"needs the resource {name}")


def is_resource_enabled(name):
    return False


def bigmemtest(size, memuse, dry_run=True):
    return cpython_only


bigaddrspacetest = cpython_only
skip_if_pgo_task = requires_docstrings = requires_IEEE_754 = no_tracing


def _passed_over(why):
    """A decorator that takes arguments, or none."""

    def decorator(*args, **kwargs):
        if len(args) == 1 and callable(args[0]):
            return unittest.skip(why)(args[0])
        return unittest.skip(why)

    return decorator


requires_subprocess = _passed_over("needs a process of its own")
requires_fork = _passed_over("needs a process of its own")
requires_working_socket = _passed_over("needs sockets")
requires_legacy_unicode_capi = _passed_over("CPython's insides")
requires_limited_api = _passed_over("CPython's insides")
requires_debug_ranges = _passed_over("CPython's insides")
with_pymalloc = requires_subprocess


def requires_zlib(reason=""):
    return no_tracing


requires_bz2 = requires_lzma = requires_gzip = requires_zlib


def has_no_debug_ranges():
    return True


def requires_mac_ver(*version):
    return no_tracing


def skip_if_buggy_ucrt_strfptime(test):
    return test


def check_sanitizer(**kinds):
    return False


def skip_if_sanitizer(*args, **kinds):
    return no_tracing


def skip_if_broken_multiprocessing_synchronize():
    raise unittest.SkipTest("needs a process of its own")


def requires(resource, msg=None):
    raise unittest.SkipTest(f"needs the resource {resource}")


def wait_process(*args, **kwargs):
    raise unittest.SkipTest("needs a process of its own")


def open_urlresource(*args, **kwargs):
    raise unittest.SkipTest("needs the network")


def reap_children():
    pass


def optim_args_from_interpreter_flags():
    return []


def check_sizeof(test, value, size):
    raise unittest.SkipTest("CPython's insides")


def calcobjsize(layout):
    return 0


calcvobjsize = calcobjsize


def check_disallow_instantiation(test, kind, *args, **kwargs):
    raise unittest.SkipTest("CPython's insides")


def run_in_subinterp(code):
    raise unittest.SkipTest("CPython's insides")


def setswitchinterval(seconds):
    pass


def maybe_get_event_loop_policy():
    return None


def findfile(name, subdir=None):
    return os.path.join(TEST_HOME_DIR, *([subdir] if subdir else []), name)


def load_package_tests(directory, loader, tests, pattern):
    return tests


def run_unittest(*tests):
    raise unittest.SkipTest("asks for the runner of CPython's tests")


run_doctest = run_unittest


def gc_collect():
    gc.collect()


@contextlib.contextmanager
def darwin_malloc_err_warning(test_name):
    yield


@contextlib.contextmanager
def disable_gc():
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
def swap_item(mapping, key, value):
    missing = object()
    before = mapping.get(key, missing)
    mapping[key] = value
    try:
        yield None if before is missing else before
    finally:
        if before is missing:
            mapping.pop(key, None)
        else:
            mapping[key] = before


def patch(test, target, name, value):
    """Sets an attribute until the test ends."""
    before = getattr(target, name)
    test.addCleanup(setattr, target, name, before)
    setattr(target, name, value)


@contextlib.contextmanager
def _locale(category, names):
    import locale

    kind = getattr(locale, category)
    before = locale.setlocale(kind)
    for name in names:
        with contextlib.suppress(locale.Error):
            locale.setlocale(kind, name)
            break
    try:
        yield
    finally:
        locale.setlocale(kind, before)


def run_with_locale(category, *names):
    return _locale(category, names)


def run_with_tz(zone):
    def decorate(test):
        @functools.wraps(test)
        def inner(*args, **kwargs):
            try:
                tzset = time.tzset
            except AttributeError:
                raise unittest.SkipTest("needs time.tzset") from None
            before = os.environ.get("TZ")
            os.environ["TZ"] = zone
            tzset()
            try:
                return test(*args, **kwargs)
            finally:
                if before is None:
                    del os.environ["TZ"]
                else:
                    os.environ["TZ"] = before
                tzset()

        return inner

    return decorate


def collision_stats(bins, balls):
    """Mean and deviation of the number of collisions of balls thrown into bins."""
    empty = (1 - 1 / bins) ** balls if bins < 2**20 else None
    if empty is None:
        mean = balls * (balls - 1) / 2 / bins
        return mean, mean**0.5
    mean = balls - bins * (1 - empty)
    both = (1 - 2 / bins) ** balls
    return mean, (bins * (bins - 1) * both + bins * empty - (bins * empty) ** 2) ** 0.5


def detect_api_mismatch(reference, other, *, ignore=()):
    names = set(dir(reference)) - set(dir(other)) - set(ignore)
    return {name for name in names if not name.startswith("_") or name.startswith("__")}


def check__all__(test, module, name_of_module=None, extra=(), not_exported=()):
    if isinstance(name_of_module, str):
        name_of_module = (name_of_module,)
    owners = name_of_module or (module.__name__,)
    wanted = set(extra)
    for name in dir(module):
        value = getattr(module, name)
        if name.startswith("_") or name in not_exported:
            continue
        owner = getattr(value, "__module__", None)
        plain = owner is None and not isinstance(value, type(sys))
        if owner in owners or plain:
            wanted.add(name)
    test.assertEqual(set(module.__all__), wanted)


class Matcher:
    """Says whether a record has the fields that are asked for; of these two, as a part."""

    partly = ("msg", "message")

    def matches(self, record, **fields):
        return all(self.match_value(name, record.get(name), value) for name, value in fields.items())

    def match_value(self, name, found, wanted):
        if type(found) is not type(wanted):
            return False
        return wanted in found if isinstance(found, str) and name in self.partly else found == wanted


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


@functools.total_ordering
class _Largest:
    def __eq__(self, other):
        return isinstance(other, _Largest)

    def __lt__(self, other):
        return False


@functools.total_ordering
class _Smallest:
    def __eq__(self, other):
        return isinstance(other, _Smallest)

    def __gt__(self, other):
        return False


LARGEST = _Largest()
SMALLEST = _Smallest()


class SuppressCrashReport(contextlib.nullcontext):
    pass
