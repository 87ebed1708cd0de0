from functools import lru_cache, reduce
from math import gcd, isqrt, lcm, prod


def sieve(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\0\0"
    for n in range(2, isqrt(limit) + 1):
        if flags[n]:
            flags[n * n :: n] = bytes(len(range(n * n, limit + 1, n)))
    return [n for n, flag in enumerate(flags) if flag]


def factors(n):
    found = {}
    for p in sieve(isqrt(n) + 1):
        while n % p == 0:
            n //= p
            found[p] = found.get(p, 0) + 1
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found


@lru_cache(maxsize=None)
def collatz(n):
    return 1 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)


primes = sieve(120)
print(len(primes), primes[-5:], sum(primes))
for n in (360, 9973, 1001 * 997, 2**20 - 1):
    parts = factors(n)
    print(n, "=", " * ".join(f"{p}^{e}" if e > 1 else str(p) for p, e in parts.items()), prod(p**e for p, e in parts.items()) == n)
print(max(range(1, 300), key=collatz), collatz(27), collatz.cache_info().currsize > 100)
print(reduce(gcd, [84, 126, 210]), lcm(4, 6, 10), pow(3, -1, 11), pow(7, 10**18, 1000007))
print([n for n in range(1, 500) if sum(d for d in range(1, n) if n % d == 0) == n])
