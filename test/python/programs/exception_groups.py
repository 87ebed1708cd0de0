try:
    raise ExceptionGroup("eg", [ValueError(1), TypeError(2), OSError(3), ExceptionGroup("in", [KeyError(4), ValueError(5)])])
except* ValueError as e:
    print("V", repr(e))
except* (TypeError, KeyError) as e:
    print("T", repr(e))
    try:
        raise RuntimeError("r")
    except RuntimeError as r:
        print(repr(r.__context__))
except* OSError:
    print("O")
else:
    print("no")
finally:
    print("fin")
try:
    try:
        raise ValueError(3)
    except* ValueError as e:
        print(repr(e), e.message, e.exceptions)
        raise KeyError(2)
except KeyError as e:
    print(repr(e), repr(e.__context__))
try:
    try:
        raise ExceptionGroup("eg", [ValueError(1), TypeError(2)])
    except* ValueError as e:
        raise SyntaxError("bad")
except ExceptionGroup as e:
    print(repr(e), e)
print(OSError(2, "no", "f"), repr(OSError(2, "no", "f")))
def f():
    for i in range(3):
        try:
            return 5
        finally:
            if i == 1: break
            continue
    return 7
print(f())
