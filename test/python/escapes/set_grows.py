s = set()
while True:
    s |= {(len(s), n) for n in range(1000)}
