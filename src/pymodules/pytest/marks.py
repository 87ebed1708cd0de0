"""Marks on tests, and sets of parameters."""
from _pytest.outcomes import fail


class NotSet:
    """What was not given."""
    __slots__ = ()

    def __repr__(self):
        return '<NotSetType.token: 0>'


NOTSET = NotSet()


class _HiddenParam:
    __slots__ = ()
    name = 'token'


HIDDEN_PARAM = _HiddenParam()


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


class ParameterSet(tuple):
    """One set of parameters, with marks and an id of its own."""
    __slots__ = ()

    def __new__(cls, values, marks, id):
        return tuple.__new__(cls, (values, marks, id))

    values = property(lambda self: self[0])
    marks = property(lambda self: self[1])
    id = property(lambda self: self[2])

    def __repr__(self):
        return 'ParameterSet(values={!r}, marks={!r}, id={!r})'.format(*self)


def param(*values, marks=(), id=None):
    """A set of parameters for `parametrize`, with marks, or an id, of its own."""
    if isinstance(marks, MarkDecorator):
        marks = (marks,)
    if any(one.name == 'usefixtures' for one in marks):
        raise ValueError('pytest.param cannot add pytest.mark.usefixtures; see '
                         'https://docs.pytest.org/en/stable/reference/reference.html#pytest-param')
    if id is not None and not isinstance(id, str) and id is not HIDDEN_PARAM:
        raise TypeError('Expected id to be a string or a `pytest.HIDDEN_PARAM` sentinel, got {}: {!r}'.format(
            type(id), id))
    return ParameterSet(values, marks, id)
