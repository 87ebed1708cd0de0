from contextlib import ExitStack, contextmanager, nullcontext, redirect_stdout, suppress
import io


class Conflict(Exception):
    pass


class Store:
    def __init__(self, **values):
        self.values = dict(values)
        self.layers = []
        self.version = 0

    def get(self, key, default=None):
        for layer in reversed(self.layers):
            if key in layer:
                value = layer[key]
                return default if value is ... else value
        return self.values.get(key, default)

    def set(self, key, value):
        (self.layers[-1] if self.layers else self.values)[key] = value

    def delete(self, key):
        if self.layers:
            self.layers[-1][key] = ...
        else:
            del self.values[key]

    @contextmanager
    def transaction(self, name="t"):
        self.layers.append({})
        print(f"begin {name}")
        try:
            yield self
        except Conflict as error:
            print(f"rollback {name}: {error}")
            self.layers.pop()
        except BaseException:
            print(f"abort {name}")
            self.layers.pop()
            raise
        else:
            done = self.layers.pop()
            target = self.layers[-1] if self.layers else self.values
            for key, value in done.items():
                if value is ... and target is self.values:
                    target.pop(key, None)
                else:
                    target[key] = value
            self.version += not self.layers
            print(f"commit {name} {sorted(done)}")


store = Store(a=1, b=2)
with store.transaction("outer") as s:
    s.set("a", 10)
    with store.transaction("inner"):
        s.set("c", 3)
        s.delete("b")
        raise Conflict("somebody was faster")
    print(s.get("a"), s.get("b"), s.get("c", "none"))
print(store.values, store.version)
try:
    with store.transaction("broken"):
        store.set("a", 1 / 0)
except ZeroDivisionError as error:
    print("caught", error, error.__context__, store.values)
with store.transaction("x"), store.transaction("y"):
    store.delete("a")
print(store.values, store.layers)


class Resource:
    def __init__(self, name, fail=False):
        self.name, self.fail = name, fail

    def __enter__(self):
        if self.fail:
            raise OSError(5, "no luck", self.name)
        print("+", self.name)
        return self

    def __exit__(self, kind, error, trace):
        print("-", self.name, kind and kind.__name__)
        return self.name == "swallow"


with suppress(OSError), Resource("one"), Resource("two", fail=True):
    print("never")
with ExitStack() as stack:
    for name in ("a", "swallow", "c"):
        stack.enter_context(Resource(name))
    stack.callback(print, "callback")
    stack.push(lambda *details: print("pushed", details[0].__name__))
    raise ValueError("inside")
with ExitStack() as stack:
    stack.enter_context(Resource("kept"))
    later = stack.pop_all()
print("still open")
later.close()
buffer = io.StringIO()
with redirect_stdout(buffer), nullcontext(5) as five:
    print("hidden", five)
print(repr(buffer.getvalue()))


@contextmanager
def twice():
    yield 1
    yield 2


try:
    with twice():
        pass
except RuntimeError as error:
    print(error)
