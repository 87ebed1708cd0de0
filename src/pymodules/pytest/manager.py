"""All fixtures by their names: which of them a test sees, and what it asks for."""
from _pytest.definitions import FixtureFunctionDefinition
from _pytest.functions import asked_names
from _pytest.nodes import SCOPES


class FixtureManager:
    """All fixtures by their names, from the furthest to the nearest."""

    def __init__(self, built_in):
        self.by_name = {}
        self.autouse = {}
        self.seen = set()
        self.built_in = built_in

    def add(self, fixture):
        self.by_name.setdefault(fixture.argname, []).append(fixture)
        if fixture.autouse:
            self.autouse.setdefault(fixture.baseid, []).append(fixture.argname)

    def read(self, holder, base):
        """Adds the fixtures that a module, or an instance of a class, has."""
        if id(holder) in self.seen:
            return
        self.seen.add(id(holder))
        space = holder.__dict__ if hasattr(holder, '__file__') else None
        names = sorted(space) if space is not None else dir(holder)
        for name in names:
            found = space[name] if space is not None else getattr(type(holder), name, None)
            if type(found) is not FixtureFunctionDefinition:
                continue
            marker = found.marker
            bound = found if space is not None else getattr(holder, name)
            from _pytest.fixtures import FixtureDef
            self.add(FixtureDef(base, marker.name or name, bound.function, marker.scope, marker.params,
                                marker.ids, marker.autouse))

    def matching(self, argname, node):
        """The fixtures of a name that a part of the tree sees, the nearest last."""
        if argname in self.built_in and not any(one.baseid is None for one in self.by_name.get(argname, ())):
            self.by_name.setdefault(argname, []).insert(0, self.built_in[argname](argname))
        return [one for one in self.by_name.get(argname, ()) if one.baseid is None or one.baseid in node.ids]

    def available(self, node):
        own = {name for name, found in self.by_name.items()
               if any(one.baseid is None or one.baseid in node.ids for one in found)}
        return own | set(self.built_in)

    def closure(self, node, func, cls, ignored):
        """The names that a test asks for, those that they ask for, by scope; and what each name means."""
        asked = () if func is None else asked_names(func, node.name, cls)
        names = dict.fromkeys(asked)
        marked = [name for mark in node.marks() if mark.name == 'usefixtures' for name in mark.args]
        if marked or self.autouse:
            always = [name for part in node.chain for name in self.autouse.get(part.nodeid, ())]
            names = dict.fromkeys([*always, *marked, *asked])
        initial = list(names)
        found = {}
        if not initial:
            return initial, found, initial, asked
        depths = {}

        def follow(name):
            names.setdefault(name)
            if name in ignored:
                return
            candidates = found.get(name)
            if not candidates:
                candidates = self.matching(name, node)
                if not candidates:
                    return
                found[name] = candidates
            depth = depths.get(name, 1)
            if depth > len(candidates) or depth < 0:
                return
            depths[name] = depth + 1
            for other in candidates[-depth].argnames:
                follow(other)
            depths[name] = depth

        for name in initial:
            follow(name)
        width = {name: SCOPES.index(found[name][-1].scope) if name in found else 0 for name in names}
        return sorted(names, key=lambda name: -width[name]), found, initial, asked
