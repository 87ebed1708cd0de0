class Y:
    def __init__(self, v): self.v = v
    def __await__(self):
        x = yield self.v
        return x
async def inner(n):
    a = await Y(n)
    return [n, a]
async def agen():
    try:
        for i in range(3):
            await Y("w")
            got = yield i
            print("got", got)
    finally:
        print("agen done")
class CM:
    async def __aenter__(self):
        await Y("enter")
        return self
    async def __aexit__(self, *a):
        await Y("exit")
        print("aexit", a[0] is ValueError)
        return True
async def main():
    r = await inner(5)
    print(r)
    async for i in agen():
        print("item", i)
    else:
        print("else")
    print([x async for x in agen()])
    print({x: await inner(x) for x in range(2)})
    async with CM() as c, CM():
        raise ValueError
    g = agen()
    print(await g.asend(None))
    print(await g.asend("hello"))
    await g.aclose()
    try:
        await 5
    except TypeError as e: print(e)
    try:
        async for x in [1]: pass
    except TypeError as e: print(e)
    return "end"
def drive(c):
    v = None
    try:
        while True:
            v = c.send(v)
            print("yielded", v)
            v = "s"
    except StopIteration as e:
        print("result", e.value)
drive(main())
try:
    for x in main(): pass
except TypeError as e: print(e)
c = inner(1)
try:
    c.send(1)
except TypeError as e: print(e)
c.close()
try:
    c.send(None)
except RuntimeError as e: print(e)
d = {"a": 1}
exec("b = a + 1\ndef f(): return b\nc = f()", d)
print(d["b"], d["c"], [k for k in d])
l = {}
exec("z = a\nfor q in range(2): pass", d, l)
print(l, eval("z + a", d, l), eval("b", d))
def h():
    x = 5
    return eval("x + 1"), sorted(locals())
print(h())
code = compile("1 + 2", "q", "eval")
print(eval(code))
print(globals()["d"] is d)
try:
    eval("1 +")
except SyntaxError as e: print(e)
class A:
    exec("y = 3")
    print(y)
