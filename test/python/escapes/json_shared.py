import json
x = ["x" * 100]
for n in range(30):
    x = [x, x]
s = json.dumps(x)
