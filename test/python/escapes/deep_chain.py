e = None
for n in range(100000):
    new = ValueError(n)
    new.__context__ = e
    e = new
depth = 0
while e:
    depth += 1
    e = e.__context__
print(depth)
