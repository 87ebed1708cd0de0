import heapq
from math import inf

ROADS = """a b 7
a c 3
c b 1
b d 2
c d 8
d e 2
f g 1"""


def read(text):
    graph = {}
    for line in text.splitlines():
        start, end, length = line.split()
        graph.setdefault(start, {})[end] = int(length)
        graph.setdefault(end, {})[start] = int(length)
    return graph


def distances(graph, source):
    best = dict.fromkeys(graph, inf)
    best[source] = 0
    came, heap = {}, [(0, source)]
    while heap:
        distance, node = heapq.heappop(heap)
        if distance > best[node]:
            continue
        for other, length in graph[node].items():
            if (new := distance + length) < best[other]:
                best[other], came[other] = new, node
                heapq.heappush(heap, (new, other))
    return best, came


graph = read(ROADS)
best, came = distances(graph, "a")
for node, distance in sorted(best.items()):
    route = [node]
    while route[0] in came:
        route.insert(0, came[route[0]])
    print(f"{node}: {distance:>4} {'-'.join(route) if distance < inf else 'unreachable'}")
print(heapq.nsmallest(2, best.items(), key=lambda p: (p[1], p[0])), heapq.nlargest(1, graph, key=lambda n: len(graph[n])))
print(list(heapq.merge([1, 4, 9], [2, 3, 10], [])), heapq.heapreplace(h := [1, 5, 2], 4), h)
