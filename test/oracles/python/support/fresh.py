"""What CPython's tests of imports hand to other tests."""
import contextlib
import sys
import unittest


@contextlib.contextmanager
def uncache(*names):
    """None of these modules is known, in the block and after it."""
    for name in names:
        sys.modules.pop(name, None)
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


def ready_to_import(*args, **kwargs):
    raise unittest.SkipTest("needs a directory of its own")


_ready_to_import = ready_to_import
__all__ = ["uncache", "ready_to_import", "_ready_to_import"]
