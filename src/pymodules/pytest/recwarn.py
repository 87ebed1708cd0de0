"""Warnings: recorded, and expected."""
import re
import warnings
from _pytest.native import asserting
from _pytest.outcomes import Exit, fail


class PytestWarning(UserWarning):
    __module__ = 'pytest'


class PytestDeprecationWarning(PytestWarning, DeprecationWarning):
    __module__ = 'pytest'


class WarningsRecorder(warnings.catch_warnings):
    """A context that keeps the warnings given in it."""

    def __init__(self):
        super().__init__(record=True)
        self._inside = False
        self._list = []

    @property
    def list(self):
        return self._list

    def __getitem__(self, i):
        return self._list[i]

    def __iter__(self):
        return iter(self._list)

    def __len__(self):
        return len(self._list)

    def pop(self, cls=Warning):
        """Takes out the first warning of a class, or else the one whose class is nearest to it."""
        best = None
        for at, one in enumerate(self._list):
            if one.category == cls:
                return self._list.pop(at)
            if issubclass(one.category, cls) and (
                    best is None or not issubclass(one.category, self._list[best].category)):
                best = at
        if best is None:
            raise AssertionError('{!r} not found in warning list'.format(cls))
        return self._list.pop(best)

    def clear(self):
        self._list[:] = []

    def __enter__(self):
        if self._inside:
            raise RuntimeError('Cannot enter {!r} twice'.format(self))
        self._inside = True
        self._list = super().__enter__()
        warnings.simplefilter('always')
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        if not self._inside:
            raise RuntimeError('Cannot exit {!r} without entering first'.format(self))
        super().__exit__(exc_type, exc_val, exc_tb)
        self._inside = False


class WarningsChecker(WarningsRecorder):
    """A context in which a warning is to be given."""

    def __init__(self, expected_warning=Warning, match_expr=None):
        super().__init__()
        expected = expected_warning if isinstance(expected_warning, tuple) else (expected_warning,)
        for one in expected:
            if not isinstance(one, type) or not issubclass(one, Warning):
                raise TypeError('exceptions must be derived from Warning, not {}'.format(type(one)))
        self.expected_warning = expected
        self.match_expr = match_expr

    def matches(self, warning):
        return issubclass(warning.category, self.expected_warning) and (
            self.match_expr is None or re.search(self.match_expr, str(warning.message)) is not None)

    def __enter__(self):
        asserting()
        return super().__enter__()

    def __exit__(self, exc_type, exc_val, exc_tb):
        super().__exit__(exc_type, exc_val, exc_tb)
        if exc_val is not None and (not isinstance(exc_val, Exception) or isinstance(exc_val, Exit)):
            return
        try:
            if not any(issubclass(one.category, self.expected_warning) for one in self):
                fail('DID NOT WARN. No warnings of type {} were emitted.\n Emitted warnings: {}.'.format(
                    self.expected_warning, self.found()))
            if not any(self.matches(one) for one in self):
                fail('DID NOT WARN. No warnings of type {} matching the regex were emitted.\n Regex: {}\n'
                     ' Emitted warnings: {}.'.format(self.expected_warning, self.match_expr, self.found()))
        finally:
            for one in self:
                if not self.matches(one):
                    warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)

    def found(self):
        from pprint import pformat
        return pformat([one.message for one in self], indent=2)


def warns(expected_warning=Warning, *args, match=None, **kwargs):
    """A context in which a warning is to be given; or a call that is to give it."""
    if not args:
        if kwargs:
            raise TypeError('Unexpected keyword arguments passed to pytest.warns: {}\n'
                            'Use context-manager form instead?'.format(', '.join(sorted(kwargs))))
        return WarningsChecker(expected_warning, match)
    func, *rest = args
    if not callable(func):
        raise TypeError('{!r} object (type: {}) must be callable'.format(func, type(func)))
    with WarningsChecker(expected_warning):
        return func(*rest, **kwargs)


def deprecated_call(func=None, *args, **kwargs):
    """The same for warnings that something will go away."""
    if func is not None:
        args = (func, *args)
    return warns((DeprecationWarning, PendingDeprecationWarning, FutureWarning), *args, **kwargs)


def recwarn(request):
    recorder = WarningsRecorder()
    recorder.__enter__()
    request.addfinalizer(lambda: recorder.__exit__(None, None, None))
    warnings.simplefilter('default')
    return recorder


def filter_for(node, filters):
    """Treats warnings as the filters say, `action:message:category:module:line` each, until a part of the tree ends."""
    context = warnings.catch_warnings()
    context.__enter__()
    node.addfinalizer(lambda: context.__exit__(None, None, None))
    for text in filters:
        action, message, category, module, line = (text.split(':') + [''] * 4)[:5]
        warnings.filterwarnings(action, message, category_of(category), module, int(line or 0))


def category_of(name):
    """A class of warnings by its name, which may have dots."""
    if not name:
        return Warning
    where, _, own = name.rpartition('.')
    found = getattr(__import__(where or 'builtins', fromlist=['']), own)
    if not issubclass(found, Warning):
        raise TypeError('{} is not a Warning subclass'.format(found))
    return found
