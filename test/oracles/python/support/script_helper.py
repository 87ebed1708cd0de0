import unittest


def assert_python_failure(*args, **env):
    raise unittest.SkipTest("needs a process of its own")


assert_python_ok = assert_python_failure
