import contextlib, sys
from contextlib import *
@contextmanager
def cm(x):
    print("enter", x)
    try:
        yield x * 2
    except ValueError as e:
        print("caught", e)
    finally:
        print("exit")
with cm(2) as y: print(y)
with cm(3): raise ValueError("v")
try:
    with cm(3): raise KeyError("k")
except KeyError as e: print("key", e, e.__context__)
try:
    with cm(3): raise StopIteration("k")
except StopIteration as e: print("stop", e)
with suppress(KeyError, TypeError): {}["a"]
with ExitStack() as st:
    st.callback(print, "cb", 1)
    st.enter_context(cm(5))
    st.push(lambda *a: print("push", a[0]))
    print("in")
@cm(9)
def deco(): print("deco")
deco(); deco()
@asynccontextmanager
async def acm():
    print("a-in")
    try: yield 1
    finally: print("a-out")
async def main():
    async with acm() as x: print(x)
    async with AsyncExitStack() as s:
        await s.enter_async_context(acm())
        s.push_async_callback(main2)
    async with nullcontext(4) as n: print(n)
async def main2(): print("main2")
try: main().send(None)
except StopIteration: pass
try:
    with ExitStack() as s:
        s.callback(lambda: 1/0)
        raise KeyError("orig")
except ZeroDivisionError as e: print(repr(e), repr(e.__context__))
class C:
    def close(self): print("closed")
with closing(C()) as c: pass
@contextmanager
def bad():
    if False: yield
try:
    with bad(): pass
except RuntimeError as e: print(e)
@contextmanager
def twice():
    yield; yield
try:
    with twice(): pass
except RuntimeError as e: print(e)
import contextvars
v = contextvars.ContextVar("v", default=3)
t = v.set(4); print(v.get()); v.reset(t); print(v.get())
ctx = contextvars.copy_context()
print(ctx.run(lambda: (v.set(9), v.get())[1]), v.get(), ctx[v])
