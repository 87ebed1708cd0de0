#R
#R
class Polynomial:
    """A polynomial with the given coefficients, the constant first: `Polynomial(-5, 2, 3)` is
    3x² + 2x - 5. `coefficients` is a tuple that does not end with 0; it is empty for zero.
    """

    def __init__(self, *coefficients: float):
        # BLANK_START
        # TODO: without zeros at the high end.
        raise NotImplementedError
        # BLANK_END

    def __call__(self, x):
        """The value at x."""
        # BLANK_START
        # TODO: from the highest coefficient down.
        raise NotImplementedError
        # BLANK_END

    def __eq__(self, other) -> bool:
        return isinstance(other, Polynomial) and self.coefficients == other.coefficients

    def __add__(self, other: "Polynomial") -> "Polynomial":
        # BLANK_START
        # TODO: place by place; one may be longer.
        raise NotImplementedError
        # BLANK_END

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        # BLANK_START
        # TODO: each with each.
        raise NotImplementedError
        # BLANK_END

    def derivative(self) -> "Polynomial":
        """n · x^(n-1) for every x^n."""
        # BLANK_START
        # TODO: each coefficient times its place, one place further down.
        raise NotImplementedError
        # BLANK_END

    def shifted(self, places: int) -> "Polynomial":
        """Multiplied by x^places; when `places` is negative, divided without the rest."""
        # BLANK_START
        # TODO: zeros in front, or coefficients that go.
        raise NotImplementedError
        # BLANK_END
