"""How two sides of a comparison differ, in lines."""
from _pytest.shorten import cut, shortened, whole

# Lines that are told of values that are not small.
MOST = 40

HINT = 'Use -v to get more diff'


def is_small(value):
    """Whether a value is told in full, and held against another line by line."""
    if isinstance(value, str):
        return len(value) <= 2000 and value.count('\n') <= 60
    try:
        if len(value) > 100:
            return False
    except Exception:
        pass
    text = whole(value)
    return len(text) <= 2000 and text.count(', ') <= 100 and text.count('\n') <= 60


def compared(op, left, right, verbose):
    """
    A summary and how the sides differ; None where there is no more to say than the values. `verbose` is
    pytest's -v; None tells small values in full, and of others what it can: that is -1 further down.
    """
    if verbose is not None:
        return compared_as(op, left, right, verbose)
    if is_small(left) and is_small(right):
        return compared_as(op, left, right, 2)
    lines = compared_as(op, left, right, -1)
    if lines is None:
        return None
    lines = [line.replace(', use -vv to show', '').replace(', use -v to show', '') for line in lines if line != HINT]
    if len(lines) > MOST:
        lines = [*lines[:MOST], '', '...Full output truncated ({} lines hidden)'.format(len(lines) - MOST)]
    return [cut(line, 2000) for line in lines] if len(lines) > 2 else None


def compared_as(op, left, right, verbose):
    same = isinstance(left, str) and isinstance(right, str) and alike(left, right)
    if verbose > 1:
        left_words, right_words = whole(left, same), whole(right, same)
    else:
        room = (80 - 15 - len(op) - 2) // 2
        left_words, right_words = shortened(left, room, same), shortened(right, room, same)
    lines = None
    try:
        lines = details(op, left, right, verbose)
    except Exception as error:
        from _pytest.outcomes import Exit
        if isinstance(error, Exit):
            raise
        words = '{}: {}'.format(type(error).__name__, error)
        lines = ['(pytest_assertion plugin: representation of details failed: {}.'.format(words),
                 ' Probably an object has a faulty __repr__.)']
    if not lines:
        return None
    if lines[0] != '':
        lines = ['', *lines]
    return ['{} {} {}'.format(left_words, op, right_words), *lines]


def alike(left, right):
    """Whether texts that differ are one when their characters are taken apart."""
    if left.isascii() and right.isascii():
        return left == right
    from unicodedata import normalize
    return normalize('NFD', left) == normalize('NFD', right)


def details(op, left, right, verbose):
    if op == '==':
        return equal_details(left, right, verbose)
    if op == 'not in':
        return contained(left, right, verbose) if isinstance(left, str) and isinstance(right, str) else None
    if not (isinstance(left, (set, frozenset)) and isinstance(right, (set, frozenset))):
        return None
    if op == '!=':
        return ['Both sets are equal']
    if op in ('>=', '>'):
        lines = extra('right', right, left, verbose)
    elif op in ('<=', '<'):
        lines = extra('left', left, right, verbose)
    else:
        return None
    return lines or (['Both sets are equal'] if op in ('<', '>') else lines)


def is_sequence(value):
    from collections.abc import Sequence
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_iterable(value):
    try:
        iter(value)
    except Exception:
        return False
    return not isinstance(value, str)


def equal_details(left, right, verbose):
    if isinstance(left, str) and isinstance(right, str):
        return text_lines(left, right, verbose)
    if is_approx(left) or is_approx(right):
        near, other = (left, right) if is_approx(left) else (right, left)
        lines = near._repr_compare(other)
    elif type(left) is type(right) and has_fields(left):
        lines = field_lines(left, right, verbose)
    elif is_sequence(left) and is_sequence(right):
        lines = item_lines(left, right)
    elif isinstance(left, (set, frozenset)) and isinstance(right, (set, frozenset)):
        lines = extra('left', left, right, verbose) + extra('right', right, left, verbose)
    elif isinstance(left, dict) and isinstance(right, dict):
        lines = key_lines(left, right, verbose)
    else:
        lines = []
    if is_iterable(left) and is_iterable(right):
        lines = [*lines, *whole_lines(left, right, verbose)]
    return lines


def is_approx(value):
    return any(base.__name__ == 'ApproxBase' for base in type(value).__mro__)


def has_fields(value):
    return getattr(value, '__dataclass_fields__', None) is not None or (
        isinstance(value, tuple) and getattr(value, '_fields', None) is not None)


def text_lines(left, right, verbose):
    """The lines of two texts that differ; without `-v`, without the ends that they share."""
    lines = []
    if verbose < 1:
        at = 0
        for at in range(min(len(left), len(right))):
            if left[at] != right[at]:
                break
        if at > 42:
            at -= 10
            lines.append('Skipping {} identical leading characters in diff, use -v to show'.format(at))
            left, right = left[at:], right[at:]
        if len(left) == len(right):
            at = 0
            for at in range(len(left)):
                if left[-at] != right[-at]:
                    break
            if at > 42:
                at -= 10
                lines.append('Skipping {} identical trailing characters in diff, use -v to show'.format(at))
                left, right = left[:-at], right[:-at]
    if left.isspace() or right.isspace():
        left, right = repr(str(left)), repr(str(right))
        lines.append('Strings contain only whitespace, escaping them using repr()')
    from difflib import ndiff
    diff = (line.strip('\n') for line in ndiff(right.splitlines(True), left.splitlines(True)))
    return lines + '\n'.join(diff).splitlines()


def whole_lines(left, right, verbose):
    """Both sides laid out, line by line."""
    if verbose <= 0:
        return [HINT]
    from difflib import ndiff
    from _pytest.pretty import laid_out
    diff = (line.rstrip() for line in ndiff(laid_out(right).splitlines(), laid_out(left).splitlines()))
    return ['', 'Full diff:', *'\n'.join(diff).splitlines()]


def item_lines(left, right):
    """The first items that differ, and what one side has more."""
    in_bytes = isinstance(left, bytes) and isinstance(right, bytes)
    lines = []
    for at in range(min(len(left), len(right))):
        if left[at] != right[at]:
            a, b = (left[at:at + 1], right[at:at + 1]) if in_bytes else (left[at], right[at])
            lines.append('At index {} diff: {!r} != {!r}'.format(at, a, b))
            break
    more = len(left) - len(right)
    if in_bytes or more == 0:
        return lines
    side, item = ('Left', left[len(right)]) if more > 0 else ('Right', right[len(left)])
    if abs(more) == 1:
        return [*lines, '{} contains one more item: {}'.format(side, shortened(item))]
    return [*lines, '{} contains {} more items, first extra item: {}'.format(side, abs(more), shortened(item))]


def extra(side, one, other, verbose):
    more = one - other
    if not more:
        return []
    return ['Extra items in the {} set:'.format(side), *(shortened(item) for item in first(more, verbose))]


def first(items, verbose):
    """All of them; of what is not small, no more than are told."""
    return list(items)[:MOST] if verbose < 0 else items


def formatted(value):
    from pprint import pformat
    return pformat(value).splitlines()


def key_lines(left, right, verbose):
    keys_left, keys_right = set(left), set(right)
    common = keys_left.intersection(keys_right)
    same = {key: left[key] for key in common if left[key] == right[key]}
    lines = []
    if same and verbose < 2:
        lines.append('Omitting {} identical items, use -vv to show'.format(len(same)))
    elif same:
        lines += ['Common items:', *formatted(same)]
    differing = {key for key in common if left[key] != right[key]}
    if differing:
        lines.append('Differing items:')
        lines += ('{} != {}'.format(shortened({key: left[key]}), shortened({key: right[key]}))
                  for key in first(differing, verbose))
    for side, own, more in (('Left', left, keys_left - keys_right), ('Right', right, keys_right - keys_left)):
        if more:
            lines.append('{} contains {} more item{}:'.format(side, len(more), '' if len(more) == 1 else 's'))
            lines += formatted({key: own[key] for key in first(more, verbose)})
    return lines


def field_lines(left, right, verbose):
    """The fields of two dataclasses or named tuples that differ, each taken apart in turn."""
    if not has_own_equality(left):
        return []
    if getattr(left, '__dataclass_fields__', None) is not None:
        from dataclasses import fields
        names = [field.name for field in fields(left) if field.compare]
    else:
        names = left._fields
    same = [name for name in names if getattr(left, name) == getattr(right, name)]
    differing = [name for name in names if name not in same]
    lines = ['']
    if same and verbose < 2:
        lines.append('Omitting {} identical items, use -vv to show'.format(len(same)))
    elif same:
        lines += ['Matching attributes:', *formatted(same)]
    if differing:
        lines += ['Differing attributes:', *formatted(differing)]
    for name in differing:
        a, b = getattr(left, name), getattr(right, name)
        lines += ['', 'Drill down into differing attribute {}:'.format(name), '  {}: {!r} != {!r}'.format(name, a, b)]
        lines += ('  ' + line for line in equal_details(a, b, verbose))
    return lines if names else []


def has_own_equality(value):
    """Whether a value compares by its fields: its class was given no `__eq__` by hand."""
    code = getattr(value.__eq__, '__code__', None)
    return code is None or code.co_filename == '<string>'


def contained(term, text, verbose):
    at = text.find(term)
    rest = text[:at] + text[at + len(term):]
    lines = ['{} is contained here:'.format(shortened(term, 42))]
    for line in text_lines(text, rest, verbose):
        if line.startswith('Skipping') or line.startswith('- '):
            continue
        lines.append('  ' + line[2:] if line.startswith('+ ') else line)
    return lines
