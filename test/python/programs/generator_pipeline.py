def numbers(limit):
    n = 0
    while n < limit:
        skip = yield n
        n += skip or 1


def only(predicate, source):
    return (item for item in source if predicate(item))


def windows(source, size):
    window = []
    for item in source:
        window.append(item)
        if len(window) == size:
            yield tuple(window)
            window.pop(0)


def averager():
    total = count = 0
    average = None
    while True:
        try:
            value = yield average
        except ValueError as error:
            print("reset:", error)
            total = count = 0
            average = None
            continue
        total += value
        count += 1
        average = total / count


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


print(list(windows(only(lambda n: n % 3, numbers(12)), 3)))
source = numbers(20)
print(next(source), source.send(5), source.send(7), list(source))
mean = averager()
next(mean)
print([mean.send(v) for v in (10, 20, 60)], mean.throw(ValueError("new day")), mean.send(1))
mean.close()
try:
    mean.send(1)
except StopIteration as error:
    print("closed", error.value)
print(list(flatten([1, [2, (3, [4, []])], "five"])))
