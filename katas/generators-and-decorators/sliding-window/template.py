#R
#R
def windows(elements, size: int, step: int = 1):
    """Yields tuples of `size` neighbours each, in order; each begins `step` elements after the
    one before. Windows that are not full are not yielded. Takes each element once.
    """
    # BLANK_START
    # TODO: remember the last few.
    raise NotImplementedError
    # BLANK_END


def is_rising(readings) -> bool:
    """Whether each reading is larger than the one before; true for fewer than two."""
    # BLANK_START
    # TODO: look at pairs of neighbours.
    raise NotImplementedError
    # BLANK_END
