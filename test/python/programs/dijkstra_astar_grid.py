import heapq
from math import inf

MAZE = """
S..#....
.#.#.##.
.#...#..
.####.#.
......#E
""".strip().splitlines()


def cells(kind):
    return [(r, c) for r, row in enumerate(MAZE) for c, char in enumerate(row) if char == kind]


def neighbours(cell):
    r, c = cell
    for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        nr, nc = r + dr, c + dc
        if 0 <= nr < len(MAZE) and 0 <= nc < len(MAZE[0]) and MAZE[nr][nc] != "#":
            yield nr, nc


def search(start, goal, guess):
    best, came, heap, seen = {start: 0}, {}, [(guess(start), 0, start)], 0
    while heap:
        _, cost, cell = heapq.heappop(heap)
        if cell == goal:
            path = [cell]
            while cell in came:
                path.append(cell := came[cell])
            return cost, path[::-1], seen
        if cost > best[cell]:
            continue
        seen += 1
        for other in neighbours(cell):
            if cost + 1 < best.get(other, inf):
                best[other], came[other] = cost + 1, cell
                heapq.heappush(heap, (cost + 1 + guess(other), cost + 1, other))
    return inf, [], seen


(start,), (goal,) = cells("S"), cells("E")
for name, guess in [("dijkstra", lambda cell: 0),
                    ("astar", lambda cell: abs(cell[0] - goal[0]) + abs(cell[1] - goal[1]))]:
    cost, path, seen = search(start, goal, guess)
    print(name, cost, len(path), seen)
print(path)
drawn = [list(row) for row in MAZE]
for r, c in path[1:-1]:
    drawn[r][c] = "o"
print("\n".join("".join(row) for row in drawn))
print(search(start, (0, 3), lambda cell: 0)[0], len(cells("#")))
