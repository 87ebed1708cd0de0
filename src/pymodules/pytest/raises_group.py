"""`pytest.RaisesGroup`: a group of exceptions of a certain structure is to be raised."""
from textwrap import indent
from _pytest.outcomes import fail
from _pytest.raises import AbstractRaises, name_of, wrong_class


class RaisesGroup(AbstractRaises):
    def __init__(self, expected_exception, /, *other_exceptions, allow_unwrapped=False, flatten_subgroups=False,
                 match=None, check=None):
        super().__init__(match, check)
        self.allow_unwrapped = allow_unwrapped
        self.flatten_subgroups = flatten_subgroups
        if allow_unwrapped and other_exceptions:
            raise ValueError('You cannot specify multiple exceptions with `allow_unwrapped=True.` If you want to match '
                             'one of multiple possible exceptions you should use a `RaisesExc`. E.g. '
                             '`RaisesExc(check=lambda e: isinstance(e, (...)))`')
        if allow_unwrapped and isinstance(expected_exception, RaisesGroup):
            raise ValueError('`allow_unwrapped=True` has no effect when expecting a `RaisesGroup`. You might want it in '
                             "the expected `RaisesGroup`, or `flatten_subgroups=True` if you don't care about the "
                             'structure.')
        if allow_unwrapped and (match is not None or check is not None):
            raise ValueError('`allow_unwrapped=True` bypasses the `match` and `check` parameters if the exception is '
                             'unwrapped. If you intended to match/check the exception you should use a `RaisesExc` '
                             'object. If you want to match/check the exceptiongroup when the exception *is* wrapped '
                             'you need to do e.g. `if isinstance(exc.value, ExceptionGroup): assert '
                             'RaisesGroup(...).matches(exc.value)` afterwards.')
        self.expected_exceptions = tuple(self.member(one) for one in (expected_exception, *other_exceptions))

    def member(self, given):
        if isinstance(given, RaisesGroup) and self.flatten_subgroups:
            raise ValueError('You cannot specify a nested structure inside a RaisesGroup with `flatten_subgroups=True`. '
                             'The parameter will flatten subgroups in the raised exceptiongroup before matching, which '
                             'would never match a nested structure.')
        if isinstance(given, AbstractRaises):
            self.is_baseexception |= given.is_baseexception
            given.nested = True
            return given
        expected = 'a BaseException type, RaisesExc, or RaisesGroup'
        if isinstance(given, tuple):
            raise TypeError('Expected {}, but got {!r}.\nRaisesGroup does not support tuples of exception types when '
                            'expecting one of several possible exception types like RaisesExc.\nIf you meant to expect '
                            'a group with multiple exceptions, list them as separate arguments.'.format(
                                expected, type(given).__name__))
        return self.parsed(given, expected)

    def __repr__(self):
        parts = [shown(one) for one in self.expected_exceptions]
        for name in ('allow_unwrapped', 'flatten_subgroups'):
            if getattr(self, name):
                parts.append('{}={}'.format(name, getattr(self, name)))
        if self.match is not None:
            parts.append('match={!r}'.format(self.shown_match))
        if self.check is not None:
            parts.append('check={!r}'.format(self.check))
        return 'RaisesGroup({})'.format(', '.join(parts))

    def matches(self, exception):
        self.fail_reason = None
        if exception is None:
            self.fail_reason = 'exception is None'
            return False
        if not isinstance(exception, BaseExceptionGroup):
            return self.matches_alone(exception)
        actual = flattened(exception) if self.flatten_subgroups else exception.exceptions
        only = self.expected_exceptions[0] if len(self.expected_exceptions) == len(actual) == 1 else None
        if not self.says(exception):
            reason = self.fail_reason
            if isinstance(only, type) and isinstance(actual[0], only) and self.says(actual[0]):
                reason += ('\n but matched the expected `{0}`.\n You might want `RaisesGroup(RaisesExc({0}, match={1!r}))`'
                           .format(only.__name__, self.shown_match))
            self.fail_reason = reason
            return False
        if not self.pairs(actual):
            reason = self.fail_reason
            nested = any(isinstance(one, BaseExceptionGroup) for one in actual)
            groups = any(isinstance(one, RaisesGroup) for one in self.expected_exceptions)
            if not self.flatten_subgroups and not groups and nested and self.pairs(flattened(exception)):
                reason += '\n{}Did you mean to use `flatten_subgroups=True`?'.format('' if '\n' in reason else '  ')
            self.fail_reason = reason
            return False
        if not self.checks(exception):
            reason = '{} on the {}'.format(self.fail_reason, type(exception).__name__)
            if isinstance(only, type) and self.checks(actual[0]):
                reason += (', but did return True for the expected {0}. You might want RaisesGroup(RaisesExc({0}, '
                           'check=<...>))'.format(only.__name__))
            self.fail_reason = reason
            return False
        return True

    def matches_alone(self, exception):
        """An exception outside of any group."""
        words = '`{}()` is not an exception group'.format(type(exception).__name__)
        if len(self.expected_exceptions) > 1:
            self.fail_reason = words
            return False
        problem = mismatch(self.expected_exceptions[0], exception)
        if problem is None and self.allow_unwrapped:
            return True
        if problem is None:
            words += ', but would match with `allow_unwrapped=True`'
        self.fail_reason = problem if problem is not None and self.allow_unwrapped else words
        return False

    def pairs(self, actual):
        """Whether each raised exception goes with an expected one; each takes the first that fits."""
        expected = self.expected_exceptions
        problems = {}

        def problem(wanted, raised):
            key = (wanted, raised)
            if key not in problems:
                problems[key] = mismatch(expected[wanted], actual[raised])
            return problems[key]

        left = list(range(len(actual)))
        pairs = {}
        failed = []
        for wanted in range(len(expected)):
            found = next((raised for raised in left if problem(wanted, raised) is None), None)
            if found is None:
                failed.append(wanted)
            else:
                left.remove(found)
                pairs[wanted] = found
        if not left and not failed:
            return True
        if len(actual) == len(expected) == 1:
            self.fail_reason = problem(0, 0)
            return False
        for wanted in range(len(expected)):
            for raised in range(len(actual)):
                problem(wanted, raised)
        self.fail_reason = self.why(actual, problem, left, pairs, failed)
        return False

    def why(self, actual, problem, left, pairs, failed):
        expected = self.expected_exceptions
        matched = '{} matched exception{}. '.format(len(pairs), 's' if len(pairs) > 1 else '') if pairs else ''
        alone = all(problem(wanted, raised) is not None for raised in left for wanted in range(len(expected)))
        unmet = all(problem(wanted, raised) is not None for wanted in failed for raised in range(len(actual)))
        if not failed and alone:
            return '{}Unexpected exception(s): {!r}'.format(matched, [actual[raised] for raised in left])
        if not left and unmet:
            return '{}Too few exceptions raised, found no match for: [{}]'.format(
                matched, ', '.join(shown(expected[wanted]) for wanted in failed))
        if len(left) == len(failed) == 1 and alone and unmet:
            return matched + problem(failed[0], left[0])
        text = '\n' + matched if matched else ''
        if not left:
            text += '\nToo few exceptions raised!'
        elif not failed:
            text += '\nUnexpected exception(s)!'
        if failed:
            text += '\nThe following expected exceptions did not find a match:'
        partners = {raised: wanted for wanted, raised in pairs.items()}
        last = len(expected) - 1
        for wanted in failed:
            text += '\n  ' + shown(expected[wanted])
            for raised in range(len(actual)):
                if problem(last, raised) is None and raised in partners:
                    text += '\n    It matches `{!r}` which was paired with `{}`'.format(
                        actual[raised], shown(expected[partners[raised]]))
        if left:
            text += '\nThe following raised exceptions did not find a match'
        for raised in left:
            text += '\n  {!r}:'.format(actual[raised])
            for wanted in range(len(expected)):
                words = problem(wanted, raised)
                if words is None:
                    text += '\n    It matches `{}` which was paired with `{!r}`'.format(
                        shown(expected[wanted]), actual[pairs[wanted]])
                elif wanted in failed:
                    text += ('' if words[0] == '\n' else '\n') + indent(words, '    ')
        if len(expected) == len(actual) and possible(problem, len(actual), frozenset()):
            text += ('\nThere exist a possible match when attempting an exhaustive check, but RaisesGroup uses a greedy '
                     'algorithm. Please make your expected exceptions more stringent with `RaisesExc` etc so the greedy '
                     'algorithm can function.')
        return text

    def __exit__(self, exc_type, exc_val, exc_tb):
        if exc_type is None:
            fail('DID NOT RAISE any exception, expected `{}`'.format(self.expected_type()))
        group = '(group)' if self.allow_unwrapped and not issubclass(exc_type, BaseExceptionGroup) else 'group'
        if not self.matches(exc_val):
            fail('Raised exception {} did not match: {}'.format(group, self.fail_reason))
        self.excinfo.fill(exc_val)
        return True

    def expected_type(self):
        inner = [one.expected_type() if isinstance(one, RaisesGroup) else shown(one) for one in self.expected_exceptions]
        return '{}ExceptionGroup({})'.format('Base' if self.is_baseexception else '', ', '.join(inner))


def shown(expected):
    return name_of(expected) if isinstance(expected, type) else repr(expected)


def flattened(group):
    """The exceptions of a group and of those in it."""
    found = []
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            found.extend(flattened(one))
        else:
            found.append(one)
    return found


def mismatch(expected, error):
    """Why an exception is not the expected one, or None."""
    if isinstance(expected, type):
        return wrong_class(expected, error)
    if expected.matches(error):
        return None
    if expected.fail_reason.startswith('\n'):
        return '\n{!r}: {}'.format(expected, indent(expected.fail_reason, '  '))
    return '{!r}: {}'.format(expected, expected.fail_reason)


def possible(problem, count, used):
    """Whether some pairing would do."""
    row = len(used)
    if row == count:
        return True
    return any(problem(wanted, row) is None and wanted not in used and possible(problem, count, used | {wanted})
               for wanted in range(count))
