import heapq
import itertools
from dataclasses import dataclass, field


@dataclass(order=True)
class Event:
    time: float
    order: int
    action: object = field(compare=False, repr=False)
    label: str = field(compare=False, default="event")


class Simulator:
    def __init__(self):
        self.now, self.queue, self.counter = 0.0, [], itertools.count()

    def after(self, delay, action, label):
        heapq.heappush(self.queue, Event(self.now + delay, next(self.counter), action, label))

    def run(self, until):
        while self.queue and self.queue[0].time <= until:
            event = heapq.heappop(self.queue)
            self.now = event.time
            print(f"{self.now:6.2f} {event.label}")
            event.action()
        print("left", [repr(event) for event in sorted(self.queue)])


sim = Simulator()
waiting, busy = [], False


def arrive(n):
    def action():
        waiting.append(n)
        if n < 4:
            sim.after(1.25, arrive(n + 1), f"customer {n + 1} arrives")
        serve()
    return action


def serve():
    global busy
    if busy or not waiting:
        return
    busy, customer = True, waiting.pop(0)
    sim.after(2.0, lambda: done(customer), f"customer {customer} served")


def done(customer):
    global busy
    busy = False
    serve()


sim.after(0.5, arrive(1), "customer 1 arrives")
sim.run(6)
print(waiting, busy)
