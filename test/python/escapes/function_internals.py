def f(a, b=2, *c, d, **e):
    x = 1
    return x
print(f.__globals__ is globals(), f.__code__.co_name, f.__code__.co_varnames, f.__code__.co_argcount)
print(f.__defaults__, f.__kwdefaults__, f.__closure__, f.__qualname__, f.__module__)
for name in ["func_globals", "constructor", "prototype", "caller", "apply"]:
    print(hasattr(f, name), hasattr(f.__code__, name))
