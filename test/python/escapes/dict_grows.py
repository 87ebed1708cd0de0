d = {}
n = 0
while True:
    d[n] = str(n) * 100
    n += 1
