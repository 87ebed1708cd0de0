h = lambda: h()
class C:
    def __getattr__(self, name):
        return getattr(self, name + "x")
    def __call__(self):
        return self()
    @property
    def p(self):
        return self.p
for f in [h, lambda: C().missing, C(), lambda: C().p]:
    try:
        f()
    except RecursionError:
        print("too deep")
