import copy


class Node:
    def __init__(self, name, *links):
        self.name, self.links, self.notes = name, list(links), {}

    def __copy__(self):
        made = type(self)(self.name + "'")
        made.links = self.links
        return made

    def __repr__(self):
        return f"{self.name}({','.join(link.name for link in self.links)})"


class Shared:
    made = 0

    def __deepcopy__(self, memo):
        Shared.made += 1
        return self


a = Node("a")
b, c = Node("b", a), Node("c", a)
a.links += [b, c]
a.notes["shared"] = [Shared(), b.links]
d = copy.deepcopy(a)
print(d, d.links[0].links[0] is d, d.links[0] is not b, d.notes["shared"][1] is d.links[0].links, Shared.made)
e = copy.copy(a)
e.links.append(a)
print(e, a, e.links is a.links)
x = [[1, 2], (3, [4])]
y, z = copy.copy(x), copy.deepcopy(x)
x[0].append(9)
x[1][1].append(8)
print(y, z, x[:] == y, x[0] is y[0], z[1] is x[1], copy.deepcopy((1, 2)) == (1, 2))
loop = [1]
loop.append(loop)
twin = copy.deepcopy(loop)
print(twin, twin[1] is twin, twin is not loop, a.__dict__.keys(), copy.copy({1: [2]}), copy.deepcopy({1, 2}))
