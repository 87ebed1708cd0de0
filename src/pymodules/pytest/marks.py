"""Marks on tests, and sets of parameters."""
from _pytest.outcomes import fail


class Mark:
    """A mark as it is kept: its name and its arguments."""
    __slots__ = ('name', 'args', 'kwargs')

    def __init__(self, name, args, kwargs):
        self.name = name
        self.args = args
        self.kwargs = kwargs

    def combined_with(self, other):
        return Mark(self.name, self.args + other.args, {**self.kwargs, **other.kwargs})

    def __eq__(self, other):
        if not isinstance(other, Mark):
            return NotImplemented
        return (self.name, self.args, self.kwargs) == (other.name, other.args, other.kwargs)

    __hash__ = None

    def __repr__(self):
        return 'Mark(name={!r}, args={!r}, kwargs={!r})'.format(self.name, self.args, self.kwargs)


class MarkDecorator:
    """A mark that can be put onto functions and classes, or given more arguments."""
    __slots__ = ('mark',)

    def __init__(self, mark):
        self.mark = mark

    @property
    def name(self):
        return self.mark.name

    @property
    def args(self):
        return self.mark.args

    @property
    def kwargs(self):
        return self.mark.kwargs

    markname = name

    def with_args(self, *args, **kwargs):
        return MarkDecorator(self.mark.combined_with(Mark(self.name, args, kwargs)))

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs:
            target = args[0]
            inner = target.__func__ if isinstance(target, (staticmethod, classmethod)) else target
            named = callable(inner) and getattr(inner, '__name__', '<lambda>') != '<lambda>'
            if named or isinstance(target, type):
                inner.pytestmark = [*own_marks(inner), self.mark]
                return target
        return self.with_args(*args, **kwargs)

    def __eq__(self, other):
        return self.mark == other.mark if isinstance(other, MarkDecorator) else NotImplemented

    __hash__ = None

    def __repr__(self):
        return 'MarkDecorator(mark={!r})'.format(self.mark)


class MarkGenerator:
    """`pytest.mark`: a mark of any name."""
    __slots__ = ()

    def __getattr__(self, name):
        if name[0] == '_':
            raise AttributeError('Marker name must NOT start with underscore')
        if name in ('parameterize', 'parametrise', 'parameterise'):
            fail("Unknown '{}' mark, did you mean 'parametrize'?".format(name))
        return MarkDecorator(Mark(name, (), {}))


mark = MarkGenerator()


def own_marks(obj):
    """The marks of an object itself; of a class, without those of its bases."""
    found = obj.__dict__.get('pytestmark', []) if isinstance(obj, type) else getattr(obj, 'pytestmark', [])
    return normalized(found if isinstance(found, list) else [found])


def marks_of(obj):
    """The marks of an object; of a class, those of its bases before its own."""
    if isinstance(obj, type):
        return [one for base in reversed(obj.__mro__) for one in own_marks(base)]
    return own_marks(obj)


def normalized(found):
    marks = []
    for one in found:
        inner = getattr(one, 'mark', one)
        if not isinstance(inner, Mark):
            raise TypeError('got {!r} instead of Mark'.format(inner))
        marks.append(inner)
    return marks
