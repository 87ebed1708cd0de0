from itertools import product

PUZZLE = [([3], [1, 1], [5], [1, 1], [2, 2]), ([1, 2], [3], [1, 1], [3], [1, 2])]


def lines(clues, size):
    if not clues:
        yield "." * size
        return
    first, *rest = clues
    least = sum(rest) + len(rest)
    for space in range(size - first - least + 1):
        start = "." * space + "#" * first + ("." if rest else "")
        for end in lines(rest, size - len(start)):
            yield start + end


def narrow(options, known):
    kept = [line for line in options if all(k in ("?", c) for k, c in zip(known, line))]
    if not kept:
        raise ValueError("no line fits")
    sure = "".join(column[0] if len(set(column)) == 1 else "?" for column in zip(*kept))
    return kept, sure


def solve(rows, columns):
    height, width = len(rows), len(columns)
    across = [list(lines(clues, width)) for clues in rows]
    down = [list(lines(clues, height)) for clues in columns]
    grid, rounds = ["?" * width for _ in range(height)], 0
    while any("?" in row for row in grid):
        before = list(grid)
        for i, row in enumerate(grid):
            across[i], grid[i] = narrow(across[i], row)
        turned = ["".join(column) for column in zip(*grid)]
        for j, column in enumerate(turned):
            down[j], turned[j] = narrow(down[j], column)
        grid = ["".join(row) for row in zip(*turned)]
        rounds += 1
        if grid == before:
            break
    return grid, rounds


def clues(line):
    return [len(run) for run in line.split(".") if run] or [0]


grid, rounds = solve([[3], [1, 1], [5], [1, 1], [2, 2]], [[1, 3], [2, 1, 1], [1, 1], [2, 1, 1], [1, 3]]) if False else (None, 0)
picture = ["..#..", ".###.", "#.#.#", "..#..", ".#.#."]
rows = [[n for n in clues(row) if n] for row in picture]
columns = [[n for n in clues("".join(column)) if n] for column in zip(*picture)]
print(rows, columns)
grid, rounds = solve(rows, columns)
print("\n".join(grid), rounds, grid == picture)
print(len(list(lines([1, 1], 5))), list(lines([2], 4)), list(lines([], 3)), list(lines([5], 4)))
try:
    solve([[2], [2]], [[1], [1]])
except ValueError as error:
    print(error)
grid, rounds = solve([[1], [1]], [[1], [1]])
print(grid, rounds)


def brute(rows, columns):
    for guess in product(*(list(lines(row, len(columns))) for row in rows)):
        if all([n for n in clues("".join(c)) if n] == want for c, want in zip(zip(*guess), columns)):
            yield guess


print(list(brute([[1], [1]], [[1], [1]])), sum(1 for _ in brute(rows, columns)))
