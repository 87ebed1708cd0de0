from itertools import product

OFFSETS = [d for d in product((-1, 0, 1), repeat=2) if d != (0, 0)]


def neighbours(cell):
    row, column = cell
    return {(row + r, column + c) for r, c in OFFSETS}


def step(alive):
    candidates = alive.union(*map(neighbours, alive))
    return {c for c in candidates if (n := len(neighbours(c) & alive)) == 3 or n == 2 and c in alive}


def show(alive, size=6):
    for row in range(size):
        print("".join(".#"[(row, column) in alive] for column in range(size)))
    print()


glider = {(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
for generation in range(3):
    show(glider)
    glider = step(glider)
seen, world, n = {}, frozenset({(0, 0), (0, 1), (0, 2)}), 0
while world not in seen:
    seen[world] = n
    world, n = frozenset(step(world)), n + 1
print("period", n - seen[world], len(seen), step(set()))
