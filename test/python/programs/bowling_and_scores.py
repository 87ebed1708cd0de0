from itertools import accumulate, chain, islice, takewhile, tee, zip_longest
from operator import mul


def frames(rolls):
    rolls, at = list(rolls), 0
    for number in range(10):
        if at >= len(rolls):
            raise IndexError(f"frame {number + 1} has no rolls")
        if rolls[at] == 10:
            yield rolls[at:at + 3], 1 if number < 9 else 3
            at += 1
        else:
            both = rolls[at:at + 2]
            if sum(both) > 10:
                raise ValueError(f"{both} are too many pins")
            yield rolls[at:at + (3 if sum(both) == 10 else 2)], 2
            at += 2


def score(text):
    rolls = []
    for char in text.replace(" ", ""):
        rolls.append(10 if char == "X" else 10 - rolls[-1] if char == "/" else 0 if char == "-" else int(char))
    return list(accumulate(sum(pins) for pins, _ in frames(rolls)))


for game in ("X X X X X X X X X X X X", "9- 9- 9- 9- 9- 9- 9- 9- 9- 9-", "5/ 5/ 5/ 5/ 5/ 5/ 5/ 5/ 5/ 5/5",
             "X 7/ 9- X -8 8/ -6 X X X81", "X 12", "9- 85"):
    try:
        result = score(game)
        print(f"{result[-1]:>3} {result}")
    except (IndexError, ValueError) as error:
        print(type(error).__name__, error)


def pairwise(items):
    a, b = tee(items)
    next(b, None)
    return zip(a, b)


def pascal(n):
    row = [1]
    for _ in range(n):
        yield row
        row = [1, *map(sum, pairwise(row)), 1]


def spiral(n):
    grid = [[0] * n for _ in range(n)]
    r = c = dr = 0
    dc = 1
    for k in range(1, n * n + 1):
        grid[r][c] = k
        nr, nc = r + dr, c + dc
        if not (0 <= nr < n and 0 <= nc < n) or grid[nr][nc]:
            dr, dc = dc, -dr
            nr, nc = r + dr, c + dc
        r, c = nr, nc
    return grid


def look_and_say(start="1"):
    while True:
        yield start
        out, i = "", 0
        while i < len(start):
            run = len(list(takewhile(start[i].__eq__, start[i:])))
            out, i = out + f"{run}{start[i]}", i + run
        start = out


def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1


for row in pascal(7):
    print(" ".join(f"{x:>2}" for x in row).center(30).rstrip())
print(*spiral(4), sep="\n")
print(list(islice(look_and_say(), 6)), max((len(list(collatz(n))), n) for n in range(1, 300)))
print(list(accumulate(range(1, 8), mul)), list(chain.from_iterable(zip_longest("abc", "12", fillvalue="."))))
print([n for n in range(1, 1000) if n == sum(d for d in range(1, n // 2 + 1) if n % d == 0)], sum(int(d) ** 3 for d in "153"))
fizz = ["Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or n for n in range(1, 16)]
print(*fizz, sep=",")
