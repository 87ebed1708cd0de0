class A:
    "doc"
    x = 1
    def __init__(self, v): self.v = v
    @property
    def p(self): "pdoc"; return self.v
    @p.setter
    def p(self, v): self.v = v
    @classmethod
    def c(cls, a=1): return cls, a
    @staticmethod
    def s(a): return a
a = A(3)
print(a.p); a.p = 4; print(a.v, A.c(), a.c(5), A.s(7), a.s(8))
print(getattr(a, 'v'), getattr(a, 'zz', None), hasattr(a, 'v'), hasattr(a,'q'), isinstance(a, A), isinstance(a, (int, A)), issubclass(A, object))
try: print(a.zz)
except AttributeError as e: print(e)
print(A.__name__, A.__doc__, A.p.__doc__, A.__mro__, A.__dict__['x'], type(a), type(A), callable(a), callable(A), callable(len))
def f(a, b=2, *args, c, d=4, **kw):
    "fdoc"
    return a
f.z = 1
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__dict__, f.__code__.co_varnames, f.__code__.co_argcount, f.__code__.co_flags)
print(vars(a), a.__dict__)
a.__dict__['w'] = 5
print(a.w)
class Borg:
    _s = {}
    def __init__(self): self.__dict__ = self._s
b1=Borg(); b2=Borg(); b1.x=1; print(b2.x, Borg._s)
print(a.c.__func__.__name__ , A.__init__.__name__, a.__init__.__self__ is a)
