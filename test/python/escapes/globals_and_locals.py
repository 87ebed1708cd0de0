__proto__ = 1
globals()["constructor"] = 2
print(__proto__, constructor, "toString" in globals(), "hasOwnProperty" in dir())
def f():
    __proto__ = 5
    return sorted(locals())
print(f())
try:
    toString
except NameError as error:
    print(error)
