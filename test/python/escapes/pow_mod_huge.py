while True:
    pow(3, 10**30000, 10**30000 + 1)
