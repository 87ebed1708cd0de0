import sys
import types
from contextlib import suppress


def inner():
    got = yield 1
    print("inner got", got, outer_now.gi_yieldfrom)
    yield 2


def outer():
    yield from inner()
    yield from iter([3])
    yield 4


outer_now = outer()
print(outer_now.gi_frame.f_code.co_name, outer_now.gi_frame.f_back, outer_now.gi_yieldfrom, outer_now.gi_suspended)
print(next(outer_now), outer_now.gi_yieldfrom.gi_code.co_name, outer_now.send("x"), next(outer_now), type(outer_now.gi_yieldfrom).__name__)
print(next(outer_now), outer_now.gi_yieldfrom, list(outer_now), outer_now.gi_frame, outer_now.gi_running)


def keeps():
    try:
        raise KeyError("own")
    except KeyError:
        yield sys.exc_info()[0].__name__


gen = keeps()
print(next(gen), sys.exc_info())
try:
    gen.throw(ValueError("thrown"))
except ValueError as error:
    print(repr(error), repr(error.__context__))
try:
    raise TypeError("outside")
except TypeError:
    plain = (x for x in (1, 2))
    next(plain)
    try:
        plain.throw(ValueError("into plain"))
    except ValueError as error:
        print(repr(error), repr(error.__context__))


class Strange(Exception):
    def __new__(cls, *args):
        return 5


def waits():
    try:
        yield
    except TypeError as error:
        print("inside:", error)
        yield "went on"


gen = waits()
next(gen)
print(gen.throw(Strange))


async def coroutine():
    await pause()


@types.coroutine
def pause():
    yield "paused"


co = coroutine()
print(co.cr_await, co.send(None), co.cr_await.gi_code.co_name, co.cr_frame is not None)
with suppress(StopIteration):
    co.send(None)
print(co.cr_frame, co.cr_running, co.cr_suspended)


class Hinted:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter("ab")

    def __length_hint__(self):
        print("asked")
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint


for hint in (3, NotImplemented, TypeError(), ValueError("no"), -1, "x"):
    try:
        print(list(Hinted(hint)), [*Hinted(hint)])
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


class OnlySet:
    def __set__(self, row, value):
        row.__dict__["field"] = value * 2


class Row:
    field = OnlySet()


row = Row()
print(type(row.field).__name__)
row.field = 4
print(row.field, sorted(vars(row)), list(Row.__dict__.values())[1] is Row.field)
ring = ValueError("a")
ring.__context__ = other = ValueError("b")
other.__context__ = ring
try:
    try:
        raise other
    finally:
        try:
            raise KeyError("c")
        except KeyError as error:
            print(repr(error.__context__))
except ValueError:
    print("no hang")
try:
    raise ValueError
except (KeyError, ValueError):
    print("fits")
try:
    try:
        raise ValueError
    except (ValueError, 42):
        print("never")
except TypeError as error:
    print(error)
names = []


def order():
    def left():
        names.append("left")
        return 1

    def right():
        names.append("right")
        return [1]

    if left() in [right()]:
        names.append("in")
    if left() not in right():
        names.append("out")
    return names


print(order(), (-1).to_bytes(0, "big", signed=True), bytearray(b"it's"), ascii("é"))
