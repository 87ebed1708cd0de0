t = int
for n in range(100000):
    t = (t, str)
try:
    print(isinstance(1.5, t))
except RecursionError:
    print("too deep")
class E(Exception):
    pass
