def flatten(nested, depth: float = float("inf")):
    """Yields what is in lists and tuples of any nesting, from left to right; everything else,
    texts too, is a leaf. At most `depth` levels of nesting are opened below the outermost one.
    """
    # BLANK_START
    # TODO: go into what is nested.
    raise NotImplementedError
    # BLANK_END
