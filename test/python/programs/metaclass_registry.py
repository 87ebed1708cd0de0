class Meta(type):
    classes = {}

    @classmethod
    def __prepare__(mcs, name, bases, **options):
        return {"made_by": mcs.__name__}

    def __new__(mcs, name, bases, space, *, tag=None):
        cls = super().__new__(mcs, name, bases, space)
        cls.tag = tag or name.lower()
        mcs.classes[cls.tag] = cls
        return cls

    def __init__(cls, name, bases, space, **options):
        super().__init__(name, bases, space)

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.serial = cls.count = getattr(cls, "count", 0) + 1
        return made

    def __len__(cls):
        return getattr(cls, "count", 0)

    def __iter__(cls):
        return iter(sorted(cls.__dict__.keys() - {"__module__", "__qualname__", "__dict__", "__weakref__", "__doc__"}))

    def __contains__(cls, item):
        return isinstance(item, cls)


class Base(metaclass=Meta):
    def hello(self):
        return f"{type(self).tag} {self.serial}"


class Child(Base, tag="kid"):
    pass


class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass


print(Base().hello(), Base().hello(), Child().hello(), len(Base), len(Child), list(Base), Child() in Base)
print(sorted(Meta.classes), type(Child) is Meta, Child.made_by, [c.__name__ for c in D.__mro__])
try:
    class E(A, B): pass
except TypeError as error:
    print(error)
try:
    class F(Base, int, metaclass=type): pass
    print(type(F).__name__)
except TypeError as error:
    print(error)
Dynamic = type("Dynamic", (Base,), {"x": 1, "double": lambda self: self.x * 2})if False else Meta("Dynamic", (Base,), {"x": 1, "double": lambda self: self.x * 2})
print(Dynamic().double(), Dynamic.tag, D.__bases__, super(B, D()).__thisclass__.__name__)
