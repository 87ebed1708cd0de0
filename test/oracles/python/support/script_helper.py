import unittest


def assert_python_failure(*args, **env):
    raise unittest.SkipTest("needs a process of its own")


assert_python_ok = assert_python_failure
spawn_python = assert_python_failure
make_script = assert_python_failure
make_pkg = assert_python_failure
make_zip_script = assert_python_failure
kill_python = assert_python_failure
run_python_until_end = assert_python_failure


def interpreter_requires_environment():
    return True
run_test_script = assert_python_failure
