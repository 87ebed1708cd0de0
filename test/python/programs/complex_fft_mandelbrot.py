import cmath
import math


def fft(values, sign=-1):
    n = len(values)
    if n == 1:
        return list(values)
    even, odd = fft(values[::2], sign), fft(values[1::2], sign)
    twisted = [cmath.exp(sign * 2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [e + t for e, t in zip(even, twisted)] + [e - t for e, t in zip(even, twisted)]


def inverse(values):
    return [v / len(values) for v in fft(values, 1)]


def multiply(a, b):
    size = 1 << (len(a) + len(b)).bit_length()
    x, y = ([complex(d) for d in reversed(digits)] + [0j] * (size - len(digits)) for digits in (a, b))
    product = inverse([p * q for p, q in zip(fft(x), fft(y))])
    carry, digits = 0, []
    for value in product:
        carry, digit = divmod(round(value.real) + carry, 10)
        digits.append(digit)
    return int("".join(map(str, reversed(digits))))


def escape(c, limit=40):
    z = 0j
    for n in range(limit):
        if abs(z) > 2:
            return n
        z = z * z + c
    return limit


def roots(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)


signal = [math.sin(2 * math.pi * 3 * t / 16) + 0.5 for t in range(16)]
print([round(abs(v), 6) + 0.0 for v in fft(signal)])
print(max(abs(a - b) for a, b in zip(signal, inverse(fft(signal)))) < 1e-12)
a, b = 98765432109876543210, 12345678901234567890
print(multiply([int(d) for d in str(a)], [int(d) for d in str(b)]) == a * b)
shades = " .:-=+*#%@"
for row in range(9):
    print("".join(shades[escape(complex(-2.1 + col * 0.07, -1.2 + row * 0.3)) * 9 // 40] for col in range(44)))
print(roots(1, 0, 4), roots(1, -3, 2), roots(2, 2, 1))
print(3 + 4j, -1j, complex(1, -0.0), 1e20 + 1j, complex("1.5-2j"), (2 - 3j).conjugate(), abs(3 - 4j), 2j**2)
print((1 + 2j) * (3 - 1j), (1 + 2j) / (3 - 4j), 1j**0.5, (-8) ** (1 / 3), complex(True), (1 + 0j) == 1, hash(2 + 0j) == hash(2))
print([f"{z:.2f}" for z in (cmath.rect(1, k * math.pi / 3) for k in range(3))], cmath.phase(-1), cmath.polar(1 + 1j))
print(f"{1.5 - 2.25j:+.1f}", f"{3j:>10}", f"{1e10 + 0.5j:g}", repr(complex("nan+infj")), cmath.isclose(cmath.exp(1j * cmath.pi), -1))
for bad in (lambda: 1j < 2, lambda: complex("1 + 2j"), lambda: 1j / 0, lambda: int(1j), lambda: 1j // 1, lambda: math.sqrt(-1)):
    try:
        print(bad())
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
