d = {}
for n in range(20000):
    d[n * (2**61 - 1)] = n
print(len(d), d[(2**61 - 1) * 5], sum(d.values()))
