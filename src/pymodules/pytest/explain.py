"""The message of a failed `assert`: what its parts were, and how two sides differ."""
from _pytest.compare import compared, is_small
from _pytest.shorten import shortened, whole

# What has no value, since nobody asked for it.
ABSENT = object()

# As pytest's -v: None tells all of what is small, and the outlines of what is not.
VERBOSE = None


class Explanation:
    """
    Builds pytest's small language: a line that begins with `{` says where a value comes from, `}` ends
    that, `~` goes on at the same depth.
    """

    def __init__(self, values, verbose):
        self.values = values
        self.verbose = verbose
        self.compared = None
        self.lines = None

    def sides(self):
        """What was expected, what there was, and the lines in which they differ; None for no `==`."""
        sign, left, right = self.compared
        if sign != '==':
            return None
        lines = self.lines or []
        if 'Full diff:' in lines:
            diff = lines[lines.index('Full diff:') + 1:]
        else:
            diff = [line for line in lines[2:] if line[:2] in ('- ', '+ ', '? ', '  ')] if isinstance(left, str) else []
        return self.plain(right), self.plain(left), '\n'.join(diff)

    def plain(self, value):
        return value if isinstance(value, str) else told(value, None)

    def shown(self, value):
        if hasattr(value, '__self__') and type(value).__name__ == 'method':
            return value.__name__
        return told(value, self.verbose).replace('\n', '\\n')

    def at(self, place):
        return self.values[place] if place < len(self.values) else ABSENT

    def value(self, place):
        return self.shown(self.at(place))

    def tell(self, shape):
        return getattr(self, 'tell_' + shape[0])(*shape[1:])

    def tell_constant(self, value):
        return self.shown(value)

    def tell_value(self, place):
        return self.value(place)

    def tell_name(self, place, name, local):
        value = self.at(place)
        if value is ABSENT:
            return name
        return self.shown(value) if local or not is_named(value) else name

    def tell_call(self, place, callee, args):
        words = '{}({})'.format(
            self.tell(callee), ', '.join(prefix + self.tell(shape) for prefix, shape in args))
        return self.coming(place, words)

    def tell_attribute(self, place, of, name):
        return self.coming(place, '{}.{}'.format(self.tell(of), name))

    def coming(self, place, words):
        value = self.value(place)
        return '{0}\n{{{0} = {1}\n}}'.format(value, words)

    def tell_starred(self, of):
        return '*' + self.tell(of)

    def tell_unary(self, sign, of):
        return sign + self.tell(of)

    def tell_binary(self, place, sign, left, right):
        return '({} {} {})'.format(self.tell(left), sign, self.tell(right))

    def tell_choice(self, is_or, operands, places):
        reached = [self.tell(one) for one, place in zip(operands, places) if self.at(place) is not ABSENT]
        return '(' + (' or ' if is_or else ' and ').join(reached) + ')'

    def tell_compare(self, signs, operands, bracketed, places, results):
        at = 0
        for at, place in enumerate(results):
            try:
                done = not self.at(place)
            except Exception:
                done = True
            if done:
                break
        left, right = self.at(places[at]), self.at(places[at + 1])
        self.compared = (signs[at], left, right)
        self.lines = lines = compared(signs[at], left, right, self.verbose)
        if lines is not None:
            return '\n~'.join(line.replace('\n', '\\n') for line in lines)
        words = [self.tell(one) for one in operands[at:at + 2]]
        words = ['(' + one + ')' if wrap else one for one, wrap in zip(words, bracketed[at:at + 2])]
        return '{} {} {}'.format(words[0], signs[at], words[1])


def told(value, verbose):
    """A value as -v has it; small ones in full where nothing is said of that."""
    if verbose is None:
        return whole(value) if is_small(value) else shortened(value)
    return whole(value, True) if verbose > 1 else shortened(value)


def is_named(value):
    """Whether a global value goes by its name: functions, classes, modules."""
    if callable(value):
        return True
    try:
        return hasattr(value, '__name__')
    except Exception:
        return True


def explain(values, shape, message=ABSENT):
    """The message, and the comparison that decided if one did."""
    told = Explanation(values, VERBOSE)
    verbose = told.verbose
    words = 'assert ' + told.tell(shape)
    if message is not ABSENT:
        words = said(message, verbose) + '\n>' + words
    return laid_out(words), told.sides() if shape[0] == 'compare' else None


def said(message, verbose):
    """The message that the test gave itself."""
    if isinstance(message, str):
        return message.replace('\n', '\n~')
    return told(message, verbose).replace('\n', '\n~').replace('\\n', '\n~')


def laid_out(words):
    """The language as text: where values come from, indented below what they are of."""
    lines = []
    for line in words.split('\n'):
        if not lines or line[:1] in ('{', '}', '~', '>') and line:
            lines.append(line)
        else:
            lines[-1] += '\\n' + line
    result = lines[:1]
    stack = [0]
    counts = [0]
    for line in lines[1:]:
        if line[0] == '{':
            begin = 'and   ' if counts[-1] else 'where '
            stack.append(len(result))
            counts[-1] += 1
            counts.append(0)
            result.append(' +' + '  ' * (len(stack) - 1) + begin + line[1:])
        elif line[0] == '}':
            stack.pop()
            counts.pop()
            result[stack[-1]] += line[1:]
        else:
            stack[-1] += 1
            result.append('  ' * (len(stack) if line[0] == '~' else len(stack) - 1) + line[1:])
    return '\n'.join(result)
