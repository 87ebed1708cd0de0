from collections import deque

MOVES = ((1, 2), (2, 1), (-1, 2), (-2, 1), (1, -2), (2, -1), (-1, -2), (-2, -1))


def square(name):
    column, row = name
    return ord(column) - ord("a"), int(row) - 1


def label(position):
    return chr(position[0] + ord("a")) + str(position[1] + 1)


def path(start, goal, blocked=()):
    start, goal = square(start), square(goal)
    blocked = {square(b) for b in blocked}
    parents, queue = {start: None}, deque([start])
    while queue:
        here = queue.popleft()
        if here == goal:
            route = []
            while here is not None:
                route.append(label(here))
                here = parents[here]
            return route[::-1]
        for dx, dy in MOVES:
            there = here[0] + dx, here[1] + dy
            if there in parents or there in blocked or not all(0 <= v < 8 for v in there):
                continue
            parents[there] = here
            queue.append(there)
    raise LookupError("no way")


print(path("a1", "h8"), len(path("a1", "b1")) - 1)
print(" > ".join(path("d4", "d5", ["e6", "f3"])))
try:
    path("a1", "h8", ["b3", "c2"])
except LookupError as error:
    print(error)
ring = deque(range(6), maxlen=6)
ring.rotate(2)
ring.append(9)
ring.appendleft(-1)
print(ring, ring[0], ring.index(1), deque("abc", 2))
