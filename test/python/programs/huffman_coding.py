import heapq
from collections import Counter


class Leaf:
    def __init__(self, symbol):
        self.symbol = symbol

    def walk(self, prefix, table):
        table[self.symbol] = prefix or "0"


class Fork:
    def __init__(self, left, right):
        self.left, self.right = left, right

    def walk(self, prefix, table):
        self.left.walk(prefix + "0", table)
        self.right.walk(prefix + "1", table)


def codes(text):
    heap = [(count, n, Leaf(symbol)) for n, (symbol, count) in enumerate(sorted(Counter(text).items()))]
    heapq.heapify(heap)
    n = len(heap)
    while len(heap) > 1:
        (a, _, left), (b, _, right) = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a + b, n, Fork(left, right)))
        n += 1
    table = {}
    heap[0][2].walk("", table)
    return table


def decode(bits, table):
    back, word, out = {v: k for k, v in table.items()}, "", []
    for bit in bits:
        word += bit
        if word in back:
            out.append(back[word])
            word = ""
    assert not word, f"left over {word}"
    return "".join(out)


for text in ["abracadabra", "aaaa", "the quick brown fox jumps over the lazy dog"]:
    table = codes(text)
    bits = "".join(table[c] for c in text)
    print(len(text) * 8, len(bits), decode(bits, table) == text, sorted(table.items(), key=lambda p: (len(p[1]), p[0]))[:4])
try:
    decode("0", {"a": "00"})
except AssertionError as error:
    print(error)
