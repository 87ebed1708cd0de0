import contextlib
import os
import unittest

TESTFN = "@test_file"


def unlink(name):
    try:
        os.unlink(name)
    except OSError:
        pass


@contextlib.contextmanager
def temp_cwd(name=None, quiet=False):
    raise unittest.SkipTest("needs a directory of its own")
    yield
