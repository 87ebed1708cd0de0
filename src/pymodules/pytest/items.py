"""A test: what it needs, how it is called, and what its marks say of skipping and failing."""
from _pytest.functions import is_async, place_of
from _pytest.marks import marks_of
from _pytest.nodes import Class, Node
from _pytest.outcomes import fail, Skipped, xfail


class Item(Node):
    def __init__(self, name, parent, function, callspec):
        super().__init__(name, parent, function)
        self.callspec = callspec
        if hasattr(function, 'pytestmark'):
            self.own_markers.extend(marks_of(function))
        if callspec is not None:
            self.own_markers.extend(callspec.marks)
        self.fixturenames = ()
        self.funcargs = {}
        self.expected = None
        self.made = False
        self.made_instance = None

    @property
    def originalname(self):
        return self.name.partition('[')[0]

    def ask(self, names, found, asked):
        self.fixturenames = names
        self.asked = asked
        self.found = found

    @property
    def title(self):
        """As results name it: the classes that it is in, then itself."""
        return ' › '.join([node.name for node in self.chain if isinstance(node, Class)] + [self.name])

    @property
    def line(self):
        return place_of(self.held)[1]

    def place(self):
        """Its file, its line and its name."""
        return (*place_of(self.held), self.originalname)

    @property
    def instance(self):
        """The instance of its class, made for this test alone."""
        if not self.made:
            self.made = True
            parent = self.parent
            self.made_instance = parent.newinstance() if isinstance(parent, Class) else None
        return self.made_instance

    @property
    def obj(self):
        instance = self.instance
        return self.held if instance is None else getattr(instance, self.originalname)

    def prepare(self):
        """What its marks say: raises Skipped, or XFailed where it is not to run at all."""
        if not self.marks():
            return
        reason = skip_reason(self)
        if reason is not None:
            raise Skipped(reason)
        self.expected = expected_failure(self)
        if self.expected is not None and not self.expected[1]:
            xfail('[NOTRUN] ' + self.expected[0])

    def skip_known(self):
        """Why it will not run, where its marks tell that without fail; else None."""
        try:
            return skip_reason(self) if self.marks() else None
        except BaseException:
            return None

    def setup(self):
        filters = [text for mark in self.marks() if mark.name == 'filterwarnings' for text in mark.args]
        if filters:
            from _pytest.recwarn import filter_for
            filter_for(self, filters)
        if not self.fixturenames:
            return
        from _pytest.fixtures import FixtureRequest
        request = FixtureRequest(self, dict(self.found), {})
        for name in self.fixturenames:
            if name not in self.funcargs:
                self.funcargs[name] = request.getfixturevalue(name)

    def call(self):
        function = self.obj
        if is_async(function):
            fail('async def functions are not natively supported.\n'
                 'You need to install a suitable plugin for your async framework, for example:\n'
                 '  - anyio\n  - pytest-asyncio\n  - pytest-tornasync\n  - pytest-trio\n  - pytest-twisted',
                 pytrace=False)
        return function(**{name: self.funcargs[name] for name in self.asked})

    def expectation(self):
        """What its marks say of failing; they may have come while it ran."""
        if self.expected is None:
            self.expected = expected_failure(self)
        return self.expected

    def fails_as_expected(self, error):
        """Whether a failure is the one that its mark expects."""
        if self.expectation() is None:
            return False
        raises = self.expected[3]
        if raises is None:
            return True
        if isinstance(raises, (type, tuple)):
            return isinstance(error, raises)
        return hasattr(raises, 'matches') and raises.matches(error)

    def forget(self):
        self.funcargs = {}
        self.made = False
        self.made_instance = None


def conditions_of(mark):
    return (mark.kwargs['condition'],) if 'condition' in mark.kwargs else mark.args


def holds(item, mark, condition):
    """Whether a mark's condition holds, and the reason that it gives."""
    reason = mark.kwargs.get('reason')
    if isinstance(condition, str):
        import os
        import sys
        import platform
        names = {'os': os, 'sys': sys, 'platform': platform, 'config': item.config, **item.module.__dict__}
        try:
            result = eval(compile(condition, '<{} condition>'.format(mark.name), 'eval'), names)
        except SyntaxError as error:
            fail('Error evaluating {!r} condition\n    {}\n    {}^\nSyntaxError: invalid syntax'.format(
                mark.name, condition, ' ' * (error.offset or 0)), pytrace=False)
        except Exception as error:
            fail('Error evaluating {!r} condition\n    {}\n{}: {}\n'.format(
                mark.name, condition, type(error).__name__, error), pytrace=False)
        return result, 'condition: ' + condition if reason is None else reason
    try:
        result = bool(condition)
    except Exception as error:
        fail('Error evaluating {!r} condition as a boolean\n{}: {}\n'.format(mark.name, type(error).__name__, error),
             pytrace=False)
    if reason is None:
        fail('Error evaluating {!r}: you need to specify reason=STRING when using booleans as conditions.'.format(
            mark.name), pytrace=False)
    return result, reason


def skip_reason(item):
    for mark in item.iter_markers('skipif'):
        conditions = conditions_of(mark)
        if not conditions:
            return mark.kwargs.get('reason', '')
        for condition in conditions:
            result, reason = holds(item, mark, condition)
            if result:
                return reason
    for mark in item.iter_markers('skip'):
        return unconditional(*mark.args, **mark.kwargs)
    return None


def unconditional(reason='unconditional skip'):
    return reason


def expected_failure(item):
    """Reason, whether to run it, whether it must fail, and the exceptions that count."""
    for mark in item.iter_markers('xfail'):
        kwargs = mark.kwargs
        rest = (kwargs.get('run', True), bool(kwargs.get('strict', False)), kwargs.get('raises'))
        conditions = conditions_of(mark)
        if not conditions:
            return (kwargs.get('reason', ''), *rest)
        for condition in conditions:
            result, reason = holds(item, mark, condition)
            if result:
                return (reason, *rest)
    return None
