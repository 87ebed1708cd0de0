"""What `pytest.raises` caught."""
import re
from _pytest.shorten import shortened


def told(error, of_group=True):
    """What an exception says, its notes included."""
    message = str(error) if of_group or not isinstance(error, BaseExceptionGroup) else error.message
    return '\n'.join([message, *getattr(error, '__notes__', [])])


class TracebackEntry:
    """One call on the way to an exception."""

    def __init__(self, entry):
        self._rawentry = entry
        self.frame = entry.tb_frame
        self.lineno = entry.tb_lineno - 1
        self.name = entry.tb_frame.f_code.co_name

    @property
    def path(self):
        from pathlib import Path
        return Path(self.frame.f_code.co_filename)

    def __repr__(self):
        return '<TracebackEntry {}:{}>'.format(self.path, self.lineno + 1)


class ExceptionInfo:
    """An exception, once it was raised; before, there is nothing to be known."""

    @classmethod
    def __class_getitem__(cls, item):
        """For annotations: what is captured, or raised."""
        return cls

    def __init__(self, error=None):
        self._error = error

    @classmethod
    def from_exception(cls, exception, exprinfo=None):
        return cls(exception)

    @classmethod
    def from_exc_info(cls, exc_info, exprinfo=None):
        return cls(exc_info[1])

    @classmethod
    def from_current(cls, exprinfo=None):
        from sys import exception
        return cls(exception())

    @classmethod
    def for_later(cls):
        return cls()

    def fill(self, error):
        self._error = error

    def _known(self, what):
        if self._error is None:
            raise AssertionError('.{} can only be used after the context manager exits'.format(what))
        return self._error

    @property
    def type(self):
        return type(self._known('type'))

    @property
    def value(self):
        return self._known('value')

    @property
    def tb(self):
        return self._known('tb').__traceback__

    @property
    def typename(self):
        return type(self._known('typename')).__name__

    @property
    def traceback(self):
        entries, at = [], self._known('traceback').__traceback__
        while at is not None:
            entries.append(TracebackEntry(at))
            at = at.tb_next
        return entries

    def exconly(self, tryshort=False):
        """The exception as Python prints it, without its traceback."""
        from traceback import format_exception_only
        text = ''.join(format_exception_only(self.type, self.value)).rstrip()
        begin = 'AssertionError: '
        if tryshort and text.startswith(begin + 'assert '):
            text = text[len(begin):]
        return text

    def errisinstance(self, exc):
        return isinstance(self.value, exc)

    def match(self, regexp):
        """Fails unless the pattern is found in what the exception says."""
        text = told(self.value)
        if re.search(regexp, text):
            return True
        message = 'Regex pattern did not match.\n  Expected regex: {!r}\n  Actual message: {!r}'.format(regexp, text)
        if regexp == text:
            message += '\n Did you mean to `re.escape()` the regex?'
        raise AssertionError(message)

    def group_contains(self, expected_exception, *, match=None, depth=None):
        """Whether a group holds such an exception, at any depth or at one."""
        if not isinstance(self.value, BaseExceptionGroup):
            raise AssertionError('Captured exception is not an instance of `BaseExceptionGroup`')
        if depth is not None and depth < 1:
            raise AssertionError('`depth` must be >= 1, if specified')
        return _holds(self.value, expected_exception, match, depth, 1)

    def getrepr(self, **options):
        from traceback import format_exception
        return ''.join(format_exception(self.value))

    def __repr__(self):
        if self._error is None:
            return '<ExceptionInfo for raises contextmanager>'
        return '<ExceptionInfo {} tblen={}>'.format(shortened(self._error), len(self.traceback))


def _holds(group, expected, match, wanted, depth):
    if wanted is not None and depth > wanted:
        return False
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup) and _holds(error, expected, match, wanted, depth + 1):
            return True
        if wanted is not None and depth != wanted or not isinstance(error, expected):
            continue
        if match is None or re.search(match, told(error)):
            return True
    return False
