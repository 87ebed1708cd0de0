def chunks(elements, size: int, keep_rest: bool = True):
    """Yields lists of `size` elements each, in order, and at the end a shorter one if something
    is left and `keep_rest` is true. Takes no more elements than the chunk at hand needs.

    Raises:
        ValueError: when the first chunk is asked for, if `size` is less than 1
    """
    # BLANK_START
    # TODO: collect, hand out, begin anew.
    raise NotImplementedError
    # BLANK_END
