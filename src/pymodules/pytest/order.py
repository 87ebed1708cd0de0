"""The order of tests: those with the same parameter of a wide scope run together, so that it is set up once."""
from _pytest.nodes import SCOPES


def in_order(items):
    """Tests in the order in which they run, which is that of the file where no such parameters are."""
    if not any(scope != 'function' for item in items if item.callspec for scope in item.callspec.scopes.values()):
        return items
    keys = {}
    holders = {}
    for scope in SCOPES[:0:-1]:
        keys[scope] = {}
        holders[scope] = {}
        for item in items:
            own = keys_of(item, scope)
            if own:
                keys[scope][item] = own
                for key in own:
                    holders[scope].setdefault(key, {})[item] = None
    return list(at_scope(dict.fromkeys(items), keys, holders, len(SCOPES) - 1))


def keys_of(item, scope):
    if item.callspec is None:
        return []
    cls = item.cls if scope == 'class' else None
    spec = item.callspec
    return [(name, spec.indices[name], cls) for name in spec.indices if spec.scopes[name] == scope]


def at_scope(items, keys, holders, level):
    if level == 0 or len(items) < 3:
        return items
    scope = SCOPES[level]
    ignored = set()
    waiting = list(items)
    done = {}
    while waiting:
        plain = {}
        slicing = None
        while waiting:
            item = waiting.pop(0)
            if item in done or item in plain:
                continue
            own = [key for key in keys[scope].get(item, ()) if key not in ignored]
            if not own:
                plain[item] = None
                continue
            slicing = own[-1]
            same = [one for one in holders[scope][slicing] if one in items]
            for one in reversed(same):
                waiting.insert(0, one)
                to_front(one, keys, holders)
            break
        if plain:
            done.update(dict.fromkeys(at_scope(plain, keys, holders, level - 1)))
        if slicing is not None:
            ignored.add(slicing)
    return done


def to_front(item, keys, holders):
    for scope in keys:
        for key in keys[scope].get(item, ()):
            rest = holders[scope][key]
            holders[scope][key] = {item: None, **{one: None for one in rest if one is not item}}
