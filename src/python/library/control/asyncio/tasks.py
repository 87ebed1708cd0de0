"""Tasks: coroutines that the event loop runs."""

import contextvars
import functools
import types

from . import events, futures
from .exceptions import CancelledError, TimeoutError

__all__ = [
    "ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION", "Task", "all_tasks", "as_completed",
    "create_task", "current_task", "ensure_future", "gather", "iscoroutine", "iscoroutinefunction",
    "run_coroutine_threadsafe", "shield", "sleep", "wait", "wait_for",
]

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

_FUNCTION_IS_COROUTINE = 0x80
_tasks = []
_current = {}
_count = [0]


def iscoroutine(obj):
    """Return True if obj is a coroutine object."""
    return isinstance(obj, types.CoroutineType)


def iscoroutinefunction(func):
    """Return True if func is a decorated coroutine function."""
    while isinstance(func, functools.partial):
        func = func.func
    func = getattr(func, "__func__", func)
    code = getattr(func, "__code__", None)
    return code is not None and bool(code.co_flags & _FUNCTION_IS_COROUTINE)


class Task(futures.Future):
    """A coroutine wrapped in a Future."""

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        if not iscoroutine(coro) and not isinstance(coro, types.GeneratorType):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        if name is None:
            _count[0] += 1
            name = f"Task-{_count[0]}"
        self._name = str(name)
        self._coro = coro
        self._waiter = None
        self._must_cancel = False
        self._requests = 0
        self._context = contextvars.copy_context() if context is None else context
        self._loop.call_soon(self._step, context=self._context)
        _tasks.append(self)

    def __repr__(self):
        state = "cancelling" if self._must_cancel else self._state.lower()
        info = [state, f"name={self._name!r}", f"coro=<{self._coro.__qualname__}()>"]
        if self._state == "FINISHED":
            if self._exception is not None:
                info.append(f"exception={self._exception!r}")
            else:
                info.append(f"result={self._result!r}")
        return f"<Task {' '.join(info)}>"

    def get_coro(self):
        return self._coro

    def get_context(self):
        return self._context

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        return []

    def cancel(self, msg=None):
        """Request that this task cancel itself."""
        if self.done():
            return False
        self._requests += 1
        if self._waiter is not None and self._waiter.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        """Return how often the task was asked to cancel itself."""
        return self._requests

    def uncancel(self):
        """Take back one request to cancel."""
        if self._requests > 0:
            self._requests -= 1
        return self._requests

    def _end(self):
        if self in _tasks:
            _tasks.remove(self)

    def _step(self, error=None):
        if self.done():
            return
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._make_cancelled_error()
            self._must_cancel = False
        self._waiter = None
        outer = _current.get(self._loop)
        _current[self._loop] = self
        try:
            if error is None:
                result = self._coro.send(None)
            else:
                result = self._coro.throw(error)
        except StopIteration as stop:
            self._end()
            if self._must_cancel:
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(stop.value)
        except CancelledError as cancelled:
            self._end()
            self._cancelled_error = cancelled
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as exit:
            self._end()
            super().set_exception(exit)
            raise
        except BaseException as failed:
            self._end()
            super().set_exception(failed)
        else:
            self._wait_for(result)
        finally:
            if outer is None:
                _current.pop(self._loop, None)
            else:
                _current[self._loop] = outer

    def _make_cancelled_error(self):
        kept = getattr(self, "_cancelled_error", None)
        if kept is not None:
            self._cancelled_error = None
            return kept
        return super()._make_cancelled_error()

    def _wait_for(self, result):
        if result is None:
            self._loop.call_soon(self._step, context=self._context)
        elif not getattr(result, "_asyncio_future_blocking", False):
            error = RuntimeError(f"Task got bad yield: {result!r}")
            self._loop.call_soon(self._step, error, context=self._context)
        elif result is self:
            error = RuntimeError(f"Task cannot await on itself: {self!r}")
            self._loop.call_soon(self._step, error, context=self._context)
        else:
            result._asyncio_future_blocking = False
            result.add_done_callback(self._wake, context=self._context)
            self._waiter = result
            if self._must_cancel and result.cancel(msg=self._cancel_message):
                self._must_cancel = False

    def _wake(self, future):
        if future.cancelled() or future._exception is not None:
            try:
                future.result()
            except BaseException as error:
                self._step(error)
        else:
            self._step()


Task.__module__ = "_asyncio"


def current_task(loop=None):
    """Return the task that runs, or None."""
    return _current.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """Return a set of all tasks for the loop."""
    loop = events.get_running_loop() if loop is None else loop
    return {one for one in _tasks if one._loop is loop and not one.done()}


def create_task(coro, *, name=None, context=None):
    """Schedule the execution of a coroutine."""
    return events.get_running_loop().create_task(coro, name=name, context=context)


def ensure_future(coro_or_future, *, loop=None):
    """Wrap a coroutine or an awaitable in a future."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future._loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if not iscoroutine(coro_or_future):
        if not hasattr(type(coro_or_future), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _awaited(coro_or_future)
    return (events.get_event_loop() if loop is None else loop).create_task(coro_or_future)


async def _awaited(awaitable):
    return await awaitable


def run_coroutine_threadsafe(coro, loop):
    """Schedule a coroutine; there are no other threads to call this from."""
    return ensure_future(coro, loop=loop)


@types.coroutine
def _pause():
    yield


async def sleep(delay, result=None):
    """Coroutine that completes after a given time (in seconds)."""
    if delay <= 0:
        await _pause()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, _set_result_unless_done, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def _set_result_unless_done(future, result):
    if not future.done():
        future.set_result(result)


class _Gathering(futures.Future):
    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    """Return a future aggregating the results of the given awaitables."""
    if not coros_or_futures:
        future = events.get_event_loop().create_future()
        future.set_result([])
        return future
    known = {}
    children = []
    loop = events._get_running_loop()
    for one in coros_or_futures:
        child = known.get(id(one))
        if child is None:
            child = ensure_future(one, loop=loop)
            loop = child._loop
            known[id(one)] = child
        children.append(child)
    unique = list(known.values())
    outer = _Gathering(unique, loop=loop)
    left = [len(unique)]

    def done(child):
        left[0] -= 1
        if outer.done():
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._make_cancelled_error())
                return
            if child.exception() is not None:
                outer.set_exception(child.exception())
                return
        if left[0] > 0:
            return
        if outer._cancel_requested:
            outer.set_exception(CancelledError())
            return
        results = []
        for one in children:
            if one.cancelled():
                results.append(one._make_cancelled_error())
            else:
                error = one.exception()
                results.append(one._result if error is None else error)
        outer.set_result(results)

    for child in unique:
        child.add_done_callback(done)
    return outer


def shield(arg):
    """Wait for a future, shielding it from cancellation."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner._loop.create_future()

    def inner_done(inner):
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for the futures or tasks to complete: sets (done, pending)."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    fs = set(fs)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    if any(iscoroutine(one) for one in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _set_result_unless_done, waiter, None)
    left = [len([one for one in fs if not one.done()])]

    def enough(one):
        if return_when == FIRST_COMPLETED:
            return True
        return return_when == FIRST_EXCEPTION and not one.cancelled() and one.exception() is not None

    def done(one):
        left[0] -= 1
        if (left[0] <= 0 or enough(one)) and not waiter.done():
            waiter.set_result(None)

    for one in fs:
        one.add_done_callback(done)
    try:
        if left[0] > 0 and not any(one.done() and enough(one) for one in fs):
            await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for one in fs:
            one.remove_done_callback(done)
    finished = {one for one in fs if one.done()}
    return finished, fs - finished


async def wait_for(fut, timeout):
    """Wait for a future or coroutine, at most so many seconds."""
    from .timeouts import timeout as limit
    if timeout is None:
        return await fut
    if timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        fut.cancel()
        try:
            await fut
        except CancelledError as error:
            raise TimeoutError() from error
        return fut.result()
    task = ensure_future(fut)
    try:
        async with limit(timeout):
            return await task
    except BaseException:
        if not task.done():
            task.cancel()
        raise


def as_completed(fs, *, timeout=None):
    """Iterate over coroutines that give the results in the order in which they come."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    loop = events.get_event_loop()
    todo = {ensure_future(one, loop=loop) for one in set(fs)}
    finished = []
    waiters = []

    def wake():
        if waiters:
            _set_result_unless_done(waiters.pop(0), None)

    def done(one):
        if one in todo:
            todo.remove(one)
            finished.append(one)
            wake()
            if not todo and timer is not None:
                timer.cancel()

    def late():
        for one in todo:
            one.remove_done_callback(done)
            finished.append(None)
        todo.clear()
        while waiters:
            wake()

    async def next_one():
        while not finished:
            waiter = loop.create_future()
            waiters.append(waiter)
            await waiter
        one = finished.pop(0)
        if one is None:
            raise TimeoutError
        return one.result()

    count = len(todo)
    for one in todo:
        one.add_done_callback(done)
    timer = loop.call_later(timeout, late) if todo and timeout is not None else None
    for _ in range(count):
        yield next_one()
