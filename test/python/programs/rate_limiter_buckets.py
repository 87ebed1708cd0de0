import heapq
import math
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass
class TokenBucket:
    rate: float
    size: float
    tokens: float = field(init=False)
    last: float = field(default=0.0, init=False, repr=False)
    made: ClassVar[int] = 0

    def __post_init__(self):
        self.tokens = self.size
        TokenBucket.made += 1

    def allow(self, now, cost=1):
        self.tokens = min(self.size, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens + 1e-9 < cost:
            return False
        self.tokens -= cost
        return True


class SlidingWindow:
    def __init__(self, most, seconds):
        self.most, self.seconds, self.hits = most, seconds, deque()

    def allow(self, now, cost=1):
        while self.hits and self.hits[0] <= now - self.seconds:
            self.hits.popleft()
        if len(self.hits) + cost > self.most:
            return False
        self.hits.extend([now] * cost)
        return True


@dataclass(order=True)
class Request:
    time: float
    user: str = field(compare=False)
    cost: int = field(default=1, compare=False, kw_only=True)


def simulate(make, requests):
    buckets, outcome, queue = {}, Counter(), list(requests)
    heapq.heapify(queue)
    trace = []
    while queue:
        request = heapq.heappop(queue)
        bucket = buckets.setdefault(request.user, make())
        ok = bucket.allow(request.time, request.cost)
        outcome[request.user, ok] += 1
        trace.append("+" if ok else "-")
        if not ok and request.time < 3:
            heapq.heappush(queue, Request(request.time + 1.75, request.user, cost=request.cost))
    return outcome, "".join(trace)


requests = [Request(i * 0.25, "ann" if i % 3 else "bob", cost=1 + (i % 5 == 0)) for i in range(16)]
for make in (lambda: TokenBucket(rate=1.5, size=3), lambda: SlidingWindow(3, 1.0)):
    outcome, trace = simulate(make, requests)
    print(trace, sorted(outcome.items()))
print(TokenBucket.made, TokenBucket(2, 4), requests[0] < requests[1], Request(1, "x") == Request(1, "y", cost=9))


class Average:
    def __init__(self, half_life):
        self.decay, self.value = math.log(2) / half_life, None

    def add(self, x, dt=1.0):
        weight = 1 - math.exp(-self.decay * dt)
        self.value = x if self.value is None else self.value + weight * (x - self.value)
        return self.value


average = Average(2)
print([round(average.add(x), 4) for x in (10, 20, 20, 0, 0, 10)])


class Histogram:
    def __init__(self, *bounds):
        self.bounds, self.counts = [*bounds, math.inf], [0] * (len(bounds) + 1)

    def add(self, value):
        for i, bound in enumerate(self.bounds):
            if value <= bound:
                self.counts[i] += 1
                break
        return self

    def quantile(self, q):
        wanted, seen = q * sum(self.counts), 0
        for bound, count in zip(self.bounds, self.counts):
            seen += count
            if seen >= wanted:
                return bound


histogram = Histogram(1, 5, 10)
for value in (0.5, 3, 3, 7, 12, 5, 1):
    histogram.add(value)
for bound, count in zip(histogram.bounds, histogram.counts):
    print(f"<= {bound:<4} {'#' * count:<4}|{count}")
print([histogram.quantile(q) for q in (0.1, 0.5, 0.9)], math.inf > 10**400, -math.inf < 0, math.nan == math.nan)
