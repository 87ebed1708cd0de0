class Vector:
    """An arrow in the plane. Operators make new vectors and change none."""

    def __init__(self, x: float, y: float):
        self.x = x
        self.y = y

    def __repr__(self) -> str:
        """What creates it: `Vector(1, -2)`."""
        return f"Vector({self.x!r}, {self.y!r})"

    def __eq__(self, other) -> bool:
        """Equal to vectors of equal x and y, and to nothing else."""
        if not isinstance(other, Vector):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self) -> int:
        """The same for equal vectors."""
        return hash((self.x, self.y))

    def __add__(self, other: "Vector") -> "Vector":
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __neg__(self) -> "Vector":
        return Vector(-self.x, -self.y)

    def __sub__(self, other: "Vector") -> "Vector":
        if not isinstance(other, Vector):
            return NotImplemented
        return self + -other

    def __mul__(self, factor: float) -> "Vector":
        """Longer or shorter by a number; vectors are no factors."""
        if not isinstance(factor, (int, float)):
            return NotImplemented
        return Vector(self.x * factor, self.y * factor)

    def __rmul__(self, factor: float) -> "Vector":
        """The same with the number on the left."""
        return self * factor

    def __abs__(self) -> float:
        """The length."""
        return (self.x**2 + self.y**2) ** 0.5

    def __bool__(self) -> bool:
        """False for the vector that goes nowhere, True for all others."""
        return self.x != 0 or self.y != 0
