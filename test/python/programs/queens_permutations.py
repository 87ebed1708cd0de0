from itertools import permutations


def queens(n):
    for columns in permutations(range(n)):
        if len({c + r for r, c in enumerate(columns)}) == n == len({c - r for r, c in enumerate(columns)}):
            yield columns


for n in range(1, 7):
    print(n, sum(1 for _ in queens(n)))
first = next(queens(6))
for column in first:
    print(" ".join("Q" if c == column else "." for c in range(6)))
mirrored = tuple(5 - c for c in first)
print(first, mirrored, mirrored in set(queens(6)))
