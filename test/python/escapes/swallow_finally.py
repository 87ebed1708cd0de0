def f():
    for n in range(10**9):
        try:
            while True:
                pass
        finally:
            continue
f()
