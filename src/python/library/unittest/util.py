"""How values are shown in messages, and how collections differ."""

_LONGEST = 80
_SKIPPED = len("[xxxx chars]")
_EDGE = 5
# What is left for a difference beside a beginning, an end and two gaps.
_DIFFERENCE = _LONGEST - (3 * _EDGE + 2 * _SKIPPED)


def safe_repr(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if short and len(text) >= _LONGEST:
        return text[:_LONGEST] + " [truncated]..."
    return text


def _gapped(text, head, tail):
    gap = len(text) - head - tail
    if gap <= _SKIPPED:
        return text
    return "%s[%d chars]%s" % (text[:head], gap, text[len(text) - tail :])


def _common_prefix(texts):
    least, most = min(texts), max(texts)
    for at, char in enumerate(least):
        if char != most[at]:
            return least[:at]
    return least


def _common_shorten_repr(*values):
    """The values' reprs; long ones are cut where they are alike."""
    texts = tuple([safe_repr(value) for value in values])
    longest = max([len(text) for text in texts])
    if longest <= _LONGEST:
        return texts
    prefix = _common_prefix(texts)
    common = len(prefix)
    room = _LONGEST - (longest - common + _EDGE + _SKIPPED)
    if room > _EDGE:
        prefix = _gapped(prefix, _EDGE, room)
        return tuple([prefix + text[common:] for text in texts])
    prefix = _gapped(prefix, _EDGE, _EDGE)
    return tuple([prefix + _gapped(text[common:], _DIFFERENCE, _EDGE) for text in texts])


def strclass(cls):
    return "%s.%s" % (cls.__module__, cls.__qualname__)


def three_way_cmp(x, y):
    """-1, 0 or 1 where x comes before y, with it, or behind it."""
    return (x > y) - (x < y)


def _mismatch(actual, expected, value):
    """How often a value is there, how often it should be, and the value."""
    global Mismatch
    if Mismatch is None:
        from collections import namedtuple

        Mismatch = namedtuple("Mismatch", "actual expected value")
    return Mismatch(actual, expected, value)


Mismatch = None


def _count_diff_all_purpose(first, second):
    """[(count in first, count in second, element)] where the counts are not equal; for any elements."""
    first, second = list(first), list(second)
    gone = object()
    found = []
    for side, other, turned in ((first, second, False), (second, first, True)):
        for at, element in enumerate(side):
            if element is gone:
                continue
            own = theirs = 0
            for place in range(at, len(side)):
                if side[place] == element:
                    own += 1
                    side[place] = gone
            for place, another in enumerate(other):
                if another == element:
                    theirs += 1
                    other[place] = gone
            if own != theirs:
                found.append(_mismatch(theirs, own, element) if turned else _mismatch(own, theirs, element))
    return found


def _count_diff_hashable(first, second):
    """The same for elements that are hashable."""
    counts = {}
    for side, elements in enumerate((first, second)):
        for element in elements:
            counts.setdefault(element, [0, 0])[side] += 1
    return [
        _mismatch(own, theirs, element) for element, (own, theirs) in counts.items() if own != theirs
    ]
