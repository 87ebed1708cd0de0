def chunks(elements, size: int, keep_rest: bool = True):
    """Yields lists of `size` elements each, in order, and at the end a shorter one if something
    is left and `keep_rest` is true. Takes no more elements than the chunk at hand needs.

    Raises:
        ValueError: when the first chunk is asked for, if `size` is less than 1
    """
    if size < 1:
        raise ValueError(f"no chunks of size {size}")
    chunk = []
    for element in elements:
        chunk.append(element)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk and keep_rest:
        yield chunk
