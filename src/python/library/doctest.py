"""Examples in docstrings, run and compared: https://docs.python.org/3/library/doctest.html"""
import io
import sys
import traceback
from collections import namedtuple
from contextlib import redirect_stdout

DONT_ACCEPT_TRUE_FOR_1 = 1
DONT_ACCEPT_BLANKLINE = 2
NORMALIZE_WHITESPACE = 4
ELLIPSIS = 8
SKIP = 16
IGNORE_EXCEPTION_DETAIL = 32
REPORT_UDIFF = 64
REPORT_CDIFF = 128
REPORT_NDIFF = 256
REPORT_ONLY_FIRST_FAILURE = 512
FAIL_FAST = 1024
_FLAGS = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, int)}

TestResults = namedtuple('TestResults', 'failed attempted')


class Example:
    """A statement, and what it should print or raise."""

    def __init__(self, source, want, lineno, indent=0, options=None):
        self.source = source if source.endswith('\n') else source + '\n'
        self.want = want if not want or want.endswith('\n') else want + '\n'
        self.lineno = lineno
        self.indent = indent
        self.options = options or {}
        self.exc_msg = _exception_of(self.want)


class DocTest:
    """The examples of one docstring, which share their names."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples = examples
        self.globs = dict(globs)
        self.name = name
        self.filename = filename
        self.lineno = lineno
        self.docstring = docstring

    def __repr__(self):
        count = len(self.examples)
        shown = '{} example{}'.format(count or 'no', '' if count == 1 else 's')
        return '<DocTest {} from {}:{} ({})>'.format(self.name, self.filename, self.lineno, shown)


def _exception_of(want):
    """The last lines of an expected traceback, or None."""
    lines = want.splitlines()
    if not lines or lines[0] not in ('Traceback (most recent call last):', 'Traceback (innermost last):'):
        return None
    for at, line in enumerate(lines[1:], 1):
        if line and not line[0].isspace():
            return '\n'.join(lines[at:]) + '\n'
    return None


def _options_of(source):
    options = {}
    for line in source.splitlines():
        _, mark, rest = line.partition('# doctest:')
        if not mark:
            _, mark, rest = line.partition('#doctest:')
        for option in rest.replace(',', ' ').split() if mark else ():
            if option[0] not in '+-' or option[1:] not in _FLAGS:
                raise ValueError('invalid option: {!r}'.format(option))
            options[_FLAGS[option[1:]]] = option[0] == '+'
    return options


class DocTestParser:
    def get_examples(self, string, name='<string>'):
        lines = string.expandtabs().splitlines()
        examples = []
        at = 0
        while at < len(lines):
            stripped = lines[at].lstrip()
            if not (stripped == '>>>' or stripped.startswith('>>> ')):
                if stripped.startswith('>>>'):
                    raise ValueError('line {} of the docstring for {} lacks blank after >>>: {!r}'.format(at + 1, name, lines[at]))
                at += 1
                continue
            start = at
            indent = len(lines[at]) - len(stripped)
            source = [stripped[4:]]
            at += 1
            while at < len(lines) and (lines[at].lstrip() == '...' or lines[at].lstrip().startswith('... ')):
                source.append(lines[at].lstrip()[4:])
                at += 1
            want = []
            while at < len(lines) and lines[at].strip() and not lines[at].lstrip().startswith('>>>'):
                if lines[at][:indent].strip():
                    raise ValueError('line {} of the docstring for {} has inconsistent leading whitespace: {!r}'.format(at + 1, name, lines[at]))
                want.append(lines[at][indent:].rstrip())
                at += 1
            text = '\n'.join(source)
            if all(not line or line.lstrip().startswith('#') for line in source):
                continue
            examples.append(Example(text, '\n'.join(want), start, indent, _options_of(text)))
        return examples

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)


class DocTestFinder:
    """Docstrings of a module, its functions and classes, and its `__test__`."""

    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        self._parser = parser or DocTestParser()
        self._recurse = recurse
        self._exclude_empty = exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        if name is None:
            name = obj.__name__
        if module is None:
            module = sys.modules.get(getattr(obj, '__module__', None) or getattr(obj, '__name__', None))
        if globs is None:
            globs = dict(module.__dict__) if module is not None else {}
        globs = {**globs, **(extraglobs or {})}
        globs.setdefault('__name__', '__main__')
        tests = []
        self._add(tests, obj, name, module, globs, set())
        tests.sort(key=lambda test: test.name)
        return tests

    def _add(self, tests, obj, name, module, globs, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        doc = obj if isinstance(obj, str) else getattr(obj, '__doc__', None)
        if isinstance(doc, str):
            test = self._parser.get_doctest(doc, globs, name, getattr(module, '__file__', None), 0)
            if test.examples or not self._exclude_empty:
                tests.append(test)
        if isinstance(obj, str) or not self._recurse:
            return
        if isinstance(obj, type(sys)):
            for key, value in list(obj.__dict__.items()):
                if callable(value) and getattr(value, '__module__', None) == obj.__name__:
                    self._add(tests, value, '{}.{}'.format(name, key), module, globs, seen)
            for key, value in getattr(obj, '__test__', {}).items():
                self._add(tests, value, '{}.__test__.{}'.format(name, key), module, globs, seen)
        elif isinstance(obj, type):
            for key, value in list(obj.__dict__.items()):
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if callable(value) or isinstance(value, property):
                    self._add(tests, value, '{}.{}'.format(name, key), module, globs, seen)


class OutputChecker:
    def check_output(self, want, got, optionflags):
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (('True\n', '1\n'), ('False\n', '0\n')):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = '\n'.join('' if line.strip() == '<BLANKLINE>' else line for line in want.split('\n'))
            got = '\n'.join('' if not line.strip() else line for line in got.split('\n'))
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got = ' '.join(got.split())
            want = ' '.join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _ellipsis_match(want, got)

    def output_difference(self, example, got, optionflags):
        def indented(text):
            return ''.join('    ' + line for line in text.splitlines(True))
        if example.want and got:
            return 'Expected:\n{}Got:\n{}'.format(indented(example.want), indented(got))
        if example.want:
            return 'Expected:\n{}Got nothing\n'.format(indented(example.want))
        if got:
            return 'Expected nothing\nGot:\n{}'.format(indented(got))
        return 'Expected nothing\nGot nothing\n'


def _ellipsis_match(want, got):
    if '...' not in want:
        return want == got
    parts = want.split('...')
    start, end = 0, len(got)
    if parts[0]:
        if not got.startswith(parts[0]):
            return False
        start = len(parts[0])
    if parts[-1]:
        if not got.endswith(parts[-1]):
            return False
        end -= len(parts[-1])
    if start > end:
        return False
    for part in parts[1:-1]:
        start = got.find(part, start, end)
        if start < 0:
            return False
        start += len(part)
    return True


class DocTestRunner:
    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = bool(verbose)
        self.optionflags = optionflags
        self.tries = 0
        self.failures = 0

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        out = out or sys.stdout.write
        failures = tries = 0
        for number, example in enumerate(test.examples):
            flags = self.optionflags
            for flag, wanted in example.options.items():
                flags = flags | flag if wanted else flags & ~flag
            if flags & SKIP:
                continue
            tries += 1
            got, exception = self._run_example(test, example, number)
            if exception is None:
                fine = self._checker.check_output(example.want, got, flags)
            else:
                message = ''.join(traceback.format_exception_only(type(exception), exception))
                if example.exc_msg is None:
                    fine = False
                else:
                    fine = self._checker.check_output(example.exc_msg, message, flags)
                    if not fine and flags & IGNORE_EXCEPTION_DETAIL:
                        fine = example.exc_msg.split(':')[0].rpartition('.')[2].strip() == type(exception).__name__
                got += 'Traceback (most recent call last):\n    ...\n' + message
            if not fine:
                failures += 1
                out('*' * 70 + '\nFile "{}", line {}, in {}\nFailed example:\n    {}'.format(
                    test.filename, (test.lineno or 0) + example.lineno + 1, test.name,
                    example.source.rstrip('\n').replace('\n', '\n    ') + '\n'))
                out(self._checker.output_difference(example, got, flags))
                if flags & FAIL_FAST:
                    break
        if clear_globs:
            test.globs.clear()
        self.failures += failures
        self.tries += tries
        return TestResults(failures, tries)

    def _run_example(self, test, example, number):
        stream = io.StringIO()
        filename = '<doctest {}[{}]>'.format(test.name, number)
        with redirect_stdout(stream):
            try:
                exec(compile(example.source, filename, 'single'), test.globs)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                return stream.getvalue(), error
        return stream.getvalue(), None

    def summarize(self, verbose=None):
        if self.failures:
            print('***Test Failed*** {} failure{}.'.format(self.failures, '' if self.failures == 1 else 's'))
        return TestResults(self.failures, self.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0,
            extraglobs=None, raise_on_error=False, exclude_empty=False):
    """Runs the examples of a module's docstrings."""
    if m is None:
        m = sys.modules['__main__']
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(exclude_empty=exclude_empty).find(m, name or m.__name__, module=m, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name='NoName', compileflags=None, optionflags=0):
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """Docstrings as cases of unittest."""
    import unittest

    class DocTestCase(unittest.TestCase):
        def __init__(self, test):
            super().__init__()
            self._test = test

        def runTest(self):
            lines = []
            result = DocTestRunner(optionflags=options.get('optionflags', 0)).run(
                self._test, out=lines.append, clear_globs=False)
            if result.failed:
                raise self.failureException('Failed doctest test for {}\n{}'.format(self._test.name, ''.join(lines)))

        def id(self):
            return self._test.name

        def __repr__(self):
            return self._test.name

        __str__ = __repr__

        def shortDescription(self):
            return 'Doctest: ' + self._test.name

    if isinstance(module, str):
        module = __import__(module, fromlist=['*'])
    elif module is None:
        module = sys.modules['__main__']
    finder = test_finder or DocTestFinder()
    tests = finder.find(module, globs=globs, extraglobs=extraglobs)
    return unittest.TestSuite(DocTestCase(test) for test in tests if test.examples)
