"""Functions that are handed to a pool: https://docs.python.org/3/library/concurrent.futures.html

Nothing runs beside a program: what is submitted has run when `submit` returns."""

import time
import types
from collections import namedtuple

__all__ = (
    "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "CancelledError", "TimeoutError",
    "InvalidStateError", "BrokenExecutor", "Future", "Executor", "wait", "as_completed",
    "ProcessPoolExecutor", "ThreadPoolExecutor",
)

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
TimeoutError = TimeoutError
DoneAndNotDoneFutures = namedtuple("DoneAndNotDoneFutures", "done not_done")


class Error(Exception):
    pass


class CancelledError(Error):
    """What was asked for was cancelled."""


class InvalidStateError(Error):
    """What was asked of a future is not to be had in its state."""


class BrokenExecutor(RuntimeError):
    """A pool that cannot work any more."""


class Future:
    """What comes of a call."""

    __class_getitem__ = classmethod(types.GenericAlias)

    def __init__(self):
        self._state = "PENDING"
        self._result = None
        self._exception = None
        self._callbacks = []

    def __repr__(self):
        shown = f"<{type(self).__name__} at {id(self):#x} state={self._state.lower()}"
        if self._state != "FINISHED":
            return shown + ">"
        if self._exception is not None:
            return f"{shown} raised {type(self._exception).__name__}>"
        return f"{shown} returned {type(self._result).__name__}>"

    def cancel(self):
        if self._state in ("RUNNING", "FINISHED"):
            return False
        if self._state == "PENDING":
            self._state = "CANCELLED"
            self._call_back()
        return True

    def cancelled(self):
        return self._state in ("CANCELLED", "CANCELLED_AND_NOTIFIED")

    def running(self):
        return self._state == "RUNNING"

    def done(self):
        return self.cancelled() or self._state == "FINISHED"

    def _settled(self, timeout):
        if self.cancelled():
            raise CancelledError()
        if self._state != "FINISHED":
            if timeout is None:
                raise RuntimeError("nothing runs beside this program that could finish the future")
            time.sleep(max(0, timeout))
            raise TimeoutError()

    def result(self, timeout=None):
        self._settled(timeout)
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self, timeout=None):
        self._settled(timeout)
        return self._exception

    def add_done_callback(self, fn):
        self._callbacks.append(fn)
        if self.done():
            self._callbacks.pop()
            self._call(fn)

    def _call_back(self):
        for fn in self._callbacks:
            self._call(fn)

    def _call(self, fn):
        try:
            fn(self)
        except Exception:
            import logging

            logging.getLogger("concurrent.futures").exception("exception calling callback for %r", self)

    def set_running_or_notify_cancel(self):
        if self._state == "CANCELLED":
            self._state = "CANCELLED_AND_NOTIFIED"
            return False
        if self._state == "PENDING":
            self._state = "RUNNING"
            return True
        raise RuntimeError("Future in unexpected state")

    def _finish(self, result, exception):
        if self._state not in ("PENDING", "RUNNING"):
            raise InvalidStateError("{}: {!r}".format(self._state, self))
        self._result, self._exception = result, exception
        self._state = "FINISHED"
        self._call_back()

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception)


class Executor:
    """A pool; in a `with` it is shut down at the end."""

    _closed = False

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=(), **others):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._initializer = initializer
        self._initargs = initargs

    def submit(self, fn, /, *args, **kwargs):
        """Calls a function, and gives what came of it."""
        if self._closed:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if self._initializer is not None:
            initializer, self._initializer = self._initializer, None
            initializer(*self._initargs)
        future = Future()
        future.set_running_or_notify_cancel()
        try:
            result = fn(*args, **kwargs)
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(result)
        return future

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Results in the order of the arguments; all calls are made before the first comes."""
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            for future in futures:
                yield future.result()

        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._closed = True

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


class ThreadPoolExecutor(Executor):
    """A pool of threads, which run one after the other when they are asked to."""


class ProcessPoolExecutor(Executor):
    """The same: there are no processes but the program's own."""


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Those that are done, and those that are not."""
    fs = set(fs)
    done = {future for future in fs if future.done()}
    if done != fs and not (done and return_when == FIRST_COMPLETED):
        if timeout is None:
            raise RuntimeError("nothing runs beside this program that could finish the futures")
        time.sleep(max(0, timeout))
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    """Futures in the order in which they were done."""
    left = []
    for future in dict.fromkeys(fs):
        if future.done():
            yield future
        else:
            left.append(future)
    if left:
        if timeout is None:
            raise RuntimeError("nothing runs beside this program that could finish the futures")
        time.sleep(max(0, timeout))
        raise TimeoutError(f"{len(left)} (of {len(left)}) futures unfinished")
