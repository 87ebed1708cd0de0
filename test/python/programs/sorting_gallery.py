import functools
import heapq
import random
from operator import attrgetter, itemgetter, methodcaller


def quick(values):
    if len(values) < 2:
        return values
    pivot, *rest = values
    return quick([v for v in rest if v < pivot]) + [pivot] + quick([v for v in rest if not v < pivot])


def merge(values):
    if len(values) < 2:
        return list(values)
    middle = len(values) // 2
    return list(heapq.merge(merge(values[:middle]), merge(values[middle:])))


def insertion(values):
    values = list(values)
    for i in range(1, len(values)):
        j = i
        while j and values[j] < values[j - 1]:
            values[j], values[j - 1] = values[j - 1], values[j]
            j -= 1
    return values


def heap(values):
    values = list(values)
    heapq.heapify(values)
    return [heapq.heappop(values) for _ in range(len(values))]


def shell(values):
    values, gap = list(values), len(values) // 2
    while gap:
        for i in range(gap, len(values)):
            item, j = values[i], i
            while j >= gap and values[j - gap] > item:
                values[j] = values[j - gap]
                j -= gap
            values[j] = item
        gap //= 2
    return values


def radix(values):
    for shift in range(0, 16, 4):
        buckets = [[] for _ in range(16)]
        for value in values:
            buckets[value >> shift & 15].append(value)
        values = [value for bucket in buckets for value in bucket]
    return values


rng = random.Random(7)
values = [rng.randrange(60000) for _ in range(200)]
for sort in (quick, merge, insertion, heap, shell, radix):
    print(f"{sort.__name__:<10}", sort(values) == sorted(values), sort([]), sort([3, 1, 2]))


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) if p.isdigit() else p for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return ".".join(map(str, self.parts))


print(sorted(map(Version, "1.10 1.2 1.2.1 0.9 1.10".split()), reverse=True), Version("1.0") >= Version("0.9"))
people = [("Ann", 30), ("bob", 25), ("Cid", 30), ("dee", 25)]
print(sorted(people, key=itemgetter(1)), sorted(people, key=lambda p: (-p[1], p[0].lower())))
print(sorted([p[0] for p in people], key=methodcaller("swapcase")), max(people, key=itemgetter(1)))
compare = functools.cmp_to_key(lambda a, b: int(b + a) - int(a + b))
print("".join(sorted("3 30 34 5 9".split(), key=compare)), sorted("banana", key="nab".index))
print(sorted([True, 0.5, -1, 2]), sorted([[2], [1, 5], []]), sorted({"b": 1, "a": 2}), heapq.nsmallest(2, people, itemgetter(1)))
try:
    sorted([1, "a", None])
except TypeError as error:
    print(error)
print(sorted([Version("1.a"), Version("1.b")], key=attrgetter("parts")))
