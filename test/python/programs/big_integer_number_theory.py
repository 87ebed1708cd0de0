import math
import random


def is_prime(n, rounds=12):
    if n < 2 or any(n % p == 0 for p in (2, 3, 5, 7) if n > p):
        return n in (2, 3, 5, 7)
    if n in (2, 3, 5, 7):
        return True
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for a in random.Random(n).sample(range(2, min(n - 1, 10**6)), min(rounds, n - 4)):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def rho(n):
    if n % 2 == 0:
        return 2
    for c in range(1, 20):
        slow = fast = 2
        d = 1
        while d == 1:
            slow = (slow * slow + c) % n
            fast = (fast * fast + c) % n
            fast = (fast * fast + c) % n
            d = math.gcd(abs(slow - fast), n)
        if d != n:
            return d
    return n


def factors(n):
    if n == 1:
        return []
    if is_prime(n):
        return [n]
    d = rho(n)
    return sorted(factors(d) + factors(n // d))


def extended(a, b):
    x0, x1, y0, y1 = 1, 0, 0, 1
    while b:
        q, a, b = a // b, b, a % b
        x0, x1 = x1, x0 - q * x1
        y0, y1 = y1, y0 - q * y1
    return a, x0, y0


def chinese(pairs):
    total, product = 0, math.prod(m for _, m in pairs)
    for r, m in pairs:
        part = product // m
        total += r * part * pow(part, -1, m)
    return total % product


p, q, e = 2**61 - 1, 2**89 - 1, 65537
n, d = p * q, pow(e, -1, (p - 1) * (q - 1))
message = int.from_bytes("kata ☃".encode(), "big")
secret = pow(message, e, n)
print(secret, pow(secret, d, n).to_bytes(8, "big").lstrip(b"\0").decode())
print([m for m in range(2, 130) if is_prime(2**m - 1)])
print(factors(600851475143), factors(2**64 + 1), factors(10**12 + 39))
print(extended(240, 46), chinese([(2, 3), (3, 5), (2, 7)]), math.lcm(*range(1, 31)))
print(math.isqrt(10**40 + 1), math.comb(100, 50), math.factorial(30), math.perm(20, 5))
print(len(str(3**2000)), sum(map(int, str(2**1000))), (10**50 + 7) % 97, -(10**30) // 7, divmod(-(10**20), 3))
print(0x1fffffffffffff + 1, 9007199254740993 - 1, 2**53 * 3, -(2**63), 10**18 * 10**18 // 10**19)
