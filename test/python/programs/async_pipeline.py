import asyncio
import contextlib


async def source(n, queue):
    for i in range(n):
        await queue.put(i)
        await asyncio.sleep(0)
    await queue.put(None)
    return n


async def stage(name, work, inbox, outbox, log):
    try:
        while (item := await inbox.get()) is not None:
            try:
                result = await work(item)
            except ValueError as error:
                log.append(f"{name} dropped {item}: {error}")
                continue
            await outbox.put(result)
    finally:
        log.append(f"{name} is done")
        await outbox.put(None)


async def square(x):
    await asyncio.sleep(0)
    return x * x


async def odd_only(x):
    if x % 2 == 0:
        raise ValueError("even")
    return x


class Timer:
    async def __aenter__(self):
        print("opened")
        return self

    async def __aexit__(self, kind, error, trace):
        print("closed", kind.__name__ if kind else None)
        return kind is asyncio.TimeoutError


async def ticks(limit):
    try:
        for i in range(limit):
            yield i
            await asyncio.sleep(0)
    finally:
        print("ticks closed")


async def main():
    a, b, c = (asyncio.Queue(maxsize=2) for _ in range(3))
    log, got = [], []
    tasks = [asyncio.create_task(source(6, a), name="source"),
             asyncio.create_task(stage("square", square, a, b, log)),
             asyncio.create_task(stage("odd", odd_only, b, c, log))]
    while (item := await c.get()) is not None:
        got.append(item)
    print(got, await asyncio.gather(*tasks))
    print(*log, sep="\n")
    async with Timer():
        await asyncio.wait_for(asyncio.sleep(10), 0.001)
    async with contextlib.aclosing(ticks(9)) as some:
        async for tick in some:
            if tick == 2:
                break
    print([x async for x in ticks(3)], [await square(x) for x in (2, 3)])
    results = await asyncio.gather(square(4), odd_only(2), return_exceptions=True)
    print(results)
    forever = asyncio.create_task(asyncio.sleep(100))
    await asyncio.sleep(0)
    forever.cancel()
    try:
        await forever
    except asyncio.CancelledError:
        print("cancelled", forever.cancelled(), forever.done())
    lock, order = asyncio.Lock(), []

    async def guarded(name):
        async with lock:
            order.append(name + "+")
            await asyncio.sleep(0)
            order.append(name + "-")

    await asyncio.gather(*(guarded(name) for name in "xyz"))
    print("".join(order))


asyncio.run(main())
