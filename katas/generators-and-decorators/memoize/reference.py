import functools
#R
#R
def memoize(function):
    """The function with a memory: called again with equal arguments, it returns what it returned
    before without calling `function`. Keywords may come in any order; errors are not remembered.
    The memory, a dictionary with an entry for each call remembered, is its attribute `memory`.
    """
    memory = {}

    @functools.wraps(function)
    def remembering(*args, **keywords):
        key = args, tuple(sorted(keywords.items()))
        if key not in memory:
            memory[key] = function(*args, **keywords)
        return memory[key]

    remembering.memory = memory
    return remembering
