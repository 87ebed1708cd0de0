from contextlib import ExitStack, contextmanager, nullcontext, suppress

log = []


@contextmanager
def section(name, swallow=False):
    log.append(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as error:
        log.append(f"!{error}")
        if not swallow:
            raise
    finally:
        log.append(f"</{name}>")


class Transaction:
    def __init__(self, data):
        self.data = data

    def __enter__(self):
        self.saved = dict(self.data)
        return self.data

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.data.clear()
            self.data.update(self.saved)
            return issubclass(kind, KeyError)


with section("a") as a, section("b") as b:
    log.append(a + b)
with section("quiet", swallow=True):
    raise ValueError("inside")
try:
    with section("loud"):
        raise ValueError("again")
except ValueError as error:
    log.append(repr(error))
store = {"x": 1}
with Transaction(store) as data:
    data["x"] = 2
    data["missing"]["y"] = 1
print(store)
with ExitStack() as stack:
    names = [stack.enter_context(section(f"s{n}")) for n in range(3)]
    stack.callback(log.append, "callback")
    stack.push(lambda *exc: log.append(exc[0]) or False)
with suppress(ZeroDivisionError), nullcontext(5) as five:
    print(five / 0)
print(names, *log, sep="\n")
