class A:
    __slots__ = ()
for value in [1, A(), len, None, "s"]:
    try:
        value.nothing
    except AttributeError as error:
        print(error.name, error.obj is value)
try:
    nothing_here
except NameError as error:
    print(error.name)
