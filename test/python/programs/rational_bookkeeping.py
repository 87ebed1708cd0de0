from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

getcontext().prec = 12
print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / Decimal(7), Decimal("1.10") * 3, Decimal("2.675").quantize(Decimal("0.01"), ROUND_HALF_UP))
print(sum(map(Decimal, "1.1 2.2 3.3".split())), Decimal("1e3"), Decimal("-0.00"), Decimal("100").normalize(), Decimal("7") // 2, Decimal("-7") % 3)
print(Fraction(3, 6), Fraction("0.125"), Fraction(1, 3) + Fraction(1, 6), Fraction(0.5), Fraction(7, 2) // 1, float(Fraction(1, 3)), Fraction(3.14159).limit_denominator(100))
print(Fraction(-7, 3) % 1, round(Fraction(5, 2)), Fraction(2, 3) ** -2, Fraction(1, 2) == 0.5, sorted([Fraction(1, 2), 0.3, 1]), repr(Fraction(4)))


def egyptian(f):
    parts = []
    while f:
        n = -(-f.denominator // f.numerator)
        parts.append(Fraction(1, n))
        f -= parts[-1]
    return parts


print(*egyptian(Fraction(5, 6)), "|", *egyptian(Fraction(4, 13)))
for action in (lambda: Fraction(1, 0), lambda: Decimal("x"), lambda: Decimal(1) + 1.5, lambda: Decimal(1) / 0):
    try:
        action()
    except Exception as error:
        print(type(error).__name__)
