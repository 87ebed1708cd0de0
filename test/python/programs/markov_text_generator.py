import random
import re
from bisect import bisect
from collections import defaultdict
from itertools import accumulate

TEXT = """one fish two fish red fish blue fish. black fish blue fish old fish new fish.
this one has a little star. this one has a little car. say what a lot of fish there are."""


class Markov:
    def __init__(self, order=1, seed=0):
        self.order, self.random = order, random.Random(seed)
        self.table = defaultdict(lambda: defaultdict(int))

    def learn(self, text):
        for sentence in re.split(r"[.!?]\s*", text.lower()):
            words = sentence.split()
            if not words:
                continue
            padded = ["^"] * self.order + words + ["$"]
            for i in range(len(padded) - self.order):
                self.table[tuple(padded[i:i + self.order])][padded[i + self.order]] += 1
        return self

    def choose(self, state):
        words = self.table[state]
        sums = list(accumulate(words.values()))
        return list(words)[bisect(sums, self.random.random() * sums[-1])]

    def sentence(self, most=12):
        state, out = ("^",) * self.order, []
        while len(out) < most and (word := self.choose(state)) != "$":
            out.append(word)
            state = (*state[1:], word)
        return " ".join(out).capitalize() + ("." if len(out) < most else "…")


for order in (1, 2):
    chain = Markov(order, seed=42).learn(TEXT)
    print(order, len(chain.table))
    for _ in range(4):
        print("  ", chain.sentence())
print(dict(chain.table[("this", "one")]), dict(Markov().learn("a b. a c. a b.").table[("a",)]))
rng = random.Random(5)
print(rng.choices("abc", weights=[1, 2, 7], k=10), rng.sample(range(50), 5), rng.gauss(0, 1), rng.randint(1, 6))
print([round(rng.uniform(-1, 1), 4) for _ in range(3)], rng.choice("xyz"), rng.getrandbits(70), rng.betavariate(2, 3))
state = rng.getstate()
first = [rng.random() for _ in range(3)]
rng.setstate(state)
print(first == [rng.random() for _ in range(3)], random.Random("text").random(), random.Random(b"x").randrange(0, 100, 7))
rolls = [rng.randrange(6) + 1 for _ in range(6000)]
print(all(900 < rolls.count(face) < 1100 for face in range(1, 7)))
