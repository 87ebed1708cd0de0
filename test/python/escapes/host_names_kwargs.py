def f(**kwargs):
    return kwargs
print(f(constructor=1, toString=2, __proto__=3, hasOwnProperty=4))
print(f(**{"__proto__": 1, "valueOf": 2}))
print(dict(__proto__=1, constructor=2))
def g(constructor, *, __proto__=0):
    return constructor, __proto__
print(g(1), g(constructor=2, __proto__=3))
try:
    g(toString=1)
except TypeError as error:
    print(error)
