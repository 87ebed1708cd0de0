def compose(*steps):
    """A function of one argument that sends it through the steps, the first one first:
    `compose(f, g)(x)` is `g(f(x))`. Without steps it returns what it is given.
    """
    def through(value):
        for step in steps:
            value = step(value)
        return value

    return through


def fix(function, *fixed, **named):
    """The function with some arguments given in advance: `fix(f, 1, a=2)(3, b=4)` is
    `f(1, 3, a=2, b=4)`. A keyword that is given again in the call counts as given there.
    """
    def call(*args, **keywords):
        return function(*fixed, *args, **{**named, **keywords})

    return call
