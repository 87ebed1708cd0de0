class Node:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.before = self.after = self


class LRU:
    def __init__(self, capacity):
        self.capacity = capacity
        self.nodes = {}
        self.root = Node()
        self.hits = self.misses = 0

    def _unlink(self, node):
        node.before.after, node.after.before = node.after, node.before

    def _push(self, node):
        last = self.root.before
        last.after = self.root.before = node
        node.before, node.after = last, self.root

    def __getitem__(self, key):
        try:
            node = self.nodes[key]
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        self._unlink(node)
        self._push(node)
        return node.value

    def __setitem__(self, key, value):
        if key in self.nodes:
            self._unlink(self.nodes.pop(key))
        elif len(self.nodes) >= self.capacity:
            oldest = self.root.after
            self._unlink(oldest)
            del self.nodes[oldest.key]
        self.nodes[key] = node = Node(key, value)
        self._push(node)

    def __iter__(self):
        node = self.root.after
        while node is not self.root:
            yield node.key
            node = node.after


cache = LRU(3)
for key in "abcad":
    cache[key] = key.upper()
print(list(cache))
for key in "abd":
    try:
        print(key, cache[key])
    except KeyError as error:
        print("missing", error)
print(list(cache), cache.hits, cache.misses)
try:
    cache.root.color = "red"
except AttributeError as error:
    print(error)
