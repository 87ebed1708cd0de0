from datetime import date


class ValidationError(ValueError):
    pass


class Field:
    kind = object
    counter = 0

    def __init__(self, *, default=None, required=False, check=None):
        self.default, self.required, self.check = default, required, check

    def __set_name__(self, owner, name):
        self.name = name
        Field.counter += 1

    def __get__(self, row, owner=None):
        if row is None:
            return self
        return row.__dict__.get(self.name, self.default)

    def __set__(self, row, value):
        if value is not None and not isinstance(value, self.kind):
            value = self.convert(value)
        if self.check and value is not None and not self.check(value):
            raise ValidationError(f"{type(row).__name__}.{self.name}: {value!r} is refused")
        row.__dict__[self.name] = value

    def __delete__(self, row):
        row.__dict__.pop(self.name, None)

    def convert(self, value):
        try:
            return self.kind(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(f"{self.name} wants {self.kind.__name__}") from error

    def __eq__(self, other):
        return Condition(self.name, "==", other)

    def __gt__(self, other):
        return Condition(self.name, ">", other)

    __hash__ = object.__hash__


class Integer(Field):
    kind = int


class Text(Field):
    kind = str


class Day(Field):
    kind = date

    def convert(self, value):
        return date.fromisoformat(value)


class Condition:
    def __init__(self, name, sign, value):
        self.tests = [(name, sign, value)]

    def __and__(self, other):
        both = Condition(None, None, None)
        both.tests = self.tests + other.tests
        return both

    def __call__(self, row):
        return all(getattr(row, n) == v if s == "==" else getattr(row, n) > v for n, s, v in self.tests)

    def __str__(self):
        return " AND ".join(f"{n} {s} {v!r}" for n, s, v in self.tests)


class ModelMeta(type):
    tables = {}

    def __new__(mcls, name, bases, namespace, table=None):
        cls = super().__new__(mcls, name, bases, namespace)
        fields = {}
        for base in reversed(cls.__mro__):
            fields.update((k, v) for k, v in vars(base).items() if isinstance(v, Field))
        cls.fields, cls.rows = fields, []
        if bases:
            mcls.tables[table or name.lower() + "s"] = cls
        return cls

    def __len__(cls):
        return len(cls.rows)

    def where(cls, condition):
        return [row for row in cls.rows if condition(row)]


class Model(metaclass=ModelMeta):
    id = Integer()

    def __init__(self, **values):
        unknown = values.keys() - self.fields.keys()
        if unknown:
            raise TypeError(f"no field {', '.join(sorted(unknown))}")
        for name, field in self.fields.items():
            if name in values:
                setattr(self, name, values[name])
            elif field.required:
                raise ValidationError(f"{name} is required")
        type(self).rows.append(self)
        self.id = len(type(self))

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self.fields)})"


class Person(Model, table="people"):
    name = Text(required=True)
    age = Integer(default=0, check=lambda n: n >= 0)
    born = Day()


class Pupil(Person):
    grade = Integer(check=range(1, 13).__contains__)


print(Person(name="Ann", age="41"), Person(name=7, born="2001-02-03"), Pupil(name="Cy", grade=3), sep="\n")
print(sorted(ModelMeta.tables), list(Pupil.fields), len(Person), Field.counter)
condition = (Person.age > 10) & (Person.name == "Ann")
print(condition, Person.where(condition))
for make in (lambda: Person(), lambda: Person(name="x", age=-1), lambda: Person(name="x", agee=1),
             lambda: Person(name="x", age="old"), lambda: Pupil(name="x", grade=13)):
    try:
        make()
    except (ValidationError, TypeError) as error:
        print(type(error).__name__, error, "<-", repr(error.__cause__))
ann = Person.rows[0]
del ann.age
print(ann.age, vars(ann), isinstance(Person.age, Integer), Person.age.name)
