"""Values in few words, whatever their `__repr__` does."""
SIZE = 240


def _described(error):
    try:
        return repr(error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return '{}("{}")'.format(type(error).__name__, error)


def failed_repr(error, obj):
    """What stands for a value whose `__repr__` raised."""
    try:
        words = _described(error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as inner:
        words = 'unpresentable exception ({})'.format(_described(inner))
    return '<[{} raised in repr()] {} object at 0x{:x}>'.format(words, type(obj).__name__, id(obj))


def cut(text, size):
    if size is None or len(text) <= size:
        return text
    before = max(0, (size - 3) // 2)
    after = max(0, size - 3 - before)
    return text[:before] + '...' + text[len(text) - after:]


def shortened(obj, size=SIZE, use_ascii=False):
    """The repr of a value: a few of many items, and the middle cut out of what is long."""
    from _pytest.outline import Outline
    outline = Outline(size)
    return outline.safe(ascii, obj) if use_ascii else outline.repr(obj)


def whole(obj, use_ascii=False):
    """The repr of a value in full."""
    try:
        return ascii(obj) if use_ascii else repr(obj)
    except Exception as error:
        return failed_repr(error, obj)
