import hashlib
from collections import defaultdict
from itertools import combinations
from math import ceil, log


class Bloom:
    def __init__(self, items, error=0.01):
        self.size = ceil(-items * log(error) / log(2) ** 2)
        self.hashes = max(1, round(self.size / items * log(2)))
        self.bits = bytearray(-(-self.size // 8))

    def places(self, item):
        digest = hashlib.sha256(item.encode()).digest()
        a, b = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "little")
        return [(a + i * b) % self.size for i in range(self.hashes)]

    def add(self, item):
        for place in self.places(item):
            self.bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, item):
        return all(self.bits[p >> 3] >> (p & 7) & 1 for p in self.places(item))


class Groups:
    def __init__(self):
        self.parent, self.size = {}, {}

    def find(self, x):
        self.parent.setdefault(x, x)
        self.size.setdefault(x, 1)
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        return True

    def groups(self):
        found = defaultdict(list)
        for x in self.parent:
            found[self.find(x)].append(x)
        return sorted(map(sorted, found.values()))


def kruskal(edges):
    groups = Groups()
    return [(a, b, w) for a, b, w in sorted(edges, key=lambda e: (e[2], e[0], e[1])) if groups.join(a, b)]


bloom = Bloom(200)
for n in range(200):
    bloom.add(f"word{n}")
wrong = sum(f"other{n}" in bloom for n in range(2000))
print(bloom.size, bloom.hashes, all(f"word{n}" in bloom for n in range(200)), wrong < 60, sum(map(int.bit_count, bloom.bits)))
points = {"A": (0, 0), "B": (3, 4), "C": (6, 0), "D": (3, 1), "E": (10, 10)}
edges = [(a, b, round(abs(complex(*points[a]) - complex(*points[b])), 3)) for a, b in combinations(points, 2)]
tree = kruskal(edges)
print(tree, round(sum(w for *_, w in tree), 3))
groups = Groups()
for pair in ("ab", "cd", "ef", "bd", "xy", "ac"):
    print(pair, groups.join(*pair), end="; ")
print(groups.groups())
accounts = [("Ann", "a@x", "a@y"), ("Bob", "b@x"), ("Ann", "a@y", "a@z"), ("Ann", "q@x")]
merged = Groups()
for name, *mails in accounts:
    for mail in mails:
        merged.join((name, mails[0]), (name, mail))
print([(g[0][0], [mail for _, mail in g]) for g in merged.groups()])
print(hashlib.md5(b"x").hexdigest()[:8], hashlib.sha1("é".encode()).hexdigest()[:8], hashlib.blake2b(b"", digest_size=4).hexdigest())
print(hashlib.new("sha512", b"abc").name, hashlib.sha256(b"a" * 1000).block_size, "sha3_256" in hashlib.algorithms_guaranteed)
