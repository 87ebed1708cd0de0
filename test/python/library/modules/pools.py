from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait


def half(n):
    if n % 2:
        raise ValueError(f"{n} is odd")
    return n // 2


with ThreadPoolExecutor(max_workers=3) as pool:
    print(list(pool.map(lambda a, b: a + b, [1, 2, 3], [10, 20, 30])))
    futures = {pool.submit(half, n): n for n in (2, 3, 4)}
    for future in sorted(as_completed(futures), key=futures.get):
        try:
            print(futures[future], future.result(timeout=5))
        except ValueError as error:
            print(futures[future], "failed:", error, future.exception() is error)
    done, left = wait(futures)
    print(len(done), len(left), [f.done() for f in futures], any(f.cancel() for f in done))
    calls = []
    pool.submit(half, 8).add_done_callback(lambda f: calls.append(f.result()))
print(calls)
try:
    pool.submit(half, 2)
except RuntimeError as error:
    print(error)
future = Future()
print(future.cancel(), future.cancelled(), future.done())
other = Future()
other.add_done_callback(lambda f: print("told", f.result()))
other.set_result(3)
try:
    ThreadPoolExecutor(0)
except ValueError as error:
    print(error)
print(issubclass(ProcessPoolExecutor, object))
