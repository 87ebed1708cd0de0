"""What is collected: a session, its module, classes in it, tests; and what waits for the end of each."""
from _pytest.marks import marks_of

SCOPES = ('function', 'class', 'module', 'package', 'session')


class Node:
    """A part of the tree, from the session down to a test."""

    def __init__(self, name, parent, obj=None):
        self.name = name
        self.parent = parent
        self.held = obj
        self.chain = [self] if parent is None else [*parent.chain, self]
        self.nodeid = ''
        if parent is not None:
            self.session = parent.session
            self.nodeid = name if parent.nodeid == '' else parent.nodeid + '::' + name
        # What fixtures may be for; none is for a single test.
        self.ids = () if parent is None else (*parent.ids, parent.nodeid)
        self.own_markers = []
        self.user_properties = []
        self.stash = {}

    @property
    def obj(self):
        """The module, class or function that it is."""
        return self.held

    def listchain(self):
        return list(self.chain)

    def marks(self):
        """All marks, from the nearest part to the furthest."""
        found = self.own_markers
        parent = self.parent
        while parent is not None:
            if parent.own_markers:
                found = found + parent.own_markers
            parent = parent.parent
        return found

    def iter_markers(self, name=None):
        """Marks from the nearest to the furthest."""
        return (mark for mark in self.marks() if name is None or mark.name == name)

    def get_closest_marker(self, name, default=None):
        return next(self.iter_markers(name), default)

    def add_marker(self, marker, append=True):
        if isinstance(marker, str):
            from _pytest.marks import mark
            marker = getattr(mark, marker)
        if append:
            self.own_markers.append(marker.mark)
        else:
            self.own_markers.insert(0, marker.mark)

    def getparent(self, cls):
        return next((node for node in reversed(self.chain) if isinstance(node, cls)), None)

    def at_scope(self, scope):
        """The part that a scope is of; None for that of a class outside of any."""
        if scope == 'function':
            return self
        wanted = {'class': Class, 'module': Module}.get(scope, Session)
        return self.getparent(wanted)

    @property
    def config(self):
        return self.session.config

    @property
    def keywords(self):
        return {**{node.name: True for node in self.chain},
                **{mark.name: mark for node in self.chain for mark in node.own_markers}}

    @property
    def originalname(self):
        return self.name

    @property
    def cls(self):
        found = self.getparent(Class)
        return None if found is None else found.obj

    @property
    def module(self):
        found = self.getparent(Module)
        return None if found is None else found.obj

    @property
    def path(self):
        from pathlib import Path
        return Path(self.module.__file__) if self.module is not None else Path('/kata')

    fspath = path

    def addfinalizer(self, finalizer):
        self.session.setup_state.add(finalizer, self)

    def __repr__(self):
        return '<{} {}>'.format(type(self).__name__, self.name)


class Session(Node):
    def __init__(self):
        super().__init__('', None)
        self.session = self
        self.setup_state = SetupState()
        self._config = None
        self.fixtures = None

    @property
    def config(self):
        if self._config is None:
            from _pytest.config import Config
            self._config = Config()
        return self._config


class Module(Node):
    def __init__(self, name, parent, obj):
        super().__init__(name, parent, obj)
        self.own_markers.extend(marks_of(obj))


class Class(Node):
    def __init__(self, name, parent, obj):
        super().__init__(name, parent, obj)
        self.own_markers.extend(marks_of(obj))

    def newinstance(self):
        return self.obj()


class SetupState:
    """The parts that are set up now, outermost first, and what is to be called at the end of each."""

    def __init__(self):
        self.stack = {}

    def begin(self, item):
        """Sets up the parts around a test that are not yet; what failed before fails again."""
        # The test that was to come next may have been left out.
        self.end(item)
        for _, error in self.stack.values():
            if error is not None:
                raise error
        for node in item.chain[len(self.stack):]:
            self.stack[node] = ([], None)
            if node is item:
                try:
                    item.setup()
                except BaseException as error:
                    self.stack[node] = (self.stack[node][0], error)
                    raise

    def add(self, finalizer, node):
        self.stack[node][0].append(finalizer)

    def end(self, next_item):
        """Ends the parts that the next test is not in; every finalizer is called, whatever others raise."""
        needed = [] if next_item is None else next_item.chain
        errors = []
        while self.stack:
            if list(self.stack) == needed[:len(self.stack)]:
                break
            node = next(reversed(self.stack))
            finalizers, _ = self.stack[node]
            own = []
            while finalizers:
                finalizer = finalizers.pop()
                try:
                    finalizer()
                except BaseException as error:
                    own.append(error)
            self.stack.pop(node, None)
            if len(own) == 1:
                errors.append(own[0])
            elif own:
                errors.append(BaseExceptionGroup('errors while tearing down {!r}'.format(node), own[::-1]))
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise BaseExceptionGroup('errors during test teardown', errors[::-1])
