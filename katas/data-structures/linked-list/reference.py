class Node:
    """A value, and the node after it; None at the end."""

    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class LinkedList:
    """Values in order, each in a `Node`; `head` is the first and `tail` the last of them."""

    def __init__(self):
        self.head = None
        self.tail = None

    def __iter__(self):
        """The values from head to tail."""
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def push_front(self, value) -> None:
        """Adds a value before all others, in constant time."""
        self.head = Node(value, self.head)
        if self.tail is None:
            self.tail = self.head

    def push_back(self, value) -> None:
        """Adds a value after all others, in constant time."""
        node = Node(value)
        if self.tail is None:
            self.head = node
        else:
            self.tail.next = node
        self.tail = node

    def pop_front(self):
        """Takes the first value out and returns it, in constant time; IndexError when empty."""
        if self.head is None:
            raise IndexError("pop from an empty list")
        value = self.head.value
        self.head = self.head.next
        if self.head is None:
            self.tail = None
        return value

    def reverse(self) -> None:
        """Turns the order around, with the nodes that are there."""
        before, node = None, self.head
        while node is not None:
            node.next, before, node = before, node, node.next
        self.head, self.tail = self.tail, self.head
