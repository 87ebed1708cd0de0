"""The assertions of a test, and what they say when they do not hold."""

import re

from ._contexts import _AssertRaisesContext, _AssertWarnsContext
from .util import (
    _common_shorten_repr,
    _count_diff_all_purpose,
    _count_diff_hashable,
    safe_repr,
)

DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


def _line_diff(first, second):
    import difflib
    import pprint

    lines = [pprint.pformat(value).splitlines() for value in (first, second)]
    return "\n" + "\n".join(difflib.ndiff(*lines))


class Assertions:
    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        return "%s : %s" % (standardMsg, msg)

    def _fail(self, msg, standardMsg):
        raise self.failureException(self._formatMessage(msg, standardMsg))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + DIFF_OMITTED % len(diff)

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._fail(msg, "%s is not true" % safe_repr(expr))

    def assertFalse(self, expr, msg=None):
        if expr:
            self._fail(msg, "%s is not false" % safe_repr(expr))

    def assertRaises(self, expected_exception, *args, **kwargs):
        return _AssertRaisesContext(expected_exception, self).handle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return _AssertWarnsContext(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        context = _AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle("assertWarnsRegex", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        from ._log import _AssertLogsContext

        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        from ._log import _AssertLogsContext

        return _AssertLogsContext(self, logger, level, no_logs=True)

    def _getAssertEqualityFunc(self, first, second):
        # Of two classes neither says how both are compared.
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                return getattr(self, function) if isinstance(function, str) else function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._fail(msg, "%s != %s" % _common_shorten_repr(first, second))

    def assertEqual(self, first, second, msg=None):
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._fail(msg, "%s == %s" % (safe_repr(first), safe_repr(second)))

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            if diff <= delta:
                return
            within = "%s delta" % safe_repr(delta)
        else:
            places = 7 if places is None else places
            if round(diff, places) == 0:
                return
            within = "%r places" % places
        self._fail(
            msg,
            "%s != %s within %s (%s difference)"
            % (safe_repr(first), safe_repr(second), within, safe_repr(diff)),
        )

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            if not first == second and diff > delta:
                return
            within = "%s delta (%s difference)" % (safe_repr(delta), safe_repr(diff))
        else:
            places = 7 if places is None else places
            if not first == second and round(diff, places) != 0:
                return
            within = "%r places" % places
        self._fail(msg, "%s == %s within %s" % (safe_repr(first), safe_repr(second), within))

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        name = "sequence" if seq_type is None else seq_type.__name__
        sides = (("first", seq1), ("second", seq2))
        lengths = []
        for which, seq in sides:
            if seq_type is not None and not isinstance(seq, seq_type):
                raise self.failureException(
                    "%s sequence is not a %s: %s" % (which.capitalize(), name, safe_repr(seq))
                )
        for which, seq in sides:
            try:
                lengths.append(len(seq))
            except (TypeError, NotImplementedError):
                said = "%s %s has no length.    Non-sequence?" % (which.capitalize(), name)
                break
        if len(lengths) < 2:
            self._failSequences(msg, said, seq1, seq2)
        if seq1 == seq2:
            return
        said = "%ss differ: %s != %s\n" % (name.capitalize(), *_common_shorten_repr(seq1, seq2))
        for at in range(min(lengths)):
            items = []
            for which, seq in sides:
                try:
                    items.append(seq[at])
                except (TypeError, IndexError, NotImplementedError):
                    said += "\nUnable to index element %d of %s %s\n" % (at, which, name)
                    break
            if len(items) < 2:
                break
            if items[0] != items[1]:
                shown = _common_shorten_repr(*items)
                said += "\nFirst differing element %d:\n%s\n%s\n" % (at, *shown)
                break
        else:
            if lengths[0] == lengths[1] and seq_type is None and type(seq1) != type(seq2):
                # The same elements in sequences of two kinds.
                return
        if lengths[0] != lengths[1]:
            which, seq = sides[lengths[0] < lengths[1]]
            more = abs(lengths[0] - lengths[1])
            said += "\n%s %s contains %d additional elements.\n" % (which.capitalize(), name, more)
            at = min(lengths)
            try:
                said += "First extra element %d:\n%s\n" % (at, safe_repr(seq[at]))
            except (TypeError, IndexError, NotImplementedError):
                said += "Unable to index element %d of %s %s\n" % (at, which, name)
        self._failSequences(msg, said, seq1, seq2)

    def _failSequences(self, msg, said, seq1, seq2):
        self._fail(msg, self._truncateMessage(said, _line_diff(seq1, seq2)))

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        lines = []
        for which, other, one, another in (
            ("first", "second", set1, set2),
            ("second", "first", set2, set1),
        ):
            try:
                rest = one.difference(another)
            except TypeError as error:
                self.fail("invalid type when attempting set difference: %s" % error)
            except AttributeError as error:
                self.fail("%s argument does not support set difference: %s" % (which, error))
            if rest:
                lines.append("Items in the %s set but not the %s:" % (which, other))
                lines += [repr(item) for item in rest]
        if lines:
            self._fail(msg, "\n".join(lines))

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._fail(msg, "%s not found in %s" % (safe_repr(member), safe_repr(container)))

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            shown = (safe_repr(member), safe_repr(container))
            self._fail(msg, "%s unexpectedly found in %s" % shown)

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._fail(msg, "%s is not %s" % (safe_repr(expr1), safe_repr(expr2)))

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._fail(msg, "unexpectedly identical: %s" % safe_repr(expr1))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            said = "%s != %s" % _common_shorten_repr(d1, d2)
            self._fail(msg, self._truncateMessage(said, _line_diff(d1, d2)))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        import warnings

        warnings.warn("assertDictContainsSubset is deprecated", DeprecationWarning)
        missing = [key for key in subset if key not in dictionary]
        mismatched = [
            "%s, expected: %s, actual: %s"
            % (safe_repr(key), safe_repr(value), safe_repr(dictionary[key]))
            for key, value in subset.items()
            if key in dictionary and value != dictionary[key]
        ]
        said = []
        if missing:
            said.append("Missing: %s" % ",".join([safe_repr(key) for key in missing]))
        if mismatched:
            said.append("Mismatched values: %s" % ",".join(mismatched))
        if said:
            self._fail(msg, "; ".join(said))

    def assertCountEqual(self, first, second, msg=None):
        """The same elements, each as often, in any order."""
        first, second = list(first), list(second)
        try:
            found = _count_diff_hashable(first, second)
        except TypeError:
            found = _count_diff_all_purpose(first, second)
        if found:
            lines = ["First has %d, Second has %d:  %r" % difference for difference in found]
            said = self._truncateMessage("Element counts were not equal:\n", "\n".join(lines))
            self._fail(msg, said)

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        import difflib

        lines = [first.splitlines(keepends=True), second.splitlines(keepends=True)]
        if len(lines[0]) == 1 and first.strip("\r\n") == first:
            lines = [[first + "\n"], [second + "\n"]]
        said = "%s != %s" % _common_shorten_repr(first, second)
        self._fail(msg, self._truncateMessage(said, "\n" + "".join(difflib.ndiff(*lines))))

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._fail(msg, "%s not less than %s" % (safe_repr(a), safe_repr(b)))

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._fail(msg, "%s not less than or equal to %s" % (safe_repr(a), safe_repr(b)))

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._fail(msg, "%s not greater than %s" % (safe_repr(a), safe_repr(b)))

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._fail(msg, "%s not greater than or equal to %s" % (safe_repr(a), safe_repr(b)))

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._fail(msg, "%s is not None" % safe_repr(obj))

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._fail(msg, "unexpectedly None")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._fail(msg, "%s is not an instance of %r" % (safe_repr(obj), cls))

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._fail(msg, "%s is an instance of %r" % (safe_repr(obj), cls))

    def assertRegex(self, text, expected_regex, msg=None):
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            shown = (expected_regex.pattern, text)
            self._fail(msg, "Regex didn't match: %r not found in %r" % shown)

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        if isinstance(unexpected_regex, (str, bytes)):
            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            shown = (text[match.start() : match.end()], unexpected_regex.pattern, text)
            self._fail(msg, "Regex matched: %r matches %r in %r" % shown)


def _deprecated(original):
    name = original.__name__

    def deprecated(self, *args, **kwargs):
        import warnings

        warnings.warn("Please use {0} instead.".format(name), DeprecationWarning, 2)
        return original(self, *args, **kwargs)

    return deprecated


for _name, _old in {
    "assertEqual": ("assertEquals", "failUnlessEqual"),
    "assertNotEqual": ("assertNotEquals", "failIfEqual"),
    "assertAlmostEqual": ("assertAlmostEquals", "failUnlessAlmostEqual"),
    "assertNotAlmostEqual": ("assertNotAlmostEquals", "failIfAlmostEqual"),
    "assertTrue": ("assert_", "failUnless"),
    "assertFalse": ("failIf",),
    "assertRaises": ("failUnlessRaises",),
    "assertRaisesRegex": ("assertRaisesRegexp",),
    "assertRegex": ("assertRegexpMatches",),
    "assertNotRegex": ("assertNotRegexpMatches",),
}.items():
    for _alias in _old:
        setattr(Assertions, _alias, _deprecated(getattr(Assertions, _name)))
