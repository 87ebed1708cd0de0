"""Topological order: https://docs.python.org/3/library/graphlib.html"""

__all__ = ["TopologicalSorter", "CycleError"]


class CycleError(ValueError):
    """A graph goes in a circle; the second argument lists one."""


class _Node:
    __slots__ = ("node", "waiting", "successors", "state")

    def __init__(self, node):
        self.node = node
        self.waiting = 0
        self.successors = []
        self.state = "new"


class TopologicalSorter:
    """Gives the nodes of a graph so that each comes behind those it depends on."""

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None
        self._out = 0
        self._finished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _info(self, node):
        found = self._nodes.get(node)
        if found is None:
            found = self._nodes[node] = _Node(node)
        return found

    def add(self, node, *predecessors):
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        info = self._info(node)
        info.waiting += len(predecessors)
        for predecessor in predecessors:
            self._info(predecessor).successors.append(node)

    def prepare(self):
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [info.node for info in self._nodes.values() if info.waiting == 0]
        for node in self._ready:
            self._nodes[node].state = "ready"
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        result = tuple(self._ready)
        for node in result:
            self._nodes[node].state = "out"
        self._ready.clear()
        self._out += len(result)
        return result

    def is_active(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return self._finished < self._out or bool(self._ready)

    __bool__ = is_active

    def done(self, *nodes):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for node in nodes:
            info = self._nodes.get(node)
            if info is None:
                raise ValueError(f"node {node!r} was not added using add()")
            if info.state == "done":
                raise ValueError(f"node {node!r} was already marked done")
            if info.state != "out":
                raise ValueError(
                    f"node {node!r} was not passed out (still not ready)"
                    if info.state == "new"
                    else f"node {node!r} was not passed out"
                )
            info.state = "done"
            for successor in info.successors:
                after = self._nodes[successor]
                after.waiting -= 1
                if after.waiting == 0:
                    after.state = "ready"
                    self._ready.append(successor)
            self._finished += 1

    def static_order(self):
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)

    def _find_cycle(self):
        path = []
        at = {}
        seen = set()
        for start in self._nodes:
            if start in seen:
                continue
            node = start
            rest = []
            while True:
                if node in seen:
                    if node in at:
                        return path[at[node] :] + [node]
                else:
                    seen.add(node)
                    rest.append(iter(self._nodes[node].successors))
                    at[node] = len(path)
                    path.append(node)
                while path:
                    node = next(rest[-1], None)
                    if node is not None:
                        break
                    del at[path.pop()]
                    rest.pop()
                else:
                    break
        return None

    __class_getitem__ = classmethod(type(list[int]))
