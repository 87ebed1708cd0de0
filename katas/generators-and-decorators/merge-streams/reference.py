import heapq
#R
#R
def merge_streams(*streams, key=lambda element: element):
    """Yields the elements of all streams, each of which is in ascending order of its keys, in
    ascending order of their keys. Of equal keys the earlier stream comes first. A stream is
    asked for another element only after its last one was yielded; elements are not compared.
    """
    heap = []
    for number, stream in enumerate(map(iter, streams)):
        for element in stream:
            heap.append((key(element), number, element, stream))
            break
    heapq.heapify(heap)
    while heap:
        _, number, element, stream = heapq.heappop(heap)
        yield element
        for following in stream:
            heapq.heappush(heap, (key(following), number, following, stream))
            break
