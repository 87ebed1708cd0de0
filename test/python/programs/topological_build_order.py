from collections import Counter, deque
from graphlib import CycleError, TopologicalSorter

RULES = """
app: main.o util.o
main.o: main.c util.h
util.o: util.c util.h config.h
config.h: config.in
docs: app
"""


def parse(text):
    graph = {}
    for line in text.strip().splitlines():
        target, _, needs = line.partition(":")
        graph[target] = needs.split()
    return graph


def order(graph):
    missing = Counter()
    users = {}
    for target, needs in graph.items():
        missing[target] += 0
        for need in needs:
            missing[target] += 1
            missing[need] += 0
            users.setdefault(need, []).append(target)
    ready = deque(sorted(name for name, n in missing.items() if n == 0))
    while ready:
        name = ready.popleft()
        yield name
        freed = []
        for user in users.get(name, ()):
            missing[user] -= 1
            if not missing[user]:
                freed.append(user)
        ready.extend(sorted(freed))
    left = sorted(name for name, n in missing.items() if n > 0)
    if left:
        raise RuntimeError(f"cycle among {', '.join(left)}")


def depth(graph, name, memo):
    if name not in memo:
        memo[name] = 1 + max((depth(graph, need, memo) for need in graph.get(name, ())), default=-1)
    return memo[name]


graph = parse(RULES)
print(list(order(graph)))
levels = {}
for name in graph:
    depth(graph, name, levels)
for level in sorted(set(levels.values())):
    print(level, sorted(name for name in levels if levels[name] == level))
sorter = TopologicalSorter(graph)
sorter.prepare()
rounds = []
while sorter.is_active():
    batch = sorted(sorter.get_ready())
    rounds.append(batch)
    sorter.done(*batch)
print(rounds)
graph["config.in"] = ["docs"]
try:
    print(list(order(graph)))
except RuntimeError as error:
    print(error)
try:
    list(TopologicalSorter({"a": ["b"], "b": ["a"]}).static_order())
except CycleError as error:
    print(error.args[0], sorted(set(error.args[1])))
