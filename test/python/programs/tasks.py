import asyncio
async def work(n, d):
    print("start", n); await asyncio.sleep(d); print("end", n); return n * 2
async def main():
    r = await asyncio.gather(work(1, .1), work(2, .02), work(3, .2))
    print(r)
    t = asyncio.create_task(work(4, .01), name="four"); print(t.get_name(), t.done())
    print(await t, t.done(), t.result())
    try:
        await asyncio.wait_for(work(5, 1), 0.01)
    except asyncio.TimeoutError as e: print("timeout", repr(e))
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(1)
    except TimeoutError: print("timeout2")
    q = asyncio.Queue(2)
    async def producer():
        for i in range(5): await q.put(i); print("put", i)
        await q.put(None)
    async def consumer():
        while (x := await q.get()) is not None: print("got", x)
    await asyncio.gather(producer(), consumer())
    lock = asyncio.Lock()
    async def locked(n):
        async with lock:
            print("in", n); await asyncio.sleep(0); print("out", n)
    await asyncio.gather(*(locked(i) for i in range(3)))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(work(6, .01)); tg.create_task(fail())
    except* ValueError as eg: print("eg", eg.exceptions)
    for f in asyncio.as_completed([work(7, .1), work(8, .02)]): print("as", await f)
    t = asyncio.create_task(work(9, 10)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled", t.cancelled())
    done, pending = await asyncio.wait([asyncio.create_task(work(10, .01)), asyncio.create_task(work(11, 5))], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending)); [p.cancel() for p in pending]
    r = await asyncio.gather(fail(), work(12, 0), return_exceptions=True); print(r)
    ev = asyncio.Event()
    async def waiter(): await ev.wait(); print("ev")
    w = asyncio.create_task(waiter()); await asyncio.sleep(0); ev.set(); await w
    sem = asyncio.Semaphore(2)
    async def s(i):
        async with sem: print("sem", i); await asyncio.sleep(0.001)
    await asyncio.gather(*map(s, range(4)))
    print(asyncio.iscoroutinefunction(main), asyncio.iscoroutinefunction(print))
    loop = asyncio.get_running_loop(); fut = loop.create_future(); loop.call_later(.01, fut.set_result, 42); print(await fut)
    print(await asyncio.shield(work(13, 0)))
    async def ag():
        for i in range(3):
            yield i; await asyncio.sleep(0)
    print([x async for x in ag()])
    print(await asyncio.to_thread(lambda: 5))
    print(asyncio.current_task().get_name())
async def fail(): raise ValueError("bad")
asyncio.run(main())
try: asyncio.run(fail())
except ValueError as e: print(e)
print(asyncio.run(asyncio.sleep(0, "x")))
