class A:
    def __init__(self):
        self.x = 1
a = A()
for text in ["{0.__init__.__globals__.nothing}", "{0.__class__.__name__}", "{0.x.constructor}", "{0.__init__.__name__}", "{0.__class__.__mro__[1].__name__}", "{0.__dict__[x]}"]:
    try:
        print(text.format(a))
    except Exception as error:
        print(type(error).__name__, error)
print("process" in "{0.__init__.__globals__}".format(a), "require" in "{0.__class__.__dict__}".format(a))
