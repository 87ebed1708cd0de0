class Typed:
    def __init__(self, kind, check=None):
        self.kind, self.check = kind, check

    def __set_name__(self, owner, name):
        self.name = name
        owner._fields = getattr(owner, "_fields", []) + [name]

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            return instance.__dict__[self.name]
        except KeyError:
            raise AttributeError(f"{self.name} was never set") from None

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}, not {type(value).__name__}")
        if self.check and not self.check(value):
            raise ValueError(f"{self.name} cannot be {value!r}")
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        del instance.__dict__[self.name]


class Cached:
    def __init__(self, function):
        self.function, self.name = function, function.__name__

    def __get__(self, instance, owner):
        print("computing", self.name)
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Meta(type):
    def __new__(mcs, name, bases, space):
        space.setdefault("_fields", [])
        return super().__new__(mcs, name, bases, dict(space))


class Product(metaclass=Meta):
    name = Typed(str, str.strip)
    price = Typed((int), lambda v: v >= 0)

    def __init__(self, name, price):
        self.name, self.price = name, price

    @Cached
    def label(self):
        return f"{self.name.upper()}:{self.price}"


p = Product("tea", 5)
print(p.label, p.label, Product._fields, vars(p))
for action in (lambda: setattr(p, "price", -1), lambda: Product(" ", 1), lambda: Product(3, 1), lambda: delattr(p, "name") or p.name):
    try:
        action()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
print(type(Product).__name__, isinstance(Product.price, Typed))
