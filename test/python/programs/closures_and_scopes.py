x = "global"


def outer(x):
    def middle():
        def inner():
            nonlocal x
            x += "!"
            return x
        return inner
    return middle()


shout = outer("hey")
print(shout(), shout(), x)
adders = [lambda n, k=k: n + k for k in range(3)]
late = [lambda n: n + k for k in range(3)]
print([f(10) for f in adders], [f(10) for f in late])


def counter():
    counter.calls += 1
    return counter.calls


counter.calls = 0
counter()
print(counter(), counter.__closure__, [c.cell_contents for c in shout.__closure__])


def unbound():
    print(x)
    x = 1


class Scope:
    x = "class"
    seen = [x for _ in range(1)] if False else [y for y in x][:2]

    def read(self):
        return x


print(Scope().read(), Scope.seen)
for action in (unbound, lambda: not_defined, lambda: del_me()):
    try:
        action()
    except NameError as error:
        print(type(error).__name__, error)


def defaults(a, seen=[], *, d={}):
    seen.append(a)
    d[a] = len(seen)
    return seen, d


defaults(1)
print(defaults(2), defaults.__defaults__, defaults(3, []))
exec("y = x + '?'", globals())
print(y, [x for x in range(3)], x, (lambda: (yield))().__next__())
