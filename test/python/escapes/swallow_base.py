def f():
    while True:
        try:
            x = [0] * 10**9
        except BaseException:
            continue
f()
