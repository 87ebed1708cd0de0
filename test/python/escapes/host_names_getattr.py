NAMES = ["constructor", "__proto__", "prototype", "toString", "valueOf", "hasOwnProperty", "caller", "apply", "call", "bind", "length", "arguments"]
class C:
    pass
def f():
    pass
def gen():
    yield 1
values = [None, True, 1, 2**70, 1.5, 1j, "s", b"b", [1], (1,), {1: 2}, {1}, frozenset(), range(3), f, C, C(), gen(), len, [].append, int, type, ValueError("x"), iter([]), slice(1), property(), object()]
found = []
for value in values:
    for name in NAMES:
        if hasattr(value, name) and not (name == "__proto__"):
            found.append((type(value).__name__, name))
        if getattr(value, name, "absent") != "absent":
            found.append((type(value).__name__, name))
print(found)
