/** numpy: calls at random, with the results that NumPy 1.24 gave, and the memory it shares with torch. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sameShown, shownInOne } from "./numpy-run.ts";
import { outputOf } from "./run.ts";

const printed = (source: string): string =>
  outputOf(`import numpy as np, torch\n${source}`).trimEnd();

test("numpy gives what NumPy gives", () => {
  const file = join(import.meta.dir, "../oracles/python/numpy_cases.py");
  const [prelude = ""] = readFileSync(file, "utf8").split("if __name__");
  const lines = readFileSync(join(import.meta.dir, "numpy-cases.ndjson"), "utf8")
    .trimEnd()
    .split("\n");
  const cases = lines.map((line) => JSON.parse(line) as [source: string, want: unknown]);
  const found = shownInOne(
    prelude,
    cases.map(([source]) => source),
  );
  const wrong = cases.flatMap(([source, want], i) =>
    sameShown(want, found[i]) === undefined ? [] : [{ source, want, got: found[i] }],
  );
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(500);
}, 30_000);

describe("torch and numpy share memory", () => {
  test("Tensor.numpy() sees what the tensor is changed to, and the other way round", () => {
    expect(
      printed(`
t = torch.arange(6.).reshape(2, 3)
a = t.numpy()
a[0, 0] = 42
t.mul_(2)
t[1] = 7
print(a.tolist(), t.tolist() == a.tolist())
big = torch.zeros(100, 100)
later = big + 1
b = big.numpy()
b += 5
print(big.sum().item(), later.sum().item(), (big + 1).max().item())
`),
    ).toBe("[[84.0, 2.0, 4.0], [7.0, 7.0, 7.0]] True\n50000.0 10000.0 6.0");
  });
  test("from_numpy() keeps strides and refuses what torch has not", () => {
    expect(
      printed(`
a = np.arange(6, dtype=np.float32).reshape(2, 3)
t = torch.from_numpy(a.T)
t[0, 1] = 9
print(a.tolist(), t.shape)
for bad in (np.zeros(2, np.complex128), a[::-1]):
    try: torch.from_numpy(bad)
    except (TypeError, ValueError) as e: print(type(e).__name__)
`),
    ).toBe("[[0.0, 1.0, 2.0], [9.0, 4.0, 5.0]] torch.Size([3, 2])\nTypeError\nValueError");
  });
});

describe("whole numbers of 64 bits", () => {
  test("are exact, and wrap", () => {
    expect(
      printed(`
x = np.array([2**53, 2**62, -2**63], dtype=np.int64)
print((x + 1).tolist(), (x * 3).tolist(), (x[1:2] * 2).tolist(), x.sum())
print(np.array([2**63], dtype=np.uint64) * np.uint64(2), np.uint64(2**64 - 1))
`),
    ).toBe(
      "[9007199254740993, 4611686018427387905, -9223372036854775807] [27021597764222976, -4611686018427387904, -9223372036854775808] [-9223372036854775808] -4602678819172646912\n[0] 18446744073709551615",
    );
  });
});

test("every function that is written in Python is found by its name alone", () => {
  expect(
    printed(`
import importlib, sys, types
missing = []
for name in "spaces arranging questions histograms sets signal polynomials stats files errors".split():
    module = importlib.import_module("numpy._" + name)
    for own, value in vars(module).items():
        of = getattr(value, "__module__", None)
        if not own.startswith("_") and of == module.__name__ and not hasattr(np, own):
            missing.append(own)
print(missing, np.mgrid[0:2].tolist(), np.r_[1, 2].tolist(), np.s_[1:2])
`),
  ).toBe("[] [0, 1] [1, 2] slice(1, 2, None)");
});

test("names that JavaScript's objects have are no names of numpy's", () => {
  const tries = [
    "np.dtype('constructor')",
    "np.ones(2).astype('__proto__')",
    "np.ones(2).flags['constructor']",
    "np.constructor",
    "np.ones(2).toString",
    "np.ones(2)[10**30]",
  ];
  expect(
    printed(
      `for source in ${JSON.stringify(tries)}:\n    try: print(eval(source))\n    except Exception as e: print(type(e).__name__, e)`,
    ).split("\n"),
  ).toEqual([
    "TypeError data type 'constructor' not understood",
    "TypeError data type '__proto__' not understood",
    "KeyError 'Unknown flag'",
    "AttributeError module 'numpy' has no attribute 'constructor'",
    "AttributeError 'numpy.ndarray' object has no attribute 'toString'",
    "IndexError cannot fit 'int' into an index-sized integer",
  ]);
});

describe("limits", () => {
  test("an array that is too large is an error, not the end", () => {
    expect(printed("np.zeros((10**7, 10**7))")).toMatch(/Error|memory|bytes/i);
    expect(printed("np.arange(10**13)")).toMatch(/Error|memory|bytes/i);
    expect(printed("np.ones(3).repeat(10**12)")).toMatch(/Error|memory|bytes/i);
    expect(printed("np.random.rand(10**6, 10**6)")).toMatch(/Error|memory|bytes/i);
  });
});

describe("files", () => {
  test("save() and load() go through the program's own streams", () => {
    expect(
      printed(`
import io
s = io.BytesIO(); np.save(s, np.arange(4).reshape(2, 2).T); s.seek(0); print(np.load(s).tolist())
z = io.BytesIO(); np.savez(z, a=np.ones(2), b=np.arange(3)); z.seek(0); f = np.load(z); print(f.files, f["b"])
t = io.StringIO(); np.savetxt(t, [[1, 2.5], [3, 4]], fmt="%.2f", delimiter=","); t.seek(0); print(np.loadtxt(t, delimiter=",").tolist())
`),
    ).toBe("[[0, 2], [1, 3]]\n['a', 'b'] [0 1 2]\n[[1.0, 2.5], [3.0, 4.0]]");
  });
});
