x = [3, 1, 2]
def key(n):
    x.clear()
    return n
try:
    x.sort(key=key)
except ValueError as error:
    print(error)
y = [3, 1, 2]
try:
    y.sort(key=lambda n: y.append(n) or n)
except ValueError as error:
    print(error)
