"""A few of many items: what is told of values that are not told in full."""
import reprlib
from _pytest.shorten import cut, failed_repr


class Outline(reprlib.Repr):
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
