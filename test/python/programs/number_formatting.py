values = [0.1 + 0.2, 1e16, 1e15, 123456.789, 1e-5, 0.0001, -0.0, float("nan"), float("-inf"), 2**53 + 0.0, 5e-324, 1.7976931348623157e308, 100.0, 1/3]
for v in values:
    print(repr(v), f"{v:.3f}", f"{v:.2e}", f"{v:g}", f"{v:10.4g}|", "%.1f" % v)
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, 2.675)], round(2.675, 2), round(1234, -2), round(25, -1), round(35, -1), round(1e22))
print(7 // 2, -7 // 2, 7 // -2, 7 % -3, -7 % 3, 7.5 // 2, -7.5 % 2, divmod(-7, 3), divmod(7.5, -2), 5 % 3.0, 1e308 * 10)
print(int("  12_3 "), int("0x1f", 16), int("-0b11", 0), float(" 1e3 "), int(-3.99), int("१२"), complex("1+2j"), 0.1 .as_integer_ratio())
print(10**25, -(10**25) // 7, 10**25 % 7, 2**100 >> 90, (10**25).__truediv__(10**24), 3**50 / 3**48, 2**0.5, (-8) ** (1 / 3))
print(1 == 1.0 == True, hash(1) == hash(1.0) == hash(True), 2**53 == 2**53 + 0.0, 2**53 + 1 == float(2**53), 10**400 > 1e308, {1: "a", 1.0: "b", True: "c"})
print((3 + 4j) * (1 - 2j), abs(3 + 4j), (1j) ** 2, complex(1, -0.0), (2 + 0j) == 2, (1 + 2j).conjugate(), 1j.real)
print(f"{1234567.891:,.2f} {0.256:.1%} {42:08b} {-42:+x} {1e10:n} {12345678901234567890:,} {3:e} {True:d} {5:c}".replace("\x05", "^E"))
for action in (lambda: int("1.5"), lambda: 1 / 0, lambda: 1.0 // 0, lambda: 0.0**-1, lambda: int("nan"), lambda: int(float("inf")), lambda: 2.0**5000, lambda: (-1) << -1, lambda: float("1,5"), lambda: 1 < 1j):
    try:
        print(action())
    except (ValueError, ArithmeticError, TypeError) as error:
        print(type(error).__name__, error)
print(0xFF, 0b101, 0o17, 1_000, 1e3, .5, 5., 1e-07, 123456789012345680.0, 1.0e+16, (0.1).hex(), float.fromhex("0x1.8p1"))
