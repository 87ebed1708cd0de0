"""From a module to its tests, in the order in which they run."""
from _pytest.builtin_fixtures import BUILT_IN
from _pytest.definitions import FixtureFunctionDefinition
from _pytest.manager import FixtureManager
from _pytest.functions import call_with_optional, is_generator, real_function
from _pytest.items import Item
from _pytest.nodes import Class, Module, Session
from _pytest.order import in_order
from _pytest.outcomes import fail
from _pytest.native import is_abstract


def collect(name, module, conftest):
    """The session, and its tests."""
    session = Session()
    session.fixtures = FixtureManager(BUILT_IN)
    if conftest is not None:
        session.fixtures.read(conftest, '')
    node = Module(name + '.py', session, module)
    if getattr(module, '__test__', True):
        around_module(node)
        session.fixtures.read(module, node.nodeid)
        items = in_order(list(tests_of(node, [module.__dict__])))
    else:
        items = []
    return session, items


def tests_of(node, spaces):
    """The tests in a module or class; those that a class inherits come first, as CPython's order has it."""
    seen = set()
    found = []
    for space in spaces:
        own = []
        for name, obj in list(space.items()):
            if name not in seen:
                seen.add(name)
                own.extend(tests_from(node, name, obj))
        found.append(own)
    for own in reversed(found):
        yield from own


def tests_from(node, name, obj):
    inner = obj.__func__ if isinstance(obj, (staticmethod, classmethod)) else obj
    if not callable(inner) or name.startswith('__'):
        return ()
    wanted = getattr_safely(obj, '__test__') is True
    if isinstance(obj, type):
        if is_test_case(obj):
            from _pytest.cases import tests_of_case
            return tests_of_case(node, name, obj)
        if (wanted or name.startswith('Test')) and not is_abstract(obj):
            return tests_of_class(Class(name, node, obj))
        return ()
    if not (wanted or name.startswith('test')):
        return ()
    if isinstance(inner, FixtureFunctionDefinition):
        return ()
    real = real_function(inner)
    if not hasattr(real, '__code__') or not getattr(inner, '__test__', True):
        return ()
    if is_generator(inner):
        fail("'yield' keyword is allowed in fixtures, but not in tests ({})".format(name), pytrace=False)
    return tests_of_function(node, name, inner)


def is_test_case(cls):
    return any(base.__name__ == 'TestCase' and base.__module__ == 'unittest.case' for base in cls.__mro__)


def getattr_safely(obj, name):
    try:
        return getattr(obj, name, None)
    except Exception:
        return None


def tests_of_class(node):
    cls = node.obj
    if not getattr_safely(cls, '__test__') and getattr_safely(cls, '__test__') is not None:
        return
    if cls.__init__ is not object.__init__ or cls.__new__ is not object.__new__:
        return
    around_class(node)
    node.session.fixtures.read(node.newinstance(), node.nodeid)
    yield from tests_of(node, [base.__dict__ for base in cls.__mro__])


def tests_of_function(parent, name, function):
    definition = Item(name, parent, function, None)
    marks = [mark for mark in definition.marks() if mark.name == 'parametrize']
    ignored = set()
    if marks:
        from _pytest.parametrize import names_of
        for mark in marks:
            if not mark.kwargs.get('indirect', False) and not mark.args[2:3] == (True,):
                ignored.update(names_of(mark))
    cls = parent.held if isinstance(parent, Class) else None
    names, found, initial, asked = parent.session.fixtures.closure(definition, function, cls, ignored)
    calls = ()
    if marks or has_hooks(parent) or any(one.params is not None for some in found.values() for one in some):
        from _pytest.parametrize import calls_of
        calls = calls_of(definition, names, found)
        names = needed(names, found, initial)
    if not calls:
        definition.ask(names, found, asked)
        yield definition
    for call in calls:
        title = name + '[' + call.id + ']' if call.ids else name
        item = Item(title, parent, function, call)
        item.ask(names, found, asked)
        yield item


def has_hooks(parent):
    """Whether the file, or the class, has a say in the parameters of its tests."""
    known = parent.stash.get('hooks')
    if known is None:
        hook = 'pytest_generate_tests'
        known = hook in parent.module.__dict__ or parent.cls is not None and hasattr(parent.cls, hook)
        parent.stash['hooks'] = known
    return known


def needed(names, found, initial):
    """What is asked for still, now that parameters stand in the place of fixtures."""
    closure = set()
    working = list(initial)
    while working:
        name = working.pop()
        if name in closure or name not in names:
            continue
        closure.add(name)
        if name in found:
            working.extend(found[name][-1].argnames)
    return [name for name in names if name in closure]


def first_of(obj, *names):
    for name in names:
        found = getattr(obj, name, None)
        if found is not None and not isinstance(found, FixtureFunctionDefinition):
            return found
    return None


def around(node, name, scope, before, after):
    """A fixture of every test below that calls something before and something after."""
    if before is None and after is None:
        return

    def both(request):
        if before is not None:
            before(request)
        yield
        if after is not None:
            after(request)

    from _pytest.fixtures import FixtureDef
    node.session.fixtures.add(FixtureDef(node.nodeid, name, both, scope, autouse=True, names=('request',)))


def around_module(node):
    module = node.obj

    def calling(*names):
        function = first_of(module, *names)
        return function and (lambda request: call_with_optional(function, module))

    def calling_with_function(name):
        function = first_of(module, name)
        if function is None:
            return None
        return lambda request: call_with_optional(function, request.function) if request.instance is None else None

    around(node, '_xunit_setup_module_fixture_' + module.__name__, 'module',
           calling('setUpModule', 'setup_module'), calling('tearDownModule', 'teardown_module'))
    around(node, '_xunit_setup_function_fixture_' + module.__name__, 'function',
           calling_with_function('setup_function'), calling_with_function('teardown_function'))


def around_class(node):
    cls = node.obj

    def of_class(name):
        function = first_of(cls, name)
        if function is None:
            return None
        return lambda request: call_with_optional(getattr(function, '__func__', function), cls)

    def of_instance(name):
        if first_of(cls, name) is None:
            return None
        return lambda request: call_with_optional(getattr(request.instance, name), request.function)

    around(node, '_xunit_setup_class_fixture_' + cls.__qualname__, 'class',
           of_class('setup_class'), of_class('teardown_class'))
    around(node, '_xunit_setup_method_fixture_' + cls.__qualname__, 'function',
           of_instance('setup_method'), of_instance('teardown_method'))
