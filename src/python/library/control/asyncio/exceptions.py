"""The exceptions of asyncio."""

__all__ = ["BrokenBarrierError", "CancelledError", "InvalidStateError", "TimeoutError", "QueueEmpty", "QueueFull"]


class CancelledError(BaseException):
    """The Future or Task was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class BrokenBarrierError(RuntimeError):
    """Barrier is broken by barrier.abort() call."""


class QueueEmpty(Exception):
    """Raised when Queue.get_nowait() is called on an empty Queue."""


class QueueFull(Exception):
    """Raised when the Queue.put_nowait() method is called on a full Queue."""


for _one in (CancelledError, InvalidStateError, BrokenBarrierError):
    _one.__module__ = "asyncio.exceptions"
for _one in (QueueEmpty, QueueFull):
    _one.__module__ = "asyncio.queues"
