from itertools import islice


class Trie:
    __slots__ = ("children", "count", "ends")

    def __init__(self, words=()):
        self.children, self.count, self.ends = {}, 0, 0
        for word in words:
            self.add(word)

    def add(self, word, times=1):
        node = self
        node.count += times
        for char in word:
            node = node.children.setdefault(char, Trie())
            node.count += times
        node.ends += times

    def find(self, prefix):
        node = self
        for char in prefix:
            node = node.children.get(char)
            if node is None:
                return None
        return node

    def __contains__(self, word):
        node = self.find(word)
        return node is not None and node.ends > 0

    def __len__(self):
        return self.count

    def __iter__(self):
        yield from self._walk("")

    def _walk(self, so_far):
        if self.ends:
            yield so_far
        for char in sorted(self.children):
            yield from self.children[char]._walk(so_far + char)

    def complete(self, prefix, most=3):
        node = self.find(prefix)
        if node is None:
            return []
        return list(islice(node._walk(prefix), most))

    def remove(self, word):
        if word not in self:
            raise KeyError(word)
        node = self
        node.count -= 1
        for char in word:
            child = node.children[char]
            child.count -= 1
            if child.count == 0:
                del node.children[char]
                return
            node = child
        node.ends -= 1

    def fuzzy(self, word, distance):
        def search(node, so_far, row):
            if node.ends and row[-1] <= distance:
                yield row[-1], so_far
            if min(row) > distance:
                return
            for char, child in node.children.items():
                new = [row[0] + 1]
                for i, other in enumerate(word, 1):
                    new.append(min(new[-1] + 1, row[i] + 1, row[i - 1] + (char != other)))
                yield from search(child, so_far + char, new)
        return sorted(search(self, "", range(len(word) + 1)))

    def longest_prefix(self):
        node, prefix = self, ""
        while len(node.children) == 1 and not node.ends:
            (char, node), = node.children.items()
            prefix += char
        return prefix


trie = Trie("car card care cat cart dog do".split())
print(len(trie), list(trie), "ca" in trie, "car" in trie, "" in trie)
print(trie.complete("car"), trie.complete("x"), trie.complete("", 10) == list(trie), bool(Trie()))
trie.remove("car")
print("car" in trie, "card" in trie, len(trie), trie.find("car").count)
trie.remove("cat")
print(list(trie), trie.find("cat"))
try:
    trie.remove("cat")
except KeyError as error:
    print("gone:", error)
print(trie.fuzzy("cord", 1), trie.fuzzy("dig", 2), Trie(["flower", "flow", "flight"]).longest_prefix())
try:
    trie.extra = 1
except AttributeError as error:
    print(error)
