import heapq
from collections import deque
from itertools import count


class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks


class Receive:
    def __init__(self, box):
        self.box = box


class Spawn:
    def __init__(self, task):
        self.task = task


class Mailbox(deque):
    pass


class Scheduler:
    def __init__(self):
        self.now, self.ready, self.sleeping = 0, deque(), []
        self.waiting, self.order, self.log = {}, count(), []

    def start(self, name, task):
        self.ready.append((name, task, None))

    def send(self, box, message):
        waiters = self.waiting.get(id(box))
        if waiters:
            name, task = waiters.popleft()
            self.ready.append((name, task, message))
        else:
            box.append(message)

    def step(self, name, task, value):
        try:
            request = task.throw(value) if isinstance(value, Exception) else task.send(value)
        except StopIteration as end:
            self.log.append(f"{self.now}: {name} ended with {end.value!r}")
            return
        except Exception as error:
            self.log.append(f"{self.now}: {name} failed: {error!r}")
            return
        match request:
            case Sleep(ticks=ticks) if ticks < 0:
                self.ready.append((name, task, ValueError("time runs on")))
            case Sleep(ticks=ticks):
                heapq.heappush(self.sleeping, (self.now + ticks, next(self.order), name, task))
            case Receive(box=box) if box:
                self.ready.append((name, task, box.popleft()))
            case Receive(box=box):
                self.waiting.setdefault(id(box), deque()).append((name, task))
            case Spawn(task=child):
                self.start(f"{name}.child", child)
                self.ready.append((name, task, None))

    def run(self):
        while self.ready or self.sleeping:
            while self.ready:
                self.step(*self.ready.popleft())
            if self.sleeping:
                self.now, _, name, task = heapq.heappop(self.sleeping)
                self.ready.append((name, task, None))
        return self.now


scheduler, box = Scheduler(), Mailbox()


def producer(n):
    for i in range(n):
        yield Sleep(i)
        scheduler.send(box, i * i)
    scheduler.send(box, None)
    return f"sent {n}"


def consumer():
    total = 0
    while (item := (yield Receive(box))) is not None:
        scheduler.log.append(f"{scheduler.now}: got {item}")
        total += item
    yield Spawn(late(total))
    return total


def late(total):
    try:
        yield Sleep(-1)
    except ValueError as error:
        scheduler.log.append(f"{scheduler.now}: {error}")
        yield Sleep(3)
    return 1 // (total - 14)


scheduler.start("consumer", consumer())
scheduler.start("producer", producer(4))
print(scheduler.run())
print("\n".join(scheduler.log))
