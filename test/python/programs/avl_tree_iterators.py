from collections.abc import MutableMapping


class Node:
    __slots__ = "key", "value", "left", "right", "height"

    def __init__(self, key, value):
        self.key, self.value = key, value
        self.left = self.right = None
        self.height = 1


def height(node):
    return node.height if node else 0


def fix(node):
    node.height = 1 + max(height(node.left), height(node.right))
    lean = height(node.left) - height(node.right)
    if lean > 1:
        if height(node.left.left) < height(node.left.right):
            node.left = rotate(node.left, "left", "right")
        return rotate(node, "right", "left")
    if lean < -1:
        if height(node.right.right) < height(node.right.left):
            node.right = rotate(node.right, "right", "left")
        return rotate(node, "left", "right")
    return node


def rotate(node, side, other):
    top = getattr(node, other)
    setattr(node, other, getattr(top, side))
    setattr(top, side, node)
    for one in (node, top):
        one.height = 1 + max(height(one.left), height(one.right))
    return top


class TreeMap(MutableMapping):
    def __init__(self, pairs=(), /, **more):
        self._root, self._size = None, 0
        self.update(pairs, **more)

    def _put(self, node, key, value):
        if node is None:
            self._size += 1
            return Node(key, value)
        if key == node.key:
            node.value = value
        elif key < node.key:
            node.left = self._put(node.left, key, value)
        else:
            node.right = self._put(node.right, key, value)
        return fix(node)

    def _take(self, node, key):
        if node is None:
            raise KeyError(key)
        if key < node.key:
            node.left = self._take(node.left, key)
        elif node.key < key:
            node.right = self._take(node.right, key)
        elif node.left and node.right:
            low = node.right
            while low.left:
                low = low.left
            node.key, node.value = low.key, low.value
            node.right = self._take(node.right, low.key)
        else:
            return node.left or node.right
        return fix(node)

    def __setitem__(self, key, value):
        self._root = self._put(self._root, key, value)

    def __delitem__(self, key):
        self._root = self._take(self._root, key)
        self._size -= 1

    def __getitem__(self, key):
        if isinstance(key, slice):
            return [(k, self[k]) for k in self if (key.start is None or k >= key.start) and (key.stop is None or k < key.stop)]
        node = self._root
        while node:
            if key == node.key:
                return node.value
            node = node.left if key < node.key else node.right
        return self.__missing__(key)

    def __missing__(self, key):
        raise KeyError(key)

    def __iter__(self):
        stack, node = [], self._root
        while stack or node:
            while node:
                stack.append(node)
                node = node.left
            node = stack.pop()
            yield node.key
            node = node.right

    def __reversed__(self):
        def walk(node):
            if node:
                yield from walk(node.right)
                yield node.key
                yield from walk(node.left)
        return walk(self._root)

    def __len__(self):
        return self._size

    def __repr__(self):
        return f"TreeMap({dict(self)})"


tree = TreeMap((n * 37 % 101, n) for n in range(100))
print(len(tree), height(tree._root), list(tree)[:5], list(reversed(tree))[:3], tree[5:9])
for key in range(0, 101, 2):
    tree.pop(key, None)
print(len(tree), height(tree._root), list(tree)[:4], 3 in tree, 4 in tree, tree.get(4, "none"))
small = TreeMap(b=1, a=2)
small.setdefault("c", []).append(5)
print(small, small == {"a": 2, "b": 1, "c": [5]}, list(small.items()), small.popitem(), list(small.values()))
small.update({"z": 0}, y=[])
for bad in (lambda: small["q"], lambda: small.__delitem__("q"), lambda: small.__setitem__(1, 1)):
    try:
        bad()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
