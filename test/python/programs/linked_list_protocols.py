class Linked:
    class _Node:
        def __init__(self, value, rest=None):
            self.value, self.rest = value, rest

    def __init__(self, items=()):
        self._head = None
        for item in reversed(list(items)):
            self.push(item)

    def push(self, item):
        self._head = self._Node(item, self._head)

    def pop(self):
        if self._head is None:
            raise IndexError("pop from empty Linked")
        node, self._head = self._head, self._head.rest
        return node.value

    def __iter__(self):
        node = self._head
        while node:
            yield node.value
            node = node.rest

    def __len__(self):
        return sum(1 for _ in self)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Linked(list(self)[index])
        if index < 0:
            index += len(self)
        for position, value in enumerate(self):
            if position == index:
                return value
        raise IndexError(index)

    def __eq__(self, other):
        return isinstance(other, Linked) and list(self) == list(other)

    def __add__(self, other):
        return Linked([*self, *other])

    def __contains__(self, item):
        return any(value == item for value in self)

    def __reversed__(self):
        return iter(list(self)[::-1])

    def __repr__(self):
        return f"Linked({list(self)})"

    def __bool__(self):
        return self._head is not None


chain = Linked("abcd")
print(chain, len(chain), chain[1], chain[-1], chain[1:3], "c" in chain, list(reversed(chain)))
print(chain + [1] == Linked(["a", "b", "c", "d", 1]), bool(Linked()), sorted(chain, reverse=True))
first, *middle, last = chain
print(first, middle, last, max(chain), chain.pop(), chain)
for action in (lambda: Linked().pop(), lambda: chain[9], lambda: hash(chain), lambda: chain + 1):
    try:
        action()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
