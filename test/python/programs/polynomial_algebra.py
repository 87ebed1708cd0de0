class Polynomial:
    def __init__(self, *coefficients):
        while coefficients and coefficients[-1] == 0:
            coefficients = coefficients[:-1]
        self.c = coefficients

    def __call__(self, x):
        result = 0
        for c in reversed(self.c):
            result = result * x + c
        return result

    def __add__(self, other):
        if not isinstance(other, Polynomial):
            other = Polynomial(other)
        n = max(len(self.c), len(other.c))
        a, b = (p.c + (0,) * (n - len(p.c)) for p in (self, other))
        return Polynomial(*map(sum, zip(a, b)))

    __radd__ = __add__

    def __neg__(self):
        return Polynomial(*(-c for c in self.c))

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Polynomial(*(c * other for c in self.c))
        out = [0] * (len(self.c) + len(other.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(other.c):
                out[i + j] += a * b
        return Polynomial(*out)

    __rmul__ = __mul__

    def derivative(self):
        return Polynomial(*(n * c for n, c in enumerate(self.c) if n))

    def __str__(self):
        terms = []
        for n, c in reversed(list(enumerate(self.c))):
            if c:
                body = "" if n == 0 else "x" if n == 1 else f"x^{n}"
                number = f"{abs(c):g}" if abs(c) != 1 or n == 0 else ""
                terms.append(("-" if c < 0 else "+") + " " + number + body)
        text = " ".join(terms) or "+ 0"
        return text[2:] if text[0] == "+" else "-" + text[2:]


p, q = Polynomial(-1, 0, 2), Polynomial(1, -1)
print(p, "|", q, "|", p + q, "|", p * q, "|", 3 - q, "|", 2.5 * p, "|", p - p)
print((p * p * q).derivative(), p(3), [q(x) for x in range(-2, 3)], sum([p, q], Polynomial()))
x, f, g = 1.0, p, p.derivative()
for _ in range(5):
    x -= f(x) / g(x)
    print(f"{x:.12f}")
