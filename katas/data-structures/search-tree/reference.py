class Node:
    """A value between what is smaller, on the left, and what is larger, on the right."""

    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right


def insert(tree: Node | None, value) -> Node:
    """The tree with a value more, changed in place; a value that is in already changes nothing.
    An empty tree is None.
    """
    if tree is None:
        return Node(value)
    if value < tree.value:
        tree.left = insert(tree.left, value)
    elif tree.value < value:
        tree.right = insert(tree.right, value)
    return tree


def in_order(tree: Node | None):
    """Yields the values in ascending order."""
    if tree is not None:
        yield from in_order(tree.left)
        yield tree.value
        yield from in_order(tree.right)


def remove(tree: Node | None, value) -> Node | None:
    """The tree without a value, changed in place; KeyError when it is not in. A node with two
    branches takes the value that follows it, and keeps its place.
    """
    if tree is None:
        raise KeyError(value)
    if value < tree.value:
        tree.left = remove(tree.left, value)
    elif tree.value < value:
        tree.right = remove(tree.right, value)
    elif tree.left is None:
        return tree.right
    elif tree.right is None:
        return tree.left
    else:
        tree.value = next(in_order(tree.right))
        tree.right = remove(tree.right, tree.value)
    return tree
