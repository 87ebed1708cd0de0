def walk():
    seen = set()
    todo = [().__class__.__bases__[0]]
    while todo and len(seen) < 5000:
        cls = todo.pop()
        if cls in seen:
            continue
        seen.add(cls)
        try:
            todo.extend(type.__subclasses__(cls))
        except TypeError:
            pass
    return seen
for cls in walk():
    if cls.__name__ in ("Popen", "_wrap_close", "BuiltinImporter", "FileLoader", "CDLL", "Function", "Proxy"):
        for name in ("load_module", "get_data", "communicate", "LoadLibrary"):
            if hasattr(cls, name):
                print("escaped", cls.__name__, name)
    init = cls.__init__
    space = getattr(init, "__globals__", None)
    if space is not None and ("sys" in space or "os" in space or "__builtins__" in space and "process" in space):
        for name in ("process", "Bun", "require", "globalThis"):
            if name in space:
                print("escaped", cls.__name__, name)
print("done")
