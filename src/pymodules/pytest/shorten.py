"""Values in few words, whatever their `__repr__` does."""
import reprlib

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


class _Short(reprlib.Repr):
    def __init__(self, size):
        super().__init__()
        self.maxstring = 1_000_000_000 if size is None else size
        self.size = size

    def repr(self, x):
        return self.safe(super().repr, x)

    def repr_instance(self, x, level):
        return self.safe(repr, x)

    def safe(self, shown, x):
        try:
            text = shown(x)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            text = failed_repr(error, x)
        return cut(text, self.size)


def shortened(obj, size=SIZE, use_ascii=False):
    """The repr of a value: a few of many items, and the middle cut out of what is long."""
    short = _Short(size)
    return short.safe(ascii, obj) if use_ascii else short.repr(obj)


def whole(obj, use_ascii=False):
    """The repr of a value in full."""
    try:
        return ascii(obj) if use_ascii else repr(obj)
    except Exception as error:
        return failed_repr(error, obj)
