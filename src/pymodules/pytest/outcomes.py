"""How a test ends before its end: skipped, failed, expected to fail; each by an exception no `except Exception` takes."""


class OutcomeException(BaseException):
    def __init__(self, msg=None, pytrace=True):
        if msg is not None and not isinstance(msg, str):
            raise TypeError("{} expected string as 'msg' parameter, got '{}' instead.\n"
                            "Perhaps you meant to use a mark?".format(type(self).__name__, type(msg).__name__))
        super().__init__(msg)
        self.msg = msg
        self.pytrace = pytrace

    def __repr__(self):
        return '<{} instance>'.format(type(self).__name__) if self.msg is None else self.msg

    __str__ = __repr__


class Skipped(OutcomeException):
    __module__ = 'builtins'

    def __init__(self, msg=None, pytrace=True, allow_module_level=False):
        super().__init__(msg, pytrace)
        self.allow_module_level = allow_module_level


class Failed(OutcomeException):
    __module__ = 'builtins'


class XFailed(Failed):
    pass


class Exit(Exception):
    def __init__(self, msg='unknown reason', returncode=None):
        self.msg = msg
        self.returncode = returncode
        super().__init__(msg)


def skip(reason='', allow_module_level=False):
    """Ends the test, which then counts for nothing."""
    raise Skipped(reason, allow_module_level=allow_module_level)


def fail(reason='', pytrace=True):
    """Fails the test."""
    raise Failed(reason, pytrace)


def xfail(reason=''):
    """Ends the test, which was to fail."""
    raise XFailed(reason)


def exit(reason='', returncode=None):
    """Ends the tests; here, this one."""
    raise Exit(reason, returncode)


skip.Exception = Skipped
fail.Exception = Failed
xfail.Exception = XFailed
exit.Exception = Exit


def importorskip(modname, minversion=None, reason=None, *, exc_type=ImportError):
    """The module of this name; without one, or with one that is too old, the test is skipped."""
    import sys
    compile(modname, '', 'eval')
    try:
        __import__(modname)
    except exc_type as error:
        failed = 'could not import {!r}: {}'.format(modname, error) if reason is None else reason
    else:
        failed = None
    if failed is not None:
        raise Skipped(failed, allow_module_level=True)
    module = sys.modules[modname]
    if minversion is not None:
        version = getattr(module, '__version__', None)
        if version is None or _release(version) < _release(minversion):
            raise Skipped('module {!r} has __version__ {!r}, required is: {!r}'.format(modname, version, minversion),
                          allow_module_level=True)
    return module


def _release(version):
    """The numbers that a version begins with."""
    numbers = []
    for part in str(version).split('.'):
        digits = ''
        for char in part:
            if not char.isdigit():
                break
            digits += char
        if digits:
            numbers.append(int(digits))
        if digits != part:
            break
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
