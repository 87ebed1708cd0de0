"""asyncio.run() and asyncio.Runner."""

import contextvars

from . import events, tasks

__all__ = ["Runner", "run", "to_thread"]


class Runner:
    """A context manager that controls an event loop's life cycle."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = "created"
        self._debug = debug
        self._factory = loop_factory
        self._loop = None
        self._context = None

    def __enter__(self):
        self._start()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def _start(self):
        if self._state == "closed":
            raise RuntimeError("Runner is closed")
        if self._state == "started":
            return
        self._loop = events.new_event_loop() if self._factory is None else self._factory()
        events.set_event_loop(self._loop)
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = contextvars.copy_context()
        self._state = "started"

    def close(self):
        """Shutdown and close event loop."""
        if self._state != "started":
            return
        loop = self._loop
        try:
            _cancel_all(loop)
        finally:
            events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = "closed"

    def get_loop(self):
        """Return embedded event loop."""
        self._start()
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine inside the embedded event loop."""
        if not tasks.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._start()
        context = self._context if context is None else context
        return self._loop.run_until_complete(self._loop.create_task(coro, context=context))


def run(main, *, debug=None):
    """Execute the coroutine and return the result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


def _cancel_all(loop):
    left = tasks.all_tasks(loop)
    if not left:
        return
    for task in left:
        task.cancel()
    loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() shutdown",
                "exception": task.exception(),
                "task": task,
            })


async def to_thread(func, /, *args, **kwargs):
    """There are no threads: the function runs when the loop comes to it."""
    context = contextvars.copy_context()
    loop = events.get_running_loop()
    return await loop.run_in_executor(None, lambda: context.run(func, *args, **kwargs))
