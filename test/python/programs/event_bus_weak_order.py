import re
from collections import defaultdict
from contextlib import contextmanager


class Bus:
    def __init__(self):
        self._handlers = defaultdict(list)
        self._muted = 0
        self.errors = []

    def on(self, pattern, priority=0):
        def register(handler):
            self._handlers[pattern].append((-priority, len(self._handlers[pattern]), handler))
            self._handlers[pattern].sort(key=lambda entry: entry[:2])
            return handler
        return register

    def emit(self, topic, **payload):
        if self._muted:
            return 0
        called = 0
        for pattern, handlers in self._handlers.items():
            if not re.fullmatch(pattern.replace(".", r"\.").replace("*", r"[^.]+"), topic):
                continue
            for _, _, handler in list(handlers):
                try:
                    called += 1
                    if handler(topic, **payload) is False:
                        return called
                except Exception as error:
                    self.errors.append(f"{handler.__name__}: {error!r}")
        return called

    @contextmanager
    def muted(self):
        self._muted += 1
        try:
            yield self
        finally:
            self._muted -= 1


bus = Bus()


@bus.on("order.*")
def log(topic, **payload):
    print("log", topic, payload)


@bus.on("order.paid", priority=5)
def ship(topic, number, **rest):
    print("ship", number)


@bus.on("order.paid", priority=9)
def audit(topic, number, amount=0, **rest):
    if amount < 0:
        raise ValueError(f"order {number} pays {amount}")
    return amount < 1000


@bus.on("user.*.login")
def welcome(topic):
    print("hello", topic.split(".")[1])


print(bus.emit("order.paid", number=1, amount=50))
print(bus.emit("order.paid", number=2, amount=5000))
print(bus.emit("order.paid", number=3, amount=-1))
print(bus.emit("user.ann.login"), bus.emit("user.ann.x.login"), bus.emit("order.paid"))
with bus.muted() as quiet, quiet.muted():
    print(bus.emit("order.sent"))
print(bus.emit("order.sent", to="Rome"))
print(*bus.errors, sep="\n")
