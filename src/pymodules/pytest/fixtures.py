"""Fixtures at work: which one a name means for a test, when it is made, when it ends."""
from _pytest.functions import asked_names, is_async, is_generator, place_of, real_function
from _pytest.nodes import SCOPES
from _pytest.outcomes import fail

NOTSET = object()


class FixtureDef:
    """A fixture for all tests below a part of the tree, and its value while there is one."""

    def __init__(self, base, argname, func, scope='function', params=None, ids=None, autouse=False, names=None):
        if callable(scope):
            scope = scope(fixture_name=argname, config=None)
        if scope not in SCOPES:
            fail("Fixture '{}'{} got an unexpected scope value '{}'".format(
                func.__name__, ' from ' + base if base else '', scope), pytrace=False)
        self.baseid = base
        self.argname = argname
        self.func = func
        self.scope = scope
        self.params = params
        self.ids = ids
        self.autouse = autouse
        self.argnames = asked_names(func, argname) if names is None else names
        self.cached = None
        self.finalizers = []

    def addfinalizer(self, finalizer):
        self.finalizers.append(finalizer)

    def finish(self, node):
        """Ends it: its finalizers are called, the last first, and its value is forgotten."""
        errors = []
        while self.finalizers:
            finalizer = self.finalizers.pop()
            try:
                finalizer()
            except BaseException as error:
                errors.append(error)
        self.cached = None
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise BaseExceptionGroup(
                'errors while tearing down fixture "{}" of {}'.format(self.argname, node), errors[::-1])

    def execute(self, request):
        """Makes the value, unless there is one for the same parameter."""
        needed = [request.active(name) for name in self.argnames]
        key = getattr(request, 'param', None)
        if self.cached is not None:
            value, known, error = self.cached
            try:
                same = bool(key == known)
            except (ValueError, RuntimeError):
                same = key is known
            if same:
                if error is not None:
                    raise error
                return
            self.finish(request.node)
        node = request.node

        def finalizer():
            self.finish(node)

        for fixture in needed:
            fixture.addfinalizer(finalizer)
        try:
            kwargs = {name: request.getfixturevalue(name) for name in self.argnames}
            try:
                value = call_fixture(self.function_for(request), request, kwargs)
            except BaseException as error:
                self.cached = (None, key, error)
                raise
            self.cached = (value, key, None)
        finally:
            node.addfinalizer(finalizer)

    def function_for(self, request):
        """The function; one of a class is bound to the test's own instance."""
        instance = request.instance
        own = getattr(self.func, '__self__', None)
        if instance is None or own is None or not isinstance(instance, type(own)):
            return self.func
        return self.func.__func__.__get__(instance)

    def __repr__(self):
        return '<FixtureDef argname={!r} scope={!r} baseid={!r}>'.format(self.argname, self.scope, self.baseid)


def call_fixture(function, request, kwargs):
    if is_async(function):
        fail("{!r} requested an async fixture {!r}, with no plugin or hook that handled it. This is usually an error, "
             "as pytest does not natively support it. This will turn into an error in pytest 9.\n"
             "See: https://docs.pytest.org/en/stable/deprecations.html#sync-test-depending-on-async-fixture".format(
                 request.node.name, request.fixturename), pytrace=False)
    if not is_generator(function):
        return function(**kwargs)
    generator = function(**kwargs)
    try:
        value = next(generator)
    except StopIteration:
        raise ValueError('{} did not yield a value'.format(request.fixturename)) from None

    def go_on():
        try:
            next(generator)
        except StopIteration:
            return
        from inspect import getsource
        from textwrap import indent
        fail("fixture function has more than one 'yield':\n\n{}\n{}:{}".format(
            indent(getsource(function).rstrip(), '    '), *place_of(function)), pytrace=False)

    request.addfinalizer(go_on)
    return value


class FixtureLookupError(LookupError):
    """No fixture of that name, or one that needs itself."""

    def __init__(self, argname, request, msg=None):
        self.argname = argname
        self.request = request
        self.msg = msg
        super().__init__(self.words())

    def words(self):
        if self.msg is not None:
            return self.msg
        item = self.request.item
        names = sorted(item.session.fixtures.available(item))
        if self.argname in names:
            first = "recursive dependency involving fixture '{}' detected".format(self.argname)
        else:
            first = "fixture '{}' not found".format(self.argname)
        return '{}\navailable fixtures: {}'.format(first, ', '.join(n for n in names if not n.startswith('_xunit')))

    def __str__(self):
        return self.words()


class FixtureRequest:
    """What a fixture, or a test, asks with."""
    fixturename = None
    scope = 'function'

    def __init__(self, item, defs, active):
        self.item = item
        self.defs = defs
        self.actives = active

    @property
    def fixturenames(self):
        return [*self.item.fixturenames, *(name for name in self.actives if name not in self.item.fixturenames)]

    @property
    def node(self):
        return self.item

    @property
    def config(self):
        return self.item.config

    @property
    def session(self):
        return self.item.session

    @property
    def keywords(self):
        return self.node.keywords

    def _within(self, name, *scopes):
        if self.scope not in scopes:
            raise AttributeError('{} not available in {}-scoped context'.format(name, self.scope))

    @property
    def function(self):
        self._within('function', 'function')
        return self.item.obj

    @property
    def cls(self):
        self._within('cls', 'class', 'function')
        return self.item.cls

    @property
    def instance(self):
        return self.item.instance if self.scope == 'function' else None

    @property
    def module(self):
        self._within('module', 'function', 'class', 'module')
        return self.item.module

    @property
    def path(self):
        self._within('path', 'function', 'class', 'module', 'package')
        return self.item.path

    fspath = path

    def applymarker(self, marker):
        self.node.add_marker(marker)

    def raiseerror(self, msg):
        raise FixtureLookupError(None, self, msg)

    def addfinalizer(self, finalizer):
        self.item.addfinalizer(finalizer)

    def getfixturevalue(self, argname):
        """The value of the fixture of this name, which is made if it is not there yet."""
        fixture = self.active(argname)
        if fixture.cached is None:
            raise AssertionError('The fixture value for "{}" is not available.  This can happen when the fixture '
                                 'has already been torn down.'.format(argname))
        return fixture.cached[0]

    def requests(self):
        """The requests that led here, this one first, without the test's own."""
        at = self
        while at.fixturename is not None:
            yield at
            at = at.outer

    def active(self, argname):
        if argname == 'request':
            return RequestFixture(self)
        fixture = self.actives.get(argname)
        if fixture is not None:
            self.check_scope(fixture)
            return fixture
        candidates = self.defs.get(argname)
        if candidates is None:
            candidates = self.session.fixtures.matching(argname, self.item)
            if candidates:
                self.defs[argname] = candidates
        # A fixture that asks for its own name means the one that it overrides.
        index = 1 + sum(1 for request in self.requests() if request.fixturename == argname)
        if not candidates or index > len(candidates):
            raise FixtureLookupError(argname, self)
        fixture = candidates[-index]
        spec = self.item.callspec
        if spec is not None and argname in spec.params:
            param, scope = spec.params[argname], spec.scopes[argname]
        else:
            param, scope = NOTSET, fixture.scope
            if fixture.params is not None:
                self.lacks_parameter(fixture)
        self.check_scope(fixture)
        fixture.execute(SubRequest(self, fixture, param, scope))
        self.actives[argname] = fixture
        return fixture

    def check_scope(self, fixture):
        pass

    def lacks_parameter(self, fixture):
        fail("The requested fixture has no parameter defined for test:\n    {}\n\nRequested fixture '{}' defined in:\n"
             "{}:{}".format(self.item.nodeid, fixture.argname, *place_of(fixture.func)), pytrace=False)

    def __repr__(self):
        return '<FixtureRequest for {!r}>'.format(self.node)


class SubRequest(FixtureRequest):
    """What one fixture asks with."""

    def __init__(self, outer, fixture, param, scope):
        super().__init__(outer.item, outer.defs, outer.actives)
        self.outer = outer
        self.fixture = fixture
        self.fixturename = fixture.argname
        self.scope = scope
        if param is not NOTSET:
            self.param = param

    @property
    def node(self):
        return self.item.at_scope(self.scope) or self.item

    def addfinalizer(self, finalizer):
        self.fixture.addfinalizer(finalizer)

    def check_scope(self, fixture):
        if SCOPES.index(self.scope) <= SCOPES.index(fixture.scope):
            return
        stack = '\n'.join(line_of(request.fixture) for request in reversed(list(self.requests())))
        fail('ScopeMismatch: You tried to access the {} scoped fixture {} with a {} scoped request object. '
             'Requesting fixture stack:\n{}\nRequested fixture:\n{}'.format(
                 fixture.scope, fixture.argname, self.scope, stack, line_of(fixture)), pytrace=False)

    def __repr__(self):
        return '<SubRequest {!r} for {!r}>'.format(self.fixturename, self.item)


class RequestFixture:
    """`request` itself, as a fixture."""
    scope = 'function'

    def __init__(self, request):
        self.cached = (request, None, None)

    def addfinalizer(self, finalizer):
        pass


def line_of(fixture):
    from inspect import signature
    file, line = place_of(fixture.func)
    return '{}:{}:  def {}{}'.format(
        file.rpartition('/')[2], line, real_function(fixture.func).__name__, signature(fixture.func))
