import bisect
from collections import OrderedDict, namedtuple

Task = namedtuple("Task", "name priority needs", defaults=((),))
tasks = [Task("deploy", 1, ("test", "build")), Task("test", 2, ("build",)), Task("build", 5), Task("lint", 3), Task("docs", 2, ("build",))]


def order(tasks):
    known = {task.name: task for task in tasks}
    done, result = set(), []
    while len(result) < len(tasks):
        ready = [t for t in tasks if t.name not in done and done.issuperset(t.needs)]
        if not ready:
            stuck = sorted(known.keys() - done)
            raise RuntimeError(f"cycle among {', '.join(stuck)}")
        best = max(ready, key=lambda t: (t.priority, -tasks.index(t)))
        done.add(best.name)
        result.append(best.name)
    return result


print(order(tasks), tasks[2], tasks[0]._asdict())
try:
    order([*tasks, Task("a", 1, ("b",)), Task("b", 1, ("a",))])
except RuntimeError as error:
    print(error)
scores, names = [], []
for name, score in [("a", 70), ("b", 90), ("c", 70), ("d", 85)]:
    at = bisect.bisect_right(scores, score)
    scores.insert(at, score)
    names.insert(at, name)
print(list(zip(names, scores)), bisect.bisect_left(scores, 85), "FDCBA"[bisect.bisect([60, 70, 80, 90], 85)])
recent = OrderedDict.fromkeys("abc", 0)
recent.move_to_end("a")
recent.move_to_end("c", last=False)
print(list(recent), recent.popitem(last=False), recent == OrderedDict(a=0, b=0), dict(recent) == {"a": 0, "b": 0})
