import functools
from collections import OrderedDict


class Clock:
    now = 0

    def __call__(self):
        return self.now


def cached(size=2, ttl=10, clock=None):
    def decorate(func):
        store, stats = OrderedDict(), {"hits": 0, "misses": 0, "expired": 0}

        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            key = args, tuple(sorted(kwargs.items()))
            if key in store:
                value, born = store[key]
                if clock() - born < ttl:
                    store.move_to_end(key)
                    stats["hits"] += 1
                    return value
                del store[key]
                stats["expired"] += 1
            stats["misses"] += 1
            value = func(*args, **kwargs)
            store[key] = value, clock()
            if len(store) > size:
                store.popitem(last=False)
            return value

        wrapper.stats, wrapper.keys = stats, lambda: list(store)
        return wrapper
    return decorate


clock = Clock()


@cached(size=2, ttl=5, clock=clock)
def area(width, height=1, /, *, unit="cm"):
    """The area of a rectangle."""
    print(f"  computing {width}x{height} {unit}")
    return f"{width * height} {unit}2"


print(area(2, 3), area(2, 3), area(2, 3, unit="m"))
clock.now = 4
print(area(2, 3), area(9), area.keys())
clock.now = 7
print(area(2, 3), area.stats)
print(area.__name__, area.__doc__, area.__wrapped__ is not area)
try:
    area([1])
except TypeError as error:
    print(error)


@functools.lru_cache(maxsize=None)
def paths(rows, columns):
    return 1 if 0 in (rows, columns) else paths(rows - 1, columns) + paths(rows, columns - 1)


print(paths(18, 18), paths.cache_info())
paths.cache_clear()
print(paths.cache_info().currsize)


class Shape:
    def __init__(self, side):
        self.side = side

    @functools.cached_property
    def volume(self):
        print("  cubing")
        return self.side ** 3


cube = Shape(3)
print(cube.volume, cube.volume, vars(cube))
del cube.volume
cube.side = 4
print(cube.volume)
