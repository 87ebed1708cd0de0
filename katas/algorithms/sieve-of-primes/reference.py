def primes_up_to(limit: int) -> list[int]:
    """All primes from 2 to `limit`, `limit` included, in ascending order."""
    is_prime = [number > 1 for number in range(limit + 1)]
    for number, prime in enumerate(is_prime):
        if prime:
            for multiple in range(number * number, limit + 1, number):
                is_prime[multiple] = False
    return [number for number, prime in enumerate(is_prime) if prime]
