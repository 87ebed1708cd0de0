"""Differences between sequences, and between texts line by line."""

import re
from collections import namedtuple

__all__ = [
    "get_close_matches",
    "ndiff",
    "restore",
    "SequenceMatcher",
    "Differ",
    "IS_CHARACTER_JUNK",
    "IS_LINE_JUNK",
    "context_diff",
    "unified_diff",
    "diff_bytes",
    "Match",
]

Match = namedtuple("Match", "a b size")


def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """What two sequences of hashable elements share, by longest common blocks."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = None
            self.fullbcount = None
            self._index()

    def _index(self):
        """Where each element of b stands, but for junk and what stands everywhere."""
        places = {}
        for at, element in enumerate(self.b):
            places.setdefault(element, []).append(at)
        self.b2j = places
        self.bjunk = junk = set()
        if self.isjunk:
            junk.update([element for element in places if self.isjunk(element)])
            for element in junk:
                del places[element]
        self.bpopular = popular = set()
        count = len(self.b)
        if self.autojunk and count >= 200:
            most = count // 100 + 1
            popular.update([element for element, found in places.items() if len(found) > most])
            for element in popular:
                del places[element]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        a, b, places, junk = self.a, self.b, self.b2j, self.bjunk
        if ahi is None:
            ahi = len(a)
        if bhi is None:
            bhi = len(b)
        start_a, start_b, size = alo, blo, 0
        # lengths[j]: how long a block ends at the element before in a and at j in b.
        lengths = {}
        for i in range(alo, ahi):
            longer = {}
            for j in places.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                k = longer[j] = lengths.get(j - 1, 0) + 1
                if k > size:
                    start_a, start_b, size = i - k + 1, j - k + 1, k
            lengths = longer
        # What is popular may lengthen a block, then junk may.
        for with_junk in (False, True):
            while (
                start_a > alo
                and start_b > blo
                and (b[start_b - 1] in junk) is with_junk
                and a[start_a - 1] == b[start_b - 1]
            ):
                start_a, start_b, size = start_a - 1, start_b - 1, size + 1
            while (
                start_a + size < ahi
                and start_b + size < bhi
                and (b[start_b + size] in junk) is with_junk
                and a[start_a + size] == b[start_b + size]
            ):
                size += 1
        return Match(start_a, start_b, size)

    def get_matching_blocks(self):
        if self.matching_blocks is not None:
            return self.matching_blocks
        end_a, end_b = len(self.a), len(self.b)
        todo = [(0, end_a, 0, end_b)]
        found = []
        while todo:
            alo, ahi, blo, bhi = todo.pop()
            i, j, size = match = self.find_longest_match(alo, ahi, blo, bhi)
            if size:
                found.append(match)
                if alo < i and blo < j:
                    todo.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    todo.append((i + size, ahi, j + size, bhi))
        found.sort()
        joined = []
        for i, j, size in found:
            if joined:
                before_i, before_j, before = joined[-1]
                if before_i + before == i and before_j + before == j:
                    joined[-1] = (before_i, before_j, before + size)
                    continue
            joined.append((i, j, size))
        joined.append((end_a, end_b, 0))
        self.matching_blocks = [Match(*block) for block in joined]
        return self.matching_blocks

    def get_opcodes(self):
        if self.opcodes is not None:
            return self.opcodes
        i = j = 0
        self.opcodes = codes = []
        for at_i, at_j, size in self.get_matching_blocks():
            if i < at_i and j < at_j:
                codes.append(("replace", i, at_i, j, at_j))
            elif i < at_i:
                codes.append(("delete", i, at_i, j, at_j))
            elif j < at_j:
                codes.append(("insert", i, at_i, j, at_j))
            i, j = at_i + size, at_j + size
            if size:
                codes.append(("equal", at_i, i, at_j, j))
        return codes

    def get_grouped_opcodes(self, n=3):
        """The changes in groups, each with n equal elements around it."""
        codes = list(self.get_opcodes()) or [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == "equal":
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == "equal":
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        matches = sum([block[-1] for block in self.get_matching_blocks()])
        return _ratio(matches, len(self.a) + len(self.b))

    def quick_ratio(self):
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for element in self.b:
                counts[element] = counts.get(element, 0) + 1
        left = {}
        matches = 0
        for element in self.a:
            number = left.get(element, self.fullbcount.get(element, 0))
            left[element] = number - 1
            if number > 0:
                matches += 1
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        lengths = len(self.a), len(self.b)
        return _ratio(min(lengths), sum(lengths))

    @classmethod
    def __class_getitem__(cls, item):
        import types

        return types.GenericAlias(cls, item)


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The best of the possibilities that are like the word, best first."""
    if not n > 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    found = []
    for one in possibilities:
        matcher.set_seq1(one)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            ratio = matcher.ratio()
            if ratio >= cutoff:
                found.append((ratio, one))
    found.sort(reverse=True)
    return [one for _, one in found[:n]]


class Differ:
    """Compares lines, and shows within lines that are alike what differs."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "replace":
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == "delete":
                yield from self._dump("-", a, alo, ahi)
            elif tag == "insert":
                yield from self._dump("+", b, blo, bhi)
            else:
                yield from self._dump(" ", a, alo, ahi)

    def _dump(self, tag, x, lo, hi):
        for at in range(lo, hi):
            yield "%s %s" % (tag, x[at])

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        # The shorter side first, so that less is read before what is like it.
        removed = self._dump("-", a, alo, ahi)
        added = self._dump("+", b, blo, bhi)
        first, second = (added, removed) if bhi - blo < ahi - alo else (removed, added)
        yield from first
        yield from second

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        best, cutoff = 0.74, 0.75
        matcher = SequenceMatcher(self.charjunk)
        equal = None
        best_i = best_j = None
        for j in range(blo, bhi):
            line = b[j]
            matcher.set_seq2(line)
            for i in range(alo, ahi):
                if a[i] == line:
                    if equal is None:
                        equal = i, j
                    continue
                matcher.set_seq1(a[i])
                if (
                    matcher.real_quick_ratio() > best
                    and matcher.quick_ratio() > best
                    and matcher.ratio() > best
                ):
                    best, best_i, best_j = matcher.ratio(), i, j
        if best < cutoff:
            if equal is None:
                yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
                return
            best_i, best_j = equal
        else:
            equal = None
        yield from self._fancy_helper(a, alo, best_i, b, blo, best_j)
        old, new = a[best_i], b[best_j]
        if equal is None:
            marks = {"replace": ("^", "^"), "delete": ("-", ""), "insert": ("", "+"), "equal": " "}
            old_marks = new_marks = ""
            matcher.set_seqs(old, new)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                mark = marks[tag]
                old_marks += mark[0] * (i2 - i1)
                new_marks += mark[-1] * (j2 - j1)
            yield from self._qformat(old, new, old_marks, new_marks)
        else:
            yield "  " + old
        yield from self._fancy_helper(a, best_i + 1, ahi, b, best_j + 1, bhi)

    def _fancy_helper(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
        elif alo < ahi:
            yield from self._dump("-", a, alo, ahi)
        elif blo < bhi:
            yield from self._dump("+", b, blo, bhi)

    def _qformat(self, aline, bline, atags, btags):
        for sign, line, tags in (("-", aline, atags), ("+", bline, btags)):
            # A tab under a tab keeps the marks below what they mark.
            kept = [
                char if mark == " " and char.isspace() else mark for char, mark in zip(line, tags)
            ]
            marks = "".join(kept).rstrip()
            yield f"{sign} {line}"
            if marks:
                yield f"? {marks}\n"


def IS_LINE_JUNK(line, pat=None):
    return (pat or re.compile(r"\s*(?:#\s*)?$").match)(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    return ch in ws


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """One of the two sides of what `ndiff` made."""
    try:
        tag = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which) from None
    for line in delta:
        if line[:2] in ("  ", tag):
            yield line[2:]


def _check_types(a, b, *args):
    for side in (a, b):
        if side and not isinstance(side[0], str):
            raise TypeError(
                "lines to compare must be str, not %s (%r)" % (type(side[0]).__name__, side[0])
            )
    for arg in args:
        if not isinstance(arg, str):
            raise TypeError("all arguments must be str, not: %r" % (arg,))


def _heads(signs, names, dates, lineterm):
    for sign, name, date in zip(signs, names, dates):
        yield "{} {}{}{}".format(sign, name, "\t" + date if date else "", lineterm)


def _unified_range(start, stop):
    length = stop - start
    if length == 1:
        return "{}".format(start + 1)
    return "{},{}".format(start + 1 if length else start, length)


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _heads(
                ("---", "+++"), (fromfile, tofile), (fromfiledate, tofiledate), lineterm
            )
        first, last = group[0], group[-1]
        old = _unified_range(first[1], last[2])
        new = _unified_range(first[3], last[4])
        yield "@@ -{} +{} @@{}".format(old, new, lineterm)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for line in a[i1:i2]:
                    yield " " + line
                continue
            if tag in ("replace", "delete"):
                for line in a[i1:i2]:
                    yield "-" + line
            if tag in ("replace", "insert"):
                for line in b[j1:j2]:
                    yield "+" + line


def _context_range(start, stop):
    length = stop - start
    first = start + 1 if length else start
    if length <= 1:
        return "{}".format(first)
    return "{},{}".format(first, first + length - 1)


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield from _heads(
                ("***", "---"), (fromfile, tofile), (fromfiledate, tofiledate), lineterm
            )
        first, last = group[0], group[-1]
        yield "***************" + lineterm
        for head, lines, start, stop, own in (
            ("*** {} ****{}", a, 1, 2, "delete"),
            ("--- {} ----{}", b, 3, 4, "insert"),
        ):
            yield head.format(_context_range(first[start], last[stop]), lineterm)
            if any([code[0] in ("replace", own) for code in group]):
                for code in group:
                    if code[0] in ("equal", "replace", own):
                        for line in lines[code[start] : code[stop]]:
                            yield signs[code[0]] + line


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """A diff of bytes in an unknown encoding, by a function that diffs text."""

    def decode(line):
        try:
            return line.decode("ascii", "surrogateescape")
        except AttributeError as error:
            raise TypeError(
                "all arguments must be bytes, not %s (%r)" % (type(line).__name__, line)
            ) from error

    sides = [[decode(line) for line in side] for side in (a, b)]
    names = [decode(one) for one in (fromfile, tofile, fromfiledate, tofiledate)]
    for line in dfunc(*sides, *names, n, decode(lineterm)):
        yield line.encode("ascii", "surrogateescape")
