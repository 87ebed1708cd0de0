"""`pytest.raises`: something is to raise an exception."""
import re
from _pytest.excinfo import ExceptionInfo, told
from _pytest.native import asserting
from _pytest.outcomes import fail

PLAIN = re.compile('').flags


def raises(expected_exception=None, *args, **kwargs):
    """A context in which an exception is to be raised; or a call that is to raise it."""
    if not args:
        unknown = sorted(set(kwargs) - {'match', 'check', 'expected_exception'})
        if unknown:
            raise TypeError('Unexpected keyword arguments passed to pytest.raises: {}\n'
                            'Use context-manager form instead?'.format(', '.join(unknown)))
        return RaisesExc(**kwargs) if expected_exception is None else RaisesExc(expected_exception, **kwargs)
    if not expected_exception:
        raise ValueError("Expected an exception type or a tuple of exception types, but got `{!r}`. Raising exceptions "
                         "is already understood as failing the test, so you don't need any special code to say 'this "
                         "should never raise an exception'.".format(expected_exception))
    func, *rest = args
    if not callable(func):
        raise TypeError('{!r} object (type: {}) must be callable'.format(func, type(func)))
    with RaisesExc(expected_exception) as excinfo:
        func(*rest, **kwargs)
    return excinfo


raises.Exception = fail.Exception


def name_of(expected):
    """The name of a class, or of several."""
    if isinstance(expected, type):
        return expected.__name__
    if len(expected) == 1:
        return expected[0].__name__
    return '(' + ', '.join(one.__name__ for one in expected) + ')'


def wrong_class(expected, error):
    """Why an exception is not of the expected classes, or None."""
    if expected is None or expected == () or isinstance(error, expected):
        return None
    actual = '`{}()`'.format(type(error).__name__)
    wanted = '`{}`'.format(name_of(expected))
    if isinstance(error, BaseExceptionGroup) and isinstance(expected, type) and not issubclass(
            expected, BaseExceptionGroup):
        return 'Unexpected nested {}, expected {}'.format(actual, wanted)
    return '{} is not an instance of {}'.format(actual, wanted)


def literal_of(pattern):
    """The text that a pattern stands for, where it is nothing but an escaped text from end to end."""
    if len(pattern) < 2 or pattern[0] != '^' or pattern[-1] != '$':
        return None
    inner = pattern[1:-1]
    if any(char in '{}()+.*?^$[]' and (at == 0 or inner[at - 1] != '\\') for at, char in enumerate(inner)):
        return None
    return re.sub(r'\\([{}()+-.*?^$\[\]\s\\])', r'\1', inner)


class AbstractRaises:
    """What both kinds of expectation have: a pattern for the message, and a function that checks."""

    @classmethod
    def __class_getitem__(cls, item):
        """For annotations: what is captured, or raised."""
        return cls

    def __init__(self, match, check):
        self.rawmatch = None
        self.match = match
        if isinstance(match, str):
            problem = None
            try:
                self.match = re.compile(match)
            except re.error as error:
                problem = error
            if problem is not None:
                fail("Invalid regex pattern provided to 'match': {}".format(problem))
            if match == '':
                import warnings
                from _pytest.recwarn import PytestWarning
                warnings.warn(PytestWarning(
                    'matching against an empty string will *always* pass. If you want to check for an empty message '
                    "you need to pass '^$'. If you don't want to match you should pass `None` or leave out the "
                    'parameter.'), stacklevel=2)
            self.rawmatch = literal_of(match)
        elif match is not None and match.flags == PLAIN:
            self.rawmatch = literal_of(match.pattern)
        self.check = check
        self.fail_reason = None
        self.nested = False
        self.is_baseexception = False

    def parsed(self, given, expected):
        """The class that was given; of groups with an argument, the group."""
        if isinstance(given, type) and issubclass(given, BaseException):
            if not issubclass(given, Exception):
                self.is_baseexception = True
            return given
        origin = getattr(given, '__origin__', None)
        if isinstance(origin, type) and issubclass(origin, BaseExceptionGroup):
            inner = given.__args__[0]
            if inner is BaseException and origin is BaseExceptionGroup or inner is Exception and origin is not \
                    BaseExceptionGroup or getattr(inner, '__name__', '') == 'Any':
                if not issubclass(origin, ExceptionGroup):
                    self.is_baseexception = True
                return origin
            raise ValueError('Only `ExceptionGroup[Exception]` or `BaseExceptionGroup[BaseException]` are accepted as '
                             'generic types but got `{}`. As `raises` will catch all instances of the specified group '
                             'regardless of the generic argument specific nested exceptions has to be checked with '
                             '`RaisesGroup`.'.format(given))
        words = 'Expected {}, but got '.format(expected)
        if isinstance(given, type):
            raise ValueError(words + repr(given.__name__))
        if isinstance(given, BaseException):
            raise TypeError(words + 'an exception instance: ' + type(given).__name__)
        raise TypeError(words + repr(type(given).__name__))

    @property
    def shown_match(self):
        return self.match.pattern if self.match.flags == PLAIN else self.match

    def checks(self, error):
        if self.check is None or self.check(error):
            return True
        self.fail_reason = 'check{} did not return True'.format('' if self.nested else ' ' + repr(self.check))
        return False

    def says(self, error):
        """Whether the message is the expected one."""
        if self.match is None:
            return True
        text = told(error, False)
        if re.search(self.match, text):
            return True
        if self.rawmatch is not None:
            from _pytest.compare import text_lines
            lines = text_lines(self.rawmatch, text, 0)
            self.fail_reason = ('\n' if lines[0][0] == '-' else '') + '\n'.join(lines)
            return False
        whose = ' the `{}()`'.format(type(error).__name__) if isinstance(error, BaseExceptionGroup) else ''
        self.fail_reason = 'Regex pattern did not match{}.\n  Expected regex: {!r}\n  Actual message: {!r}'.format(
            whose, self.shown_match, text)
        if self.shown_match == text:
            self.fail_reason += '\n Did you mean to `re.escape()` the regex?'
        return False

    def __enter__(self):
        asserting()
        self.excinfo = ExceptionInfo.for_later()
        return self.excinfo


class RaisesExc(AbstractRaises):
    """An exception of one of some classes, with a message that matches."""

    def __init__(self, expected_exception=None, /, *, match=None, check=None):
        super().__init__(match, check)
        if isinstance(expected_exception, tuple):
            given = expected_exception
        else:
            given = () if expected_exception is None else (expected_exception,)
        if given == () and match is None and check is None:
            raise ValueError('You must specify at least one parameter to match on.')
        self.expected_exceptions = tuple(self.parsed(one, 'a BaseException type') for one in given)
        self.other_class = False

    def matches(self, exception):
        self.other_class = False
        if exception is None:
            self.fail_reason = 'exception is None'
            return False
        self.fail_reason = wrong_class(self.expected_exceptions, exception)
        if self.fail_reason is not None:
            self.other_class = True
            return False
        return self.says(exception) and self.checks(exception)

    def __repr__(self):
        parts = [name_of(self.expected_exceptions)] if self.expected_exceptions else []
        if self.match is not None:
            parts.append('match={!r}'.format(self.shown_match))
        if self.check is not None:
            parts.append('check={!r}'.format(self.check))
        return 'RaisesExc({})'.format(', '.join(parts))

    def __exit__(self, exc_type, exc_val, exc_tb):
        if exc_type is None:
            expected = self.expected_exceptions
            if not expected:
                fail('DID NOT RAISE any exception')
            if len(expected) > 1:
                fail('DID NOT RAISE any of {!r}'.format(expected))
            fail('DID NOT RAISE {!r}'.format(expected[0]))
        if not self.matches(exc_val):
            if self.other_class:
                return False
            raise AssertionError(self.fail_reason)
        self.excinfo.fill(exc_val)
        return True
