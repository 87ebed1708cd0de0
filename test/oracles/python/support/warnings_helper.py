import contextlib
import functools
import importlib
import warnings


class Recorded(list):
    @property
    def warnings(self):
        return self

    def __getattr__(self, name):
        return getattr(self[-1], name)


@contextlib.contextmanager
def check_warnings(*filters, quiet=False):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield Recorded(seen)


@contextlib.contextmanager
def check_no_warnings(testcase, message="", category=Warning, force_gc=False):
    with warnings.catch_warnings(record=True) as seen:
        warnings.filterwarnings("always", message=message, category=category)
        yield
    testcase.assertEqual(seen, [])


def check_syntax_warning(testcase, statement, errtext="", *, lineno=1, offset=None):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", SyntaxWarning)
        compile(statement, "<testcase>", "exec")
    testcase.assertEqual(len(seen), 1, seen)
    testcase.assertRegex(str(seen[0].message), errtext)
    testcase.assertEqual(seen[0].lineno, lineno)
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("error", SyntaxWarning)
        with testcase.assertRaisesRegex(SyntaxError, errtext):
            compile(statement, "<testcase>", "exec")


def check_no_resource_warning(testcase):
    return contextlib.nullcontext()


@contextlib.contextmanager
def save_restore_warnings_filters():
    before = warnings.filters[:]
    try:
        yield
    finally:
        warnings.filters[:] = before


def ignore_warnings(*, category):
    def decorate(test):
        @functools.wraps(test)
        def quiet(*args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return test(*args, **kwargs)

        return quiet

    return decorate


def import_deprecated(name):
    return importlib.import_module(name)
