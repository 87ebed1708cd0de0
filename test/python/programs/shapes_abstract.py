import math
from abc import ABC, abstractmethod


class Shape(ABC):
    registry = {}

    def __init_subclass__(cls, sides=0, **kwargs):
        super().__init_subclass__(**kwargs)
        Shape.registry[cls.__name__.lower()] = (cls, sides)

    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    def __lt__(self, other):
        if not isinstance(other, Shape):
            return NotImplemented
        return self.area() < other.area()

    def __str__(self):
        return f"{self.name} with area {self.area():.3f}"


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    name = "circle"

    def area(self):
        return math.pi * self.radius**2


class Polygon(Shape, sides=-1):
    name = property(lambda self: type(self).__name__)


class Square(Polygon, sides=4):
    def __init__(self, side=1):
        self.side = side

    def area(self):
        return self.side**2


shapes = [Square(3), Circle(1.5), Square(2.5)]
for shape in sorted(shapes):
    print(shape)
print(max(shapes), min(shapes).side)
print({name: sides for name, (cls, sides) in Shape.registry.items()})
for make in (Shape, Polygon, lambda: Square() < 3, lambda: Shape.registry["circle"][0]()):
    try:
        make()
    except TypeError as error:
        print(error)
print(issubclass(Square, Shape), Shape.__abstractmethods__ == {"area", "name"}, isinstance(Circle(1), ABC))
