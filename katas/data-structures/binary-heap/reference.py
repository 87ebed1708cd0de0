class Heap:
    """The smallest element is at the top. `items` is the tree, level by level: the children of
    place i are at 2i + 1 and 2i + 2, and none is smaller than its parent.
    """

    def __init__(self):
        self.items = []

    def __len__(self) -> int:
        return len(self.items)

    def push(self, item) -> None:
        """Adds an element, in the order of log(n) steps."""
        self.items.append(item)
        place = len(self.items) - 1
        while place > 0:
            parent = (place - 1) // 2
            if not self.items[place] < self.items[parent]:
                break
            self.items[place], self.items[parent] = self.items[parent], self.items[place]
            place = parent

    def pop(self):
        """Takes the smallest element out, in the order of log(n) steps; IndexError when empty."""
        last = self.items.pop()
        if not self.items:
            return last
        top, self.items[0] = self.items[0], last
        place = 0
        while 2 * place + 1 < len(self.items):
            child = 2 * place + 1
            if child + 1 < len(self.items) and self.items[child + 1] < self.items[child]:
                child += 1
            if not self.items[child] < self.items[place]:
                break
            self.items[place], self.items[child] = self.items[child], self.items[place]
            place = child
        return top
