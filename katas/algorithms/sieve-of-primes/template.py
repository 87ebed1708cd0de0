def primes_up_to(limit: int) -> list[int]:
    """All primes from 2 to `limit`, `limit` included, in ascending order."""
    # BLANK_START
    # TODO: strike out multiples; what is left is prime.
    raise NotImplementedError
    # BLANK_END
