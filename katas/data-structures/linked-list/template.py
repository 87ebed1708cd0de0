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
        # BLANK_START
        # TODO: follow the references.
        raise NotImplementedError
        # BLANK_END

    def push_front(self, value) -> None:
        """Adds a value before all others, in constant time."""
        # BLANK_START
        # TODO: a new head; is it the tail too?
        raise NotImplementedError
        # BLANK_END

    def push_back(self, value) -> None:
        """Adds a value after all others, in constant time."""
        # BLANK_START
        # TODO: a new tail; is it the head too?
        raise NotImplementedError
        # BLANK_END

    def pop_front(self):
        """Takes the first value out and returns it, in constant time; IndexError when empty."""
        # BLANK_START
        # TODO: the second node becomes the head; is there one?
        raise NotImplementedError
        # BLANK_END

    def reverse(self) -> None:
        """Turns the order around, with the nodes that are there."""
        # BLANK_START
        # TODO: turn each reference around.
        raise NotImplementedError
        # BLANK_END
