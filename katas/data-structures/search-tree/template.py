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
    # BLANK_START
    # TODO: go down to where it belongs.
    raise NotImplementedError
    # BLANK_END


def in_order(tree: Node | None):
    """Yields the values in ascending order."""
    # BLANK_START
    # TODO: left, middle, right.
    raise NotImplementedError
    # BLANK_END


def remove(tree: Node | None, value) -> Node | None:
    """The tree without a value, changed in place; KeyError when it is not in. A node with two
    branches takes the value that follows it, and keeps its place.
    """
    # BLANK_START
    # TODO: find it; with two branches, the next value takes its place.
    raise NotImplementedError
    # BLANK_END
