x = []
for n in range(100000):
    x = [x]
for f in [repr, str]:
    try:
        f(x)
        print("done")
    except RecursionError:
        print("too deep")
y = []
y.append(y)
print(y)
d = {}
d["d"] = d
print(d)
