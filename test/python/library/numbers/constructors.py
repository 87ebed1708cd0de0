class Foo2(float):
    def __float__(self): return 42.
class FI(float):
    def __init__(self, a, newarg=None): self.newarg=newarg
class C0(complex):
    def __complex__(self): return 42j
print(float(Foo2()), FI(2.5, newarg=3), FI(2.5,newarg=3).newarg, complex(C0(1j)), 0/-1, 0/-(2**100), 0/2**100)
for f in (lambda: float(x=1), lambda: Foo2(x=1), lambda: float.__getformat__(1), lambda: float(1,2), lambda: complex(1, C0(1j))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
