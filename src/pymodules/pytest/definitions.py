"""`pytest.fixture`: what a fixture's function is declared to be."""
from _pytest.functions import place_of
from _pytest.outcomes import fail


class FixtureFunctionMarker:
    __slots__ = ('scope', 'params', 'autouse', 'ids', 'name')

    def __init__(self, scope, params, autouse, ids, name):
        self.scope = scope
        self.params = None if params is None else tuple(params)
        self.autouse = autouse
        self.ids = ids if ids is None or callable(ids) else tuple(ids)
        self.name = name

    def __call__(self, function):
        if isinstance(function, type):
            raise ValueError('class fixtures not supported (maybe in the future)')
        if isinstance(function, FixtureFunctionDefinition):
            raise ValueError('@pytest.fixture is being applied more than once to the same function {!r}'.format(
                function.__name__))
        definition = FixtureFunctionDefinition(function, self)
        if definition.name == 'request':
            file, line = place_of(function)
            fail("'request' is a reserved word for fixtures, use another name:\n  {}:{}".format(file, line + 1),
                 pytrace=False)
        return definition


class FixtureFunctionDefinition:
    """A function that `pytest.fixture` was put onto; in a class it binds as a method does."""

    def __init__(self, function, marker, instance=None):
        self.name = marker.name or function.__name__
        self.__name__ = self.name
        self.__doc__ = getattr(function, '__doc__', None)
        self.__module__ = getattr(function, '__module__', None)
        self.__qualname__ = getattr(function, '__qualname__', self.name)
        self.__wrapped__ = function
        self.marker = marker
        self.function = function if instance is None else function.__get__(instance)

    def __get__(self, instance, owner=None):
        return FixtureFunctionDefinition(self.function, self.marker, instance)

    def __call__(self, *args, **kwargs):
        fail('Fixture "{}" called directly. Fixtures are not meant to be called directly,\n'
             'but are created automatically when test functions request them as parameters.\n'
             'See https://docs.pytest.org/en/stable/explanation/fixtures.html for more information about fixtures, and\n'
             'https://docs.pytest.org/en/stable/deprecations.html#calling-fixtures-directly'.format(self.name),
             pytrace=False)

    def __repr__(self):
        return '<pytest_fixture({})>'.format(self.function)


def fixture(fixture_function=None, *, scope='function', params=None, autouse=False, ids=None, name=None):
    """Declares that a function makes what tests ask for by its name."""
    marker = FixtureFunctionMarker(scope, params, autouse, ids, name)
    return marker(fixture_function) if fixture_function else marker
