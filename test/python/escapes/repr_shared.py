x = [1] * 10
for n in range(30):
    x = [x, x]
s = repr(x)
