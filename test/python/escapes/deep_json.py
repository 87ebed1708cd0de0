import json
try:
    json.loads("[" * 100000)
except RecursionError:
    print("too deep")
x = []
for n in range(100000):
    x = [x]
try:
    json.dumps(x)
except RecursionError:
    print("too deep")
y = []
y.append(y)
try:
    json.dumps(y)
except ValueError as error:
    print(error)
