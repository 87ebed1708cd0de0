x = [1] * 10
while True:
    x[1:1] = x
