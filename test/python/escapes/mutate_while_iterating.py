d = {1: 1, 2: 2}
try:
    for k in d:
        d[k + 10] = 1
except RuntimeError as error:
    print(error)
s = {1, 2}
try:
    for k in s:
        s.add(k + 10)
except RuntimeError as error:
    print(error)
x = [1, 2, 3]
for y in x:
    if len(x) < 10:
        x.append(y)
print(x)
for y in x:
    x.remove(y)
print(x)
