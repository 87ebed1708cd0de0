def flatten(nested, depth: float = float("inf")):
    """Yields what is in lists and tuples of any nesting, from left to right; everything else,
    texts too, is a leaf. At most `depth` levels of nesting are opened below the outermost one.
    """
    for element in nested:
        if isinstance(element, (list, tuple)) and depth > 0:
            yield from flatten(element, depth - 1)
        else:
            yield element
