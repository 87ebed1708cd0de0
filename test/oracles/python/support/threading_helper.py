"""Threads that run beside one another are asked of no implementation."""
import contextlib
import unittest


def requires_working_threading(*, module=False):
    if module:
        return None
    return unittest.skip("needs threads that run beside")


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    raise unittest.SkipTest("needs threads that run beside")
    yield


def join_thread(thread, timeout=None):
    thread.join(timeout)


def threading_setup():
    return ()


def threading_cleanup(*before):
    pass


def reap_threads(test):
    return test


def wait_threads_exit(timeout=None):
    return contextlib.nullcontext()
