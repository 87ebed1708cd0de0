def f(n):
    return f(n + 1)
try:
    f(0)
except RecursionError as error:
    print(error)
def g():
    try:
        g()
    finally:
        pass
try:
    g()
except RecursionError:
    print("again")
