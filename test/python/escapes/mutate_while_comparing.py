class A:
    def __eq__(self, other):
        x.clear()
        return False
x = [A(), A(), A()]
print(x == [1, 2, 3], x)
x = [A(), A()]
print(5 in x, x)
x = [A(), A()]
try:
    x.index(3)
except ValueError:
    print("absent", x)
