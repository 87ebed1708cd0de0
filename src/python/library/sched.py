"""A scheduler of events, by a clock and a way to wait that are handed in."""
import heapq
import time
from collections import namedtuple
from itertools import count

__all__ = ["scheduler"]

Event = namedtuple("Event", "time, priority, sequence, action, argument, kwargs")
Event.time.__doc__ = "When it is to happen, by the scheduler's clock"
Event.priority.__doc__ = "Of what happens at the same time, the lowest comes first"
Event.sequence.__doc__ = "Of the same time and priority, the order of entering"
Event.action.__doc__ = "What is called"
Event.argument.__doc__ = "Its arguments"
Event.kwargs.__doc__ = "Its keyword arguments"
_NONE = object()


class scheduler:
    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._queue = []
        self._sequence = count()
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=_NONE):
        """Enters what happens at a time; the event that comes back can be cancelled."""
        event = Event(
            time, priority, next(self._sequence), action, argument, {} if kwargs is _NONE else kwargs
        )
        heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_NONE):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Takes an event out; ValueError where it is not in the queue."""
        self._queue.remove(event)
        heapq.heapify(self._queue)

    def empty(self):
        return not self._queue

    def run(self, blocking=True):
        """Runs what is due until there is nothing; without blocking, until something is not due yet, and says when."""
        while self._queue:
            event = self._queue[0]
            now = self.timefunc()
            if event.time > now:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
                continue
            heapq.heappop(self._queue)
            event.action(*event.argument, **event.kwargs)
            self.delayfunc(0)

    @property
    def queue(self):
        """The events in the order in which they will happen."""
        return sorted(self._queue)
