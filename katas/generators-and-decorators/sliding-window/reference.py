from collections import deque
#R
#R
def windows(elements, size: int, step: int = 1):
    """Yields tuples of `size` neighbours each, in order; each begins `step` elements after the
    one before. Windows that are not full are not yielded. Takes each element once.
    """
    window = deque(maxlen=size)
    for count, element in enumerate(elements, 1):
        window.append(element)
        if count >= size and (count - size) % step == 0:
            yield tuple(window)


def is_rising(readings) -> bool:
    """Whether each reading is larger than the one before; true for fewer than two."""
    return all(before < after for before, after in windows(readings, 2))
