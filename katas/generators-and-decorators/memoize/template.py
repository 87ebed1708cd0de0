#R
#R
def memoize(function):
    """The function with a memory: called again with equal arguments, it returns what it returned
    before without calling `function`. Keywords may come in any order; errors are not remembered.
    The memory, a dictionary with an entry for each call remembered, is its attribute `memory`.
    """
    # BLANK_START
    # TODO: look it up, or call and remember.
    raise NotImplementedError
    # BLANK_END
