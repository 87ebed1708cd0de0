from itertools import zip_longest
#R
#R
class Polynomial:
    """A polynomial with the given coefficients, the constant first: `Polynomial(-5, 2, 3)` is
    3x² + 2x - 5. `coefficients` is a tuple that does not end with 0; it is empty for zero.
    """

    def __init__(self, *coefficients: float):
        kept = list(coefficients)
        while kept and kept[-1] == 0:
            kept.pop()
        self.coefficients = tuple(kept)

    def __call__(self, x):
        """The value at x."""
        value = 0
        for coefficient in reversed(self.coefficients):
            value = value * x + coefficient
        return value

    def __eq__(self, other) -> bool:
        return isinstance(other, Polynomial) and self.coefficients == other.coefficients

    def __add__(self, other: "Polynomial") -> "Polynomial":
        pairs = zip_longest(self.coefficients, other.coefficients, fillvalue=0)
        return Polynomial(*(a + b for a, b in pairs))

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        product = [0] * (len(self.coefficients) + len(other.coefficients))
        for i, a in enumerate(self.coefficients):
            for j, b in enumerate(other.coefficients):
                product[i + j] += a * b
        return Polynomial(*product)

    def derivative(self) -> "Polynomial":
        """n · x^(n-1) for every x^n."""
        return Polynomial(*(n * c for n, c in enumerate(self.coefficients))).shifted(-1)

    def shifted(self, places: int) -> "Polynomial":
        """Multiplied by x^places; when `places` is negative, divided without the rest."""
        return Polynomial(*[0] * places, *self.coefficients[max(0, -places) :])
