from collections import defaultdict
from functools import partial


class Bus:
    def __init__(self):
        self._handlers = defaultdict(list)

    def on(self, event, handler=None, *, first=False):
        if handler is None:
            return partial(self.on, event, first=first)
        self._handlers[event].insert(0 if first else len(self._handlers[event]), handler)
        return handler

    def emit(self, event, *args, **kwargs):
        results = []
        for handler in list(self._handlers.get(event, ())):
            try:
                results.append(handler(*args, **kwargs))
            except Exception as error:
                results.append(f"{type(error).__name__}: {error}")
        return results

    def __getattr__(self, name):
        if name.startswith("emit_"):
            return partial(self.emit, name[5:])
        raise AttributeError(f"Bus has no {name}")


bus = Bus()


@bus.on("save")
def log(path, size=0):
    return f"log {path} {size}"


@bus.on("save", first=True)
def check(path, **_):
    if not path.endswith(".txt"):
        raise ValueError(f"bad {path}")
    return "checked"


print(bus.emit("save", "a.txt", size=3), bus.emit_save("b.png"), bus.emit("other"), sorted(bus._handlers))
try:
    bus.missing
except AttributeError as error:
    print(error, hasattr(bus, "emit_x"))
