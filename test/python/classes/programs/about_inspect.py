import inspect, functools, numbers, weakref
def f(a, b: int = 3, *args, c, d: str = 'x', **kw) -> bool:
    """Doc.

        indented
    """
print(inspect.signature(f), inspect.getdoc(f), list(inspect.signature(f).parameters))
class A:
    "adoc"
    def __init__(self, x, y=2): pass
    def m(self, z): return z
    @classmethod
    def c(cls, q): pass
    @staticmethod
    def s(w): pass
print(inspect.signature(A), inspect.signature(A(1).m), inspect.signature(A.c), inspect.signature(A.s), inspect.signature(A.m))
print(inspect.signature(functools.partial(f, 1, c=3)))
print(inspect.signature(f).bind(1, c=2), inspect.getfullargspec(f))
print(inspect.isfunction(f), inspect.ismethod(A(1).m), inspect.isclass(A), inspect.isgeneratorfunction(f), inspect.getmro(A))
def g(a, /, b, *, c): yield
print(inspect.signature(g), inspect.isgeneratorfunction(g))
for k,p in inspect.signature(f).parameters.items(): print(k, p.kind, p.default is p.empty, repr(p))
@functools.wraps(f)
def w(*a): pass
print(inspect.signature(w))
print([n for n,_ in inspect.getmembers(A(1), inspect.ismethod)])
try: inspect.signature(f).bind()
except TypeError as e: print(e)
print(isinstance(3, numbers.Number), isinstance(2.5, numbers.Integral), isinstance(2j, numbers.Complex), isinstance(True, numbers.Integral))
a = A(1); r = weakref.ref(a); print(r() is a, r == weakref.ref(a))
try: weakref.ref(3)
except TypeError as e: print(e)
d = weakref.WeakValueDictionary(); d['k'] = a; print(d['k'] is a, len(d))
s = weakref.WeakSet(); s.add(a); print(a in s)
p = weakref.proxy(a); print(p.m(3))
print(inspect.signature(lambda x, y=1: 0), inspect.Parameter('a', inspect.Parameter.KEYWORD_ONLY, default=3))
print(inspect.cleandoc("  a\n    b\n      c"), inspect.getsource(A.m))
