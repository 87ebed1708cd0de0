"""Threads where there is one: `start()` runs a thread to its end, as if it had been quick.

Programs that start threads and join them go as ever. Who would wait for what only another thread could
bring would wait forever, and gets a RuntimeError; where a thread does, its `start()` raises it.
"""

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
    error = RuntimeError(f"{what} would wait forever: start() runs a thread to its end before it returns")
    error._forever = True
    raise error


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
        self._owner = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._count and self._owner != get_ident():
            if blocking and timeout == -1:
                _forever("acquiring a lock that another thread holds")
            return False
        self._count += 1
        self._owner = get_ident()
        return True

    def release(self):
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def _is_owned(self):
        return self._count > 0 and self._owner == get_ident()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def __repr__(self):
        state = "locked" if self._count else "unlocked"
        owner = self._owner if self._count else 0
        return f"<{state} _thread.RLock object owner={owner} count={self._count} at {id(self):#x}>"


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

    def abort(self):
        """Break the barrier."""
        self.broken = True

    def reset(self):
        """Make the barrier whole again."""
        self.broken = False

    def wait(self, timeout=None):
        if self.broken:
            raise BrokenBarrierError
        if self.parties > 1:
            _forever("waiting at a barrier for others")
        if self._action is not None:
            self._action()
        return 0


class local:
    """Data that each thread has its own of."""

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        object.__setattr__(self, "_own", {_running[-1]: {}})
        object.__setattr__(self, "_arguments", (args, kwargs))
        return self

    def __getattribute__(self, name):
        own = _own(self)
        if name == "__dict__":
            return own
        return own[name] if name in own else object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        if hasattr(getattr(type(self), name, None), "__set__"):
            object.__setattr__(self, name, value)
        else:
            _own(self)[name] = value

    def __delattr__(self, name):
        if name in _own(self):
            del _own(self)[name]
        else:
            object.__delattr__(self, name)


def _own(data):
    """What the running thread has of a `local`, which a new thread initializes anew."""
    owns = object.__getattribute__(data, "_own")
    thread = _running[-1]
    if thread not in owns:
        owns[thread] = {}
        args, kwargs = object.__getattribute__(data, "_arguments")
        type(data).__init__(data, *args, **kwargs)
    return owns[thread]


class Thread:
    """A thread, which runs from its start() to its end while who started it waits."""

    _count = 0
    _idents = 1
    _started = False
    _ended = False

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
        """Run the thread to its end."""
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        Thread._idents += 1
        self.ident = self.native_id = Thread._idents
        from contextvars import Context

        _running.append(self)
        try:
            Context().run(self.run)
        except SystemExit:
            pass
        except BaseException as error:
            if hasattr(error, "_forever") or not isinstance(error, Exception):
                raise
            excepthook(ExceptHookArgs((type(error), error, error.__traceback__, self)))
        finally:
            self._ended = True
            _running.remove(self)

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def join(self, timeout=None):
        """Wait until the thread has ended, as every started one has."""
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self is _running[-1]:
            raise RuntimeError("cannot join current thread")
        if not self._ended and timeout is None:
            _forever("joining a thread that waits for this one")

    def is_alive(self):
        return self._started and not self._ended

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemon):
        self.daemon = daemon

    def __repr__(self):
        state = "stopped" if self._ended else "started" if self._started else "initial"
        if self.daemon:
            state += " daemon"
        extra = f" {self.ident}" if self.ident is not None else ""
        return f"<{self.__class__.__name__}({self.name}, {state}{extra})>"


class _MainThread(Thread):
    _started = True

    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self.ident = self.native_id = 1


class Timer(Thread):
    """A thread that would call a function later, which it cannot: start() refuses."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__(target=function, args=args or (), kwargs=kwargs)
        self.interval = interval
        self.function = function

        self.finished = Event()

    def cancel(self):
        """Keep the function from being called."""
        self.finished.set()

    def start(self):
        raise RuntimeError("can't start a timer: nothing runs beside the program; call the function, or use asyncio")


_main = _MainThread()
# Who runs, after those that wait for it to end.
_running = [_main]


def current_thread():
    """Return the current Thread object."""
    return _running[-1]


currentThread = current_thread


def main_thread():
    """Return the main thread object."""
    return _main


def enumerate():
    """Return a list of all Thread objects currently alive."""
    return list(_running)


def active_count():
    """Return the number of Thread objects currently alive."""
    return len(_running)


activeCount = active_count


def get_ident():
    """Return the identifier of the current thread."""
    return _running[-1].ident


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
    if args.exc_type is SystemExit:
        return
    name = get_ident() if args.thread is None else args.thread.name
    print(f"Exception in thread {name}:", file=sys.stderr, flush=True)
    from traceback import print_exception

    print_exception(args.exc_type, args.exc_value, args.exc_traceback)
