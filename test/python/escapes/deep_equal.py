a, b = [], []
for n in range(100000):
    a, b = [a], [b]
try:
    print(a == b)
except RecursionError:
    print("too deep")
try:
    print(a < b)
except RecursionError:
    print("too deep")
c = []
c.append(c)
d = []
d.append(d)
try:
    c == d
except RecursionError:
    print("too deep")
