import asyncio


async def worker(name, queue, results):
    while True:
        job = await queue.get()
        if job is None:
            return f"{name} done"
        await asyncio.sleep(0)
        results.append((name, job * job))


class Timer:
    async def __aenter__(self):
        print("open")
        return self

    async def __aexit__(self, kind, value, trace):
        print("close", kind and kind.__name__)
        return kind is ValueError


async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def fail():
    await asyncio.sleep(0)
    raise KeyError("lost")


async def main():
    queue, results = asyncio.Queue(), []
    for n in range(5):
        await queue.put(n)
    for _ in range(2):
        await queue.put(None)
    print(await asyncio.gather(worker("a", queue, results), worker("b", queue, results)))
    print(sorted(job for _, job in results))
    async with Timer():
        raise ValueError
    print([i async for i in ticks(4) if i % 2], {i: i async for i in ticks(2)})
    print(await asyncio.gather(fail(), asyncio.sleep(0, "slept"), return_exceptions=True))
    task = asyncio.create_task(asyncio.sleep(100))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except asyncio.TimeoutError:
        print("timeout")
    return "end"


print(asyncio.run(main()))
