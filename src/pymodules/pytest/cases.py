"""Classes of `unittest` among pytest's tests."""
from sys import exception
from unittest import SkipTest, TestLoader
from _pytest.fixtures import FixtureDef
from _pytest.items import Item
from _pytest.native import asserting
from _pytest.nodes import Class
from _pytest.outcomes import fail, Skipped, xfail


class CaseItem(Item):
    """A method of a TestCase, which runs it with its own setUp and tearDown."""

    @property
    def instance(self):
        if not self.made:
            self.made = True
            self.made_instance = instance = self.parent.obj(self.name)
            for name in dir(instance):
                if name.startswith('assert') and callable(getattr(instance, name)):
                    setattr(instance, name, counting(getattr(instance, name)))
        return self.made_instance

    def call(self):
        found = Found()
        self.instance(result=found)
        found.tell()


def counting(method):
    """The same method; each call of it asserts something."""
    def counted(*args, **kwargs):
        asserting()
        return method(*args, **kwargs)

    return counted


class Found:
    """A result of unittest's that keeps the first failure."""
    shouldStop = False
    failfast = False

    def __init__(self):
        self.error = None

    def keep(self, error):
        if self.error is None:
            self.error = error

    def startTest(self, test):
        pass

    stopTest = addSuccess = startTestRun = stopTestRun = startTest

    def addDuration(self, test, elapsed):
        pass

    def addError(self, test, err):
        self.keep(err[1])

    addFailure = addError

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.keep(err[1])

    def addSkip(self, test, reason):
        # Where it was raised tells whose it is.
        raised = exception()
        self.keep(raised if isinstance(raised, SkipTest) else Skipped(reason))

    def addExpectedFailure(self, test, err):
        self.keep(None)
        self.expected = True

    expected = False
    unexpected = False

    def addUnexpectedSuccess(self, test):
        self.unexpected = True

    def tell(self):
        if self.error is not None:
            raise self.error
        if self.expected:
            xfail('')
        if self.unexpected:
            fail('Unexpected success', pytrace=False)


def tests_of_case(parent, name, cls):
    if not getattr(cls, '__test__', True):
        return
    node = Class(name, parent, cls)
    names = TestLoader().getTestCaseNames(cls)
    if not getattr(cls, '__unittest_skip__', False):
        around_class(node)
    node.session.fixtures.read(cls('runTest') if hasattr(cls, 'runTest') or not names else cls(names[0]), node.nodeid)
    for method in names or (['runTest'] if hasattr(cls, 'runTest') else []):
        function = getattr(cls, method)
        if not getattr(function, '__test__', True):
            continue
        item = CaseItem(method, node, function, None)
        # It asks for no arguments, but the fixtures that every test around it gets are its own too.
        fixtures, found, _, _ = node.session.fixtures.closure(item, None, cls, ())
        item.ask(fixtures, found, ())
        yield item


def around_class(node):
    cls = node.obj

    def both(request):
        try:
            cls.setUpClass()
        except SkipTest:
            raise
        except Exception:
            cls.doClassCleanups()
            raise
        yield
        try:
            cls.tearDownClass()
        finally:
            cls.doClassCleanups()
            for _, error, _ in getattr(cls, 'tearDown_exceptions', ()):
                raise error

    node.session.fixtures.add(FixtureDef(
        node.nodeid, '_unittest_setUpClass_fixture_' + cls.__qualname__, both, 'class', autouse=True, names=('request',)))
