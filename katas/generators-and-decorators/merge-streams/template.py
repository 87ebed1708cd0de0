#R
#R
def merge_streams(*streams, key=lambda element: element):
    """Yields the elements of all streams, each of which is in ascending order of its keys, in
    ascending order of their keys. Of equal keys the earlier stream comes first. A stream is
    asked for another element only after its last one was yielded; elements are not compared.
    """
    # BLANK_START
    # TODO: the first element of each stream in a heap.
    raise NotImplementedError
    # BLANK_END
