def compose(*steps):
    """A function of one argument that sends it through the steps, the first one first:
    `compose(f, g)(x)` is `g(f(x))`. Without steps it returns what it is given.
    """
    # BLANK_START
    # TODO: a function that goes through the steps.
    raise NotImplementedError
    # BLANK_END


def fix(function, *fixed, **named):
    """The function with some arguments given in advance: `fix(f, 1, a=2)(3, b=4)` is
    `f(1, 3, a=2, b=4)`. A keyword that is given again in the call counts as given there.
    """
    # BLANK_START
    # TODO: take what is still to come, and hand on everything.
    raise NotImplementedError
    # BLANK_END
