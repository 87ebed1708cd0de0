"""Parameters: which sets of them a test runs with, and what each is called."""
from _pytest.fixtures import FixtureDef
from _pytest.marks import Mark, normalized
from _pytest.native import ascii_id, is_enum_member, pattern_of
from _pytest.nodes import SCOPES
from _pytest.outcomes import fail
from _pytest.param import HIDDEN_PARAM, NOTSET, ParameterSet


class CallSpec:
    """One set of parameters of a test: values, places and scopes by name, parts of its id, marks."""
    __slots__ = ('params', 'indices', 'scopes', 'ids', 'marks')

    def __init__(self, params, indices, scopes, ids, marks):
        self.params = params
        self.indices = indices
        self.scopes = scopes
        self.ids = ids
        self.marks = marks

    @property
    def id(self):
        return '-'.join(self.ids)


EMPTY = CallSpec({}, {}, {}, [], [])


def split_names(argnames):
    """The names, and whether the values of a single one are no sequences of values."""
    if isinstance(argnames, str):
        names = [name.strip() for name in argnames.split(',') if name.strip()]
        return names, len(names) == 1
    return argnames, False


def names_of(mark):
    return split_names(mark.args[0] if mark.args else mark.kwargs['argnames'])[0]


class Metafunc:
    """A test function while its parameters are found."""

    def __init__(self, node, names, found):
        self.definition = node
        self.function = node.held
        self.fixturenames = names
        self.found = found
        self.cls = node.cls
        self.module = node.module
        self.config = node.config
        self.calls = []
        self.direct = {}

    def parametrize(self, argnames, argvalues, indirect=False, ids=None, scope=None):
        """Runs the test with each set of values; a second call, with each for each."""
        own = self.function.__name__
        names, single = split_names(argnames)
        sets = [one if isinstance(one, ParameterSet) else ParameterSet((one,) if single else one, (), None)
                for one in argvalues]
        for one in sets:
            if len(one.values) != len(names):
                fail('{}: in "parametrize" the number of names ({}):\n  {}\nmust be equal to the number of values '
                     '({}):\n  {}'.format(self.definition.nodeid, len(names), names, len(one.values), one.values),
                     pytrace=False)
        if not sets:
            reason = 'got empty parameter set for ({})'.format(', '.join(names))
            sets.append(ParameterSet((NOTSET,) * len(names), [Mark('skip', (), {'reason': reason})], 'NOTSET'))
        if 'request' in names:
            fail("{}: 'request' is a reserved name and cannot be used in @pytest.mark.parametrize".format(
                self.definition.nodeid), pytrace=False)
        if scope is None:
            scope = self.narrowest(names, indirect)
        elif scope not in SCOPES:
            fail("parametrize() call in {} got an unexpected scope value '{}'".format(own, scope), pytrace=False)
        self.check_used(names, indirect)
        texts = self.ids_of(names, ids, sets)
        self.place_values(names, indirect, scope)
        calls = []
        for call in self.calls or [EMPTY]:
            for index, (text, one) in enumerate(zip(texts, sets)):
                calls.append(self.extended(call, names, one, text, scope, index))
        self.calls = calls

    def extended(self, call, names, one, text, scope, index):
        params, indices, scopes = dict(call.params), dict(call.indices), dict(call.scopes)
        for name, value in zip(names, one.values):
            if name in params:
                fail('{}: duplicate parametrization of {!r}'.format(self.definition.nodeid, name), pytrace=False)
            params[name], indices[name], scopes[name] = value, index, scope
        ids = call.ids if text is HIDDEN_PARAM else [*call.ids, text]
        return CallSpec(params, indices, scopes, ids, [*call.marks, *normalized(one.marks)])

    def narrowest(self, names, indirect):
        """The scope of parameters that all go to fixtures: the narrowest of theirs."""
        whole = bool(indirect) if isinstance(indirect, bool) else len(indirect) == len(names)
        if not whole:
            return 'function'
        scopes = [SCOPES.index(found[-1].scope) for name, found in self.found.items() if name in names]
        return SCOPES[min(scopes, default=0)]

    def check_used(self, names, indirect):
        for name in names:
            if name in self.fixturenames:
                continue
            own = self.function.__name__
            code = self.function.__code__
            if name in code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]:
                fail("In {}: function already takes an argument '{}' with a default value".format(own, name),
                     pytrace=False)
            listed = isinstance(indirect, (list, tuple))
            kind = 'fixture' if (name in indirect if listed else indirect) else 'argument'
            fail("In {}: function uses no {} '{}'".format(own, kind, name), pytrace=False)

    def place_values(self, names, indirect, scope):
        """Values that go to no fixture of their name become one."""
        own = self.function.__name__
        if isinstance(indirect, bool):
            to_fixtures = set(names) if indirect else set()
        elif isinstance(indirect, (list, tuple)):
            for name in indirect:
                if name not in names:
                    fail("In {}: indirect fixture '{}' doesn't exist".format(own, name), pytrace=False)
            to_fixtures = set(indirect)
        else:
            fail('In {}: expected Sequence or boolean for indirect, got {}'.format(own, type(indirect).__name__),
                 pytrace=False)
        holder = None if scope == 'function' else self.definition.parent.at_scope(scope) or self.definition.parent
        for name in names:
            self.direct[name] = name not in to_fixtures
            if name in to_fixtures:
                continue
            known = None if holder is None else holder.stash.get(('param', name))
            fixture = known or FixtureDef(None, name, given_parameter, scope, names=('request',))
            if holder is not None:
                holder.stash[('param', name)] = fixture
            self.found[name] = [fixture]

    def ids_of(self, names, ids, sets):
        function, texts = None, None
        if callable(ids):
            function = ids
        elif ids is not None:
            texts = self.listed_ids(ids, len(sets))
        made = [self.set_id(names, one, index, function, texts) for index, one in enumerate(sets)]
        return unique(made, 'In {}: '.format(self.function.__name__))

    def listed_ids(self, ids, count):
        try:
            given = len(ids)
        except TypeError:
            try:
                iter(ids)
            except TypeError as error:
                raise TypeError('ids must be a callable or an iterable') from error
            given = count
        if given != count and given != 0:
            fail('In {}: {} parameter sets specified, with different number of ids: {}'.format(
                self.function.__name__, count, given), pytrace=False)
        return [one for one, _ in zip(ids, range(given))]

    def set_id(self, names, one, index, function, texts):
        if one.id is not None:
            return one.id if one.id is HIDDEN_PARAM else ascii_id(one.id)
        if texts and index < len(texts) and texts[index] is not None:
            text = texts[index]
            if text is HIDDEN_PARAM:
                return text
            made = value_id(text)
            if made is None:
                from _pytest.shorten import shortened
                fail('In {}: ids contains unsupported value {} (type: {!r}) at index {}. Supported types are: str, '
                     'bytes, int, float, complex, bool, enum, regex or anything with a __name__.'.format(
                         self.function.__name__, shortened(text), type(text), index), pytrace=False)
            return made
        return '-'.join(self.part_id(value, name, index, function) for value, name in zip(one.values, names))

    def part_id(self, value, name, index, function):
        if function is not None:
            try:
                text = function(value)
            except Exception as error:
                raise ValueError("{}: error raised while trying to determine id of parameter '{}' at position {}".format(
                    self.definition.nodeid, name, index)) from error
            made = None if text is None else value_id(text)
            if made is not None:
                return made
        made = value_id(value)
        return name + str(index) if made is None else made


def given_parameter(request):
    return request.param


def value_id(value):
    """What a value is called, where it has a name of its own."""
    if isinstance(value, (str, bytes)):
        return ascii_id(value)
    if value is None or isinstance(value, (float, int, bool, complex)):
        return str(value)
    pattern = pattern_of(value)
    if pattern is not None:
        return ascii_id(pattern)
    if value is NOTSET:
        return None
    if is_enum_member(value):
        return str(value)
    name = getattr(value, '__name__', None)
    return name if isinstance(name, str) else None


def unique(ids, where):
    """The same with a number behind those that are there more than once."""
    if len(set(ids)) == len(ids):
        return ids
    counts = {}
    for text in ids:
        counts[text] = counts.get(text, 0) + 1
    made = list(ids)
    suffixes = dict.fromkeys(counts, 0)
    for index, text in enumerate(ids):
        if counts[text] == 1:
            continue
        if text is HIDDEN_PARAM:
            fail(where + 'multiple instances of HIDDEN_PARAM cannot be used in the same parametrize call, '
                 'because the tests names need to be unique.')
        between = '_' if text and text[-1].isdigit() else ''
        taken = set(made)
        while text + between + str(suffixes[text]) in taken:
            suffixes[text] += 1
        made[index] = text + between + str(suffixes[text])
        suffixes[text] += 1
    return made


def calls_of(node, names, found):
    """All sets of parameters of a test: those of hooks, of its fixtures, then of its marks."""
    metafunc = Metafunc(node, names, found)
    for hook in hooks_of(node):
        hook(metafunc)
    marks = list(node.iter_markers('parametrize'))
    marked = {name for mark in marks for name in names_of(mark)}
    for name in list(names):
        if name in marked:
            continue
        for fixture in reversed(found.get(name, ())):
            if fixture.params is not None:
                metafunc.parametrize(name, fixture.params, indirect=True, scope=fixture.scope, ids=fixture.ids)
                break
            if name not in fixture.argnames:
                break
    for mark in marks:
        metafunc.parametrize(*mark.args, **mark.kwargs)
    for name, direct in metafunc.direct.items():
        if direct:
            for index, call in enumerate(metafunc.calls):
                call.indices[name] = index
    return metafunc.calls


def hooks_of(node):
    name = 'pytest_generate_tests'
    if node.cls is not None and hasattr(node.cls, name):
        yield getattr(node.cls(), name)
    if name in node.module.__dict__:
        yield node.module.__dict__[name]
