/** `catune` in Python, against the values that the TypeScript room is held against. */
import { describe, expect, test } from "bun:test";
import { pymodules } from "../../src/pymodules/index.ts";
import { run, type RunOptions } from "../../src/python/index.ts";
import fistaReference from "../fixtures/deconvolution/fista_ref.json" with { type: "json" };
import kernelReference from "../fixtures/deconvolution/kernel_ref.json" with { type: "json" };

/** What a program prints as JSON. */
function told(source: string, options: RunOptions = {}): unknown {
  const head = "import json\nimport numpy as np\nimport catune\n";
  const result = run(head + source, { natives: pymodules, ...options });
  if (!result.ok)
    throw new Error(
      result.error.traceback.map((one) => one.source).join("\n") + result.error.message,
    );
  return JSON.parse(result.output);
}

test.each(kernelReference.sets)("build_kernel() and its like match the reference of %j", (set) => {
  const { tau_rise, tau_decay, fs } = set;
  const got = told(
    `t = (${tau_rise}, ${tau_decay}, ${fs})
k = catune.build_kernel(*t)
print(json.dumps([len(k), k.tolist()[:6], float(k.sum()), catune.tau_to_ar2(*t), catune.compute_lipschitz(k)]))`,
  ) as [number, number[], number, number[], number];
  expect(got[0]).toBe(set.kernel_len);
  const pairs = [
    ...set.first6.map((value, i) => [got[1][i], value]),
    [got[2], set.sum],
    [got[3][0], set.g1],
    [got[3][1], set.g2],
    [got[4], set.sum ** 2],
  ];
  for (const [a = 0, b = 0] of pairs)
    expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-10 * Math.abs(b));
});

test.each(fistaReference.runs)("run_deconvolution() finds the spikes of $name", (one) => {
  const { tau_rise, tau_decay, fs, lambda, trace, solution } = one;
  const got = told(
    `trace = np.array(json.loads("${JSON.stringify(trace)}"))
x = catune.run_deconvolution(trace, ${fs}, ${tau_rise}, ${tau_decay}, ${lambda})
both = catune.run_deconvolution(np.stack([trace, trace]), fs=${fs}, tau_r=${tau_rise}, tau_d=${tau_decay}, lam=${lambda})
assert both.shape == (2, len(trace)) and (both == x).all()
print(json.dumps(x.tolist()))`,
  ) as number[];
  expect(got.length).toBe(solution.length);
  for (const [i, value] of solution.entries()) {
    expect(Math.abs((got[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-10);
  }
});

describe("save_for_tuning() and load_tuning_data()", () => {
  const options: RunOptions = { files: [{ at: "/", memory: {} }] };
  test("keep traces and metadata; the keys that describe the array win", () => {
    const got = told(
      `catune.save_for_tuning([1.0, 2.5], 30, "/t", {"dtype": "mine", "animal": "m1"})
traces, described = catune.load_tuning_data("/t")
print(json.dumps([traces.tolist(), described]))`,
      options,
    );
    expect(got).toEqual([
      [[1, 2.5]],
      {
        dtype: "float64",
        animal: "m1",
        schema_version: "1.0.0",
        sampling_rate_hz: 30,
        num_cells: 1,
        num_timepoints: 2,
      },
    ]);
  });
});

test.each([
  [
    "catune.build_kernel(1, 1, 30)",
    "ValueError: tau_rise must be smaller than tau_decay, got 1 and 1",
  ],
  [
    "catune.run_deconvolution([1, float('nan')], 30, .02, .4)",
    "ValueError: traces must hold finite",
  ],
  ["catune.run_deconvolution([], 30, .02, .4)", "ValueError: traces is empty"],
  ["catune.run_deconvolution([1, 2], 30, .4, .02)", "ValueError: tau_r must be smaller than tau_d"],
  ["catune.run_deconvolution([1, 2], 30, .02, .4, lam=-1)", "ValueError: lam must be"],
  ["catune.run_deconvolution([1], 30, .02, .4, max_iterations=0)", "ValueError: max_iterations"],
  [
    "catune.run_deconvolution(np.zeros((2, 2, 2)), 30, .02, .4)",
    "ValueError: traces must have one",
  ],
  ["catune.save_for_tuning([1], 0, 'x')", "ValueError: fs must be"],
  ["catune.load_tuning_data('/none')", "FileNotFoundError: There is no /none.npy"],
])("%s says what is wrong", (call, words) => {
  expect(
    told(
      `try:\n    ${call}\nexcept Exception as e:\n    print(json.dumps(type(e).__name__ + ": " + str(e)))`,
    ),
  ).toStartWith(words);
});

test("a deconvolution that is too long ends with its time", () => {
  const source =
    "import catune, numpy as np\ncatune.run_deconvolution(np.ones(100000), 30.0, 0.02, 40, tolerance=0)";
  const result = run(source, { natives: pymodules, maxTimeMs: 200 });
  expect(result).toMatchObject({ ok: false, error: { kind: "timeout" } });
  expect(result.used.timeMs).toBeLessThan(1500);
});
