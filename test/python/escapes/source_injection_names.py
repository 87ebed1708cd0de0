code = compile("def f():\n    raise ValueError('x')\n", "a\n*/ throw 1; /* `${1}`\u2028.py", "exec")
space = {}
exec(code, space)
try:
    space["f"]()
except ValueError as error:
    print(error)
T = type("`${1}`*/\n", (), {"a\nb": 1, "*/": 2})
print(repr(T.__name__), getattr(T, "a\nb"), getattr(T(), "*/"))
f = lambda: 0
f.__name__ = "*/ throw `"
print(f.__name__)
try:
    eval("1 +\u2028 2")
except SyntaxError as error:
    print(type(error).__name__)
