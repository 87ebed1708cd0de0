/** Work and memory of NumPy's functions end with the budget, however large what they are given. */
import { describe, expect, test } from "bun:test";
import { pymodules } from "../../src/pymodules/index.ts";
import { run } from "../../src/python/index.ts";

describe("a budget ends", () => {
  test.each([
    "np.linalg.svd(x)",
    "np.linalg.qr(x)",
    "np.linalg.inv(x)",
    "np.linalg.eigvals(x)",
    "np.linalg.eigh(x)",
    "x @ x",
    "np.ones((900, 900), int) @ np.ones((900, 900), int)",
    "np.convolve(np.ones(10**6), np.ones(10**6))",
  ])("%s by its time", (call) => {
    const source = `import numpy as np\nx = np.random.rand(1200, 1200)\nwhile True: ${call}`;
    const result = run(source, { natives: pymodules, maxTimeMs: 300 });
    expect(result).toMatchObject({ ok: false, error: { kind: "timeout" } });
    expect(result.used.timeMs).toBeLessThan(1300);
  });

  test.each([
    "np.linalg.svd(np.ones((10**5, 2)))",
    "np.linalg.qr(np.ones((10**5, 2)), mode='complete')",
    "np.zeros(10**12)",
    "np.tile(np.zeros(1000), 10**8)",
    "np.pad(np.ones(10), 10**10)",
    "np.add.outer(np.ones(10**5), np.ones(10**5))",
  ])("%s by its memory", (call) => {
    const result = run(`import numpy as np\n${call}`, { natives: pymodules, maxMemory: 2 ** 28 });
    expect(result).toMatchObject({ ok: false, error: { kind: "limit" } });
  });
});

test("sliding_window_view() shows each place's window, and refuses those that do not fit", () => {
  const source = `
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view, as_strided
x = np.arange(12).reshape(3, 4)
assert sliding_window_view(np.arange(5), 3).tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
assert sliding_window_view(x, (2, 2)).shape == (2, 3, 2, 2)
assert sliding_window_view(x, (2, 2))[1, 2].tolist() == [[6, 7], [10, 11]]
assert np.shares_memory(sliding_window_view(x, 2, axis=0), x)
for call in (lambda: sliding_window_view(x, 3), lambda: sliding_window_view(x, (5, 1)),
             lambda: sliding_window_view(x, -1, 0), lambda: sliding_window_view(x, (1, 1), 0),
             lambda: sliding_window_view(x, 1, 5), lambda: as_strided(x)):
    try:
        call()
    except (ValueError, NotImplementedError):
        continue
    raise AssertionError("it was accepted")
`;
  expect(run(source, { natives: pymodules })).toMatchObject({ ok: true });
});
