try:
    print("{0:{1}{2}}".format(5, ">", 10))
    print("{:{}}".format("x", "{"))
except ValueError as error:
    print(error)
class A:
    def __format__(self, spec):
        return spec * 2
print(f"{A():{'<' * 3}}", format(A(), "constructor"), "{:{}}".format(A(), "q"))
try:
    "{:{:{}}}".format(1, 2, 3)
except ValueError as error:
    print(error)
