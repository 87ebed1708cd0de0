class Tree:
    def __init__(self, key=lambda v: v):
        self.root, self.key, self.size = None, key, 0

    def add(self, value):
        link, parent = "root", self
        while (node := getattr(parent, link)) is not None:
            if self.key(value) == self.key(node.value):
                return False
            link, parent = ("left" if self.key(value) < self.key(node.value) else "right"), node
        setattr(parent, link, Node(value))
        self.size += 1
        return True

    def __iter__(self):
        stack, node = [], self.root
        while stack or node:
            while node:
                stack.append(node)
                node = node.left
            node = stack.pop()
            yield node.value
            node = node.right

    def depth(self):
        def measure(node):
            return 0 if node is None else 1 + max(measure(node.left), measure(node.right))
        return measure(self.root)

    def levels(self):
        level = [self.root] if self.root else []
        while level:
            yield [node.value for node in level]
            level = [child for node in level for child in (node.left, node.right) if child]


class Node:
    __slots__ = "value", "left", "right"

    def __init__(self, value):
        self.value, self.left, self.right = value, None, None


tree = Tree()
print([tree.add(n) for n in (50, 30, 70, 20, 40, 60, 80, 30, 65)])
print(list(tree), tree.size, tree.depth(), list(tree.levels()))
words = Tree(key=str.lower)
for word in "the Quick brown fox The lazy Fox".split():
    words.add(word)
print([*words], "fox" in words, "FOX" in words, min(words, key=len))
print(sum(tree), next(iter(Tree()), "empty"))
