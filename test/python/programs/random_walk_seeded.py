import random

random.seed(42)
print([random.randint(1, 6) for _ in range(10)], random.random(), random.choice("abcdef"))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.sample(range(100), 5), round(random.uniform(-1, 1), 12), random.randrange(0, 100, 7))
own = random.Random("text seed")
print(own.getrandbits(40), round(own.gauss(0, 1), 10), own.choices(["x", "y", "z"], weights=[1, 5, 1], k=6))


def walk(steps, rng):
    x = y = 0
    seen = {(0, 0)}
    for _ in range(steps):
        dx, dy = rng.choice([(0, 1), (1, 0), (0, -1), (-1, 0)])
        x, y = x + dx, y + dy
        seen.add((x, y))
    return abs(x) + abs(y), len(seen)


print([walk(200, random.Random(n)) for n in range(4)])
inside = sum(own.random() ** 2 + own.random() ** 2 <= 1 for _ in range(2000))
print(f"pi is about {4 * inside / 2000:.3f}")
state = own.getstate()
first = [own.random() for _ in range(3)]
own.setstate(state)
print(first == [own.random() for _ in range(3)], round(own.expovariate(2), 9), round(own.betavariate(2, 3), 9), round(own.triangular(0, 10, 3), 9))
