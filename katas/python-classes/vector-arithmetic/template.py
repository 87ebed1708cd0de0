class Vector:
    """An arrow in the plane. Operators make new vectors and change none."""

    def __init__(self, x: float, y: float):
        self.x = x
        self.y = y

    def __repr__(self) -> str:
        """What creates it: `Vector(1, -2)`."""
        # BLANK_START
        # TODO: with the repr of both numbers.
        raise NotImplementedError
        # BLANK_END

    def __eq__(self, other) -> bool:
        """Equal to vectors of equal x and y, and to nothing else."""
        # BLANK_START
        # TODO: NotImplemented for what is no vector.
        raise NotImplementedError
        # BLANK_END

    def __hash__(self) -> int:
        """The same for equal vectors."""
        return hash((self.x, self.y))

    def __add__(self, other: "Vector") -> "Vector":
        # BLANK_START
        # TODO: side by side.
        raise NotImplementedError
        # BLANK_END

    def __neg__(self) -> "Vector":
        # BLANK_START
        # TODO: the opposite direction.
        raise NotImplementedError
        # BLANK_END

    def __sub__(self, other: "Vector") -> "Vector":
        # BLANK_START
        # TODO: plus the negative.
        raise NotImplementedError
        # BLANK_END

    def __mul__(self, factor: float) -> "Vector":
        """Longer or shorter by a number; vectors are no factors."""
        # BLANK_START
        # TODO: only for int and float.
        raise NotImplementedError
        # BLANK_END

    def __rmul__(self, factor: float) -> "Vector":
        """The same with the number on the left."""
        # BLANK_START
        # TODO: it makes no difference.
        raise NotImplementedError
        # BLANK_END

    def __abs__(self) -> float:
        """The length."""
        # BLANK_START
        # TODO: Pythagoras.
        raise NotImplementedError
        # BLANK_END

    def __bool__(self) -> bool:
        """False for the vector that goes nowhere, True for all others."""
        # BLANK_START
        # TODO: is any of the numbers not zero?
        raise NotImplementedError
        # BLANK_END
