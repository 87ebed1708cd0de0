PUZZLE = "1..4 .... ..3. .2.."


def solve(grid, spots):
    if not spots:
        yield [row[:] for row in grid]
        return
    row, column = spots[0]
    used = set(grid[row]) | {r[column] for r in grid}
    top, left = row // 2 * 2, column // 2 * 2
    used |= {grid[r][c] for r in range(top, top + 2) for c in range(left, left + 2)}
    for n in range(1, 5):
        if n not in used:
            grid[row][column] = n
            yield from solve(grid, spots[1:])
            grid[row][column] = 0


grid = [[int(c) if c.isdigit() else 0 for c in row] for row in PUZZLE.split()]
spots = [(r, c) for r, row in enumerate(grid) for c, n in enumerate(row) if not n]
solutions = list(solve(grid, spots))
print(len(solutions), "solutions")
for row in solutions[0]:
    print(*row)
print(all(sorted(row) == [1, 2, 3, 4] for s in solutions for row in s), grid[0])
