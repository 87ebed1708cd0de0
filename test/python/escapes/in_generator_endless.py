def g():
    while True:
        yield 1
print(2 in g())
