t = ()
for n in range(100000):
    t = (t,)
try:
    hash(t)
except RecursionError:
    pass
print("survived")
