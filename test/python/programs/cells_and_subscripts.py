def t(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
m=memoryview(bytearray(b'abc')); r=memoryview(b'abc')
def s(m,k):
    m[k]=1
def d(m,k):
    del m[k]
for k in (0,5,1.5,'a',None,2**70,slice(0,1)):
    for x in (m,r):
        t(lambda:x[k] if type(k) is not slice else 0); t(lambda:s(x,k)); t(lambda:d(x,k))
def outer():
    x=1; b=2
    def f(): return b,x
    def g():
        nonlocal x
        x+=1
    return f,g
f,g=outer()
print(f.__code__.co_freevars,[c.cell_contents for c in f.__closure__]); g(); print(f.__closure__[1].cell_contents)
f.__closure__[0].cell_contents=9
print(f())
class K:
    def m(self): return __class__
print(K.m.__closure__[0].cell_contents is K, print.__name__)
def gg():
    y=5
    def h():
        yield y
    return h
print(gg().__closure__[0].cell_contents)
print([f.__closure__[0].cell_contents for f in [lambda: i for i in range(3)]] )
try:
    def e():
        def f(): return q
        print(f.__closure__[0].cell_contents)
        q=1
    e()
except ValueError as x: print(x)


class Holder:
    pass


class Failure(Exception):
    pass


def drop(target, key):
    del target[key]


for target in (Holder(), Failure(), 1, None, (1, 2), range(3), len, {1}, "ab"):
    for key in (0, 2**70, 1.5, slice(0, 1)):
        t(lambda: drop(target, key))
        t(lambda: s(target, key))
t(lambda: chr(2**53 + 1))
t(lambda: chr(-(2**70)))
t(lambda: b"" % 7)
e = Failure()
e.n = 1
print(vars(e), e.__dict__)


def extra(**more):
    return more


print(extra(**{"😀": 1}), dict(**{"naïve😀": 2}))
t(lambda: int("☃😀"))
t(lambda: [1] * "a")
t(lambda: "a" * [1])
t(lambda: b"a" * "b")
t(lambda: 1.5 * b"a")
