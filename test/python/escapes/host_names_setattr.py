class C:
    pass
c = C()
for n, name in enumerate(["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "then", "toJSON"]):
    setattr(c, name, n)
    setattr(C, name + "_", n)
print(vars(c))
print([getattr(c, name) for name in vars(c)])
delattr(c, "constructor")
print(hasattr(c, "constructor"), hasattr(C(), "toString"), hasattr(C(), "__proto__"))
for target in [1, "s", [], None, len, int]:
    try:
        setattr(target, "__proto__", c)
    except (AttributeError, TypeError) as error:
        print(type(error).__name__)
