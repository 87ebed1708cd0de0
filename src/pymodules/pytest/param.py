"""Sets of parameters, as `pytest.param` gives them."""
from _pytest.marks import MarkDecorator


class NotSet:
    """What was not given."""
    __slots__ = ()

    def __repr__(self):
        return '<NotSetType.token: 0>'


NOTSET = NotSet()


class _HiddenParam:
    """Says that a set of parameters is no part of a test's name."""
    __slots__ = ()


HIDDEN_PARAM = _HiddenParam()


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
