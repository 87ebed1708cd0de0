def g(n):
    if n:
        yield from g(n - 1)
    yield n
try:
    print(sum(g(100000)))
except RecursionError:
    print("too deep")
print(sum(g(200)))
