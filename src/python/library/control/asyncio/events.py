"""The event loop: callbacks in the order they were asked for, and timers by the host's clock."""

import _asyncio
import contextvars
import heapq
import sys

__all__ = [
    "AbstractEventLoop", "AbstractEventLoopPolicy", "Handle", "TimerHandle", "get_event_loop",
    "get_event_loop_policy", "get_running_loop", "new_event_loop", "set_event_loop",
    "set_event_loop_policy", "_get_running_loop",
]

_running = [None]
_current = [None]


class Handle:
    """A callback that the loop will call."""

    def __init__(self, callback, args, loop, context=None):
        self._callback = callback
        self._args = args
        self._loop = loop
        self._context = contextvars.copy_context() if context is None else context
        self._cancelled = False

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            self._callback = self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._loop.call_exception_handler({
                "message": f"Exception in callback {self._callback!r}",
                "exception": error,
                "handle": self,
            })


class TimerHandle(Handle):
    """A callback for a time of the loop's clock."""

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when

    def when(self):
        return self._when

    def cancel(self):
        if not self._cancelled:
            self._loop._dead += 1
        super().cancel()


class AbstractEventLoop:
    """The base of event loops."""


class _Loop(AbstractEventLoop):
    def __init__(self):
        self._ready = []
        self._timers = []
        self._count = 0
        self._dead = 0
        self._closed = False
        self._stopping = False
        self._running = False
        self._debug = False
        self._handler = None
        self._factory = None
        self._generators = []

    def __repr__(self):
        return f"<{self.__class__.__name__} running={self._running} closed={self._closed} debug={self._debug}>"

    def time(self):
        return _asyncio.monotonic()

    def call_soon(self, callback, *args, context=None):
        self._check_closed()
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        timer = TimerHandle(when, callback, args, self, context)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, timer))
        return timer

    def create_future(self):
        from .futures import Future
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        from .tasks import Task
        self._check_closed()
        if self._factory is not None:
            task = self._factory(self, coro) if context is None else self._factory(self, coro, context=context)
            if name is not None:
                task.set_name(name)
            return task
        return Task(coro, loop=self, name=name, context=context)

    def set_task_factory(self, factory):
        self._factory = factory

    def get_task_factory(self):
        return self._factory

    def run_in_executor(self, executor, func, *args):
        """There are no threads: the function runs when the loop comes to it."""
        future = self.create_future()

        def run():
            if future.cancelled():
                return
            try:
                future.set_result(func(*args))
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                future.set_exception(error)

        self.call_soon(run)
        return future

    def _run_once(self):
        timers = self._timers
        if self._dead > 50 and self._dead * 2 > len(timers):
            timers = self._timers = [one for one in timers if not one[2]._cancelled]
            heapq.heapify(timers)
            self._dead = 0
        while timers and timers[0][2]._cancelled:
            heapq.heappop(timers)
            self._dead -= 1
        if not self._ready:
            if timers:
                wait = timers[0][0] - self.time()
                if wait > 0:
                    _asyncio.sleep(wait)
            elif not self._stopping:
                raise RuntimeError("deadlock: the event loop has nothing to do, and nothing will ever wake it")
        end = self.time() + 1e-9
        while timers and timers[0][0] <= end:
            timer = heapq.heappop(timers)[2]
            if not timer._cancelled:
                self._ready.append(timer)
        batch = self._ready
        self._ready = []
        for handle in batch:
            if not handle._cancelled:
                handle._run()

    def run_forever(self):
        self._check_closed()
        if self._running:
            raise RuntimeError("This event loop is already running")
        if _running[0] is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")
        self._running = True
        _running[0] = self
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            self._running = False
            _running[0] = None

    def run_until_complete(self, future):
        from .tasks import ensure_future
        from .futures import isfuture
        self._check_closed()
        if self._running:
            raise RuntimeError("This event loop is already running")
        is_new = not isfuture(future)
        future = ensure_future(future, loop=self)

        def done(_):
            self.stop()

        future.add_done_callback(done)
        try:
            self.run_forever()
        finally:
            future.remove_done_callback(done)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        self._stopping = True

    def is_running(self):
        return self._running

    def is_closed(self):
        return self._closed

    def close(self):
        if self._running:
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._ready.clear()
        self._timers.clear()

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self):
        pass

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def get_exception_handler(self):
        return self._handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._handler = handler

    def default_exception_handler(self, context):
        import traceback
        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(context):
            if key not in ("message", "exception"):
                lines.append(f"{key}: {context[key]!r}")
        text = "\n".join(lines) + "\n"
        error = context.get("exception")
        if error is not None:
            text += "".join(traceback.format_exception(error))
        sys.stderr.write(text)

    def call_exception_handler(self, context):
        if self._handler is None:
            self.default_exception_handler(context)
        else:
            self._handler(self, context)


class AbstractEventLoopPolicy:
    """Who makes event loops."""

    def get_event_loop(self):
        return get_event_loop()

    def set_event_loop(self, loop):
        set_event_loop(loop)

    def new_event_loop(self):
        return new_event_loop()


_policy = [AbstractEventLoopPolicy()]


def get_event_loop_policy():
    """Get the current event loop policy."""
    return _policy[0]


def set_event_loop_policy(policy):
    """Set the current event loop policy."""
    _policy[0] = AbstractEventLoopPolicy() if policy is None else policy


def _get_running_loop():
    return _running[0]


def get_running_loop():
    """Return the running event loop, or raise RuntimeError."""
    loop = _running[0]
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


def get_event_loop():
    """Return the running event loop, or the current one, made where there is none."""
    if _running[0] is not None:
        return _running[0]
    if _current[0] is None:
        _current[0] = new_event_loop()
    return _current[0]


def set_event_loop(loop):
    """Set the current event loop."""
    _current[0] = loop


def new_event_loop():
    """Return a new event loop."""
    return _Loop()
