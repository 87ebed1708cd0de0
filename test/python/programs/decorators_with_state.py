import functools
import time


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


def retry(times, *errors):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args):
            for attempt in range(1, times + 1):
                try:
                    return function(*args)
                except errors as error:
                    print(f"attempt {attempt}: {error!r}")
            raise RuntimeError("gave up") from error_of(function)
        return wrapper
    return decorate


def error_of(function):
    return LookupError(function.__name__)


class Registry:
    def __init__(self):
        self.commands = {}

    def __call__(self, name=None):
        def decorate(function):
            self.commands[name or function.__name__] = function
            return function
        return decorate


command = Registry()
state = {"left": 2}


@command()
@counted
def greet(name, *, polite=False):
    "Says hello."
    return f"{'Good day' if polite else 'Hi'}, {name}"


@command("flaky")
@retry(3, ConnectionError, KeyError)
def unstable(key):
    if state["left"]:
        state["left"] -= 1
        raise ConnectionError("lost")
    return {"ok": 1}[key]


print(greet("Ada"), greet("Bo", polite=True), greet.calls, greet.__name__, greet.__doc__)
print(sorted(command.commands))
print(command.commands["flaky"]("ok"))
try:
    unstable("nothing")
except RuntimeError as error:
    print(error, "<-", repr(error.__cause__))
