"""What works of threads where there is one: locks, events, local data. Starting another is refused."""

import sys

__all__ = [
    "active_count", "Barrier", "BoundedSemaphore", "Condition", "current_thread", "enumerate", "Event",
    "ExceptHookArgs", "excepthook", "get_ident", "get_native_id", "local", "Lock", "main_thread",
    "RLock", "Semaphore", "setprofile", "settrace", "stack_size", "Thread", "ThreadError", "Timer",
    "TIMEOUT_MAX", "BrokenBarrierError",
]

TIMEOUT_MAX = 9223372036.0
ThreadError = RuntimeError


def _forever(what):
    raise RuntimeError(f"{what} would wait forever: programs here have one thread")


class Lock:
    """A lock; who waits for one that is held would wait forever, and is told so."""

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if self._held:
            if blocking and timeout == -1:
                _forever("acquiring a lock that is held")
            return False
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        return self._held

    def __enter__(self):
        self.acquire()
        return True

    def __exit__(self, *exc_info):
        self.release()

    def __repr__(self):
        state = "locked" if self._held else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"


class RLock:
    """A lock that may be taken again by who holds it."""

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        self._count += 1
        return True

    def release(self):
        if self._count == 0:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def _is_owned(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def __repr__(self):
        state = "locked" if self._count else "unlocked"
        return f"<{state} _thread.RLock object count={self._count} at {id(self):#x}>"


class Condition:
    """A condition; waiting for what does not hold yet is refused."""

    def __init__(self, lock=None):
        self._lock = RLock() if lock is None else lock
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

    def wait(self, timeout=None):
        if timeout is None:
            _forever("waiting for a condition")
        return False

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if not result and timeout is None:
            _forever("waiting for a condition")
        return result

    def notify(self, n=1):
        pass

    def notify_all(self):
        pass


class Semaphore:
    """A counter; taking from an empty one is refused."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if self._value == 0:
            if blocking and timeout is None:
                _forever("acquiring a semaphore at zero")
            return False
        self._value -= 1
        return True

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        self._value += n

    def __exit__(self, *exc_info):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that is released no more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def release(self, n=1):
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class Event:
    """A flag."""

    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        if not self._flag and timeout is None:
            _forever("waiting for an event")
        return self._flag


class BrokenBarrierError(RuntimeError):
    """Raised when a barrier is broken."""


class Barrier:
    """A barrier for one."""

    def __init__(self, parties, action=None, timeout=None):
        self.parties = parties
        self._action = action
        self.n_waiting = 0
        self.broken = False

    def wait(self, timeout=None):
        if self.parties > 1:
            _forever("waiting at a barrier for others")
        if self._action is not None:
            self._action()
        return 0


class local:
    """Data of a thread: of the only one."""


class Thread:
    """A thread; only the main one runs, and start() refuses."""

    _count = 0
    _started = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        if group is not None:
            raise AssertionError("group argument must be None for now")
        self._target = target
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        if name is None:
            Thread._count += 1
            name = f"Thread-{Thread._count}"
            if target is not None and hasattr(target, "__name__"):
                name += f" ({target.__name__})"
        self.name = str(name)
        self.daemon = bool(daemon)
        self.ident = None
        self.native_id = None

    def start(self):
        raise RuntimeError("can't start new thread: programs here have one; call run(), or use asyncio")

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def join(self, timeout=None):
        raise RuntimeError("cannot join thread before it is started")

    def is_alive(self):
        return self._started

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemon):
        self.daemon = daemon

    def __repr__(self):
        state = "started" if self._started else "initial"
        extra = f" {self.ident}" if self.ident is not None else ""
        return f"<{self.__class__.__name__}({self.name}, {state}{extra})>"


class _MainThread(Thread):
    _started = True

    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self.ident = self.native_id = 1


class Timer(Thread):
    """A thread that would call a function later."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__(target=function, args=args or (), kwargs=kwargs)
        self.interval = interval
        self.function = function

    def cancel(self):
        pass


_main = _MainThread()


def current_thread():
    """Return the current Thread object."""
    return _main


currentThread = current_thread


def main_thread():
    """Return the main thread object."""
    return _main


def enumerate():
    """Return a list of all Thread objects currently alive."""
    return [_main]


def active_count():
    """Return the number of Thread objects currently alive."""
    return 1


activeCount = active_count


def get_ident():
    """Return the identifier of the current thread."""
    return 1


get_native_id = get_ident


def stack_size(size=0):
    return 0


def settrace(func):
    pass


def setprofile(func):
    pass


class ExceptHookArgs(tuple):
    """What excepthook gets: exc_type, exc_value, exc_traceback, thread."""

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])


def excepthook(args, /):
    """Handle an exception that ended a thread."""
    if args.exc_type is not SystemExit:
        sys.excepthook(args.exc_type, args.exc_value, args.exc_traceback)
