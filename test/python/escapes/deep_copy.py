import copy
x = []
for n in range(5000):
    x = [x]
try:
    copy.deepcopy(x)
except RecursionError:
    print("too deep")
y = [1]
y.append(y)
z = copy.deepcopy(y)
print(z[1] is z)
