def f():
    try:
        while True:
            pass
    finally:
        return 1
while True:
    f()
