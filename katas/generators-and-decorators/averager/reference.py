import functools


class Reset(Exception):
    """Thrown into an averager to make it forget all numbers."""


def started(function):
    """A decorator for generator functions: the generator that it returns has already run to its
    first yield, so that values can be sent at once.
    """

    @functools.wraps(function)
    def create(*args, **keywords):
        generator = function(*args, **keywords)
        next(generator)
        return generator

    return create


@started
def averager(limit: float = float("inf")):
    """Numbers are sent; the answer is the mean of all so far. `Reset`, when it is thrown in,
    answers with None and forgets them. When `limit` numbers have come since the last reset the
    generator ends after the answer to the last of them, and returns how many there were.
    """
    count, total, mean = 0, 0, None
    while True:
        try:
            number = yield mean
        except Reset:
            count, total, mean = 0, 0, None
            continue
        if count == limit:
            return count
        count += 1
        total += number
        mean = total / count
