/** CPython's recorded answers, and sizes that only a budget can refuse. */
import { afterEach, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BYTES, STEPS, meter, setWatcher } from "../../../src/python/budget.ts";
import { lshift, mul } from "../../../src/python/numeric/integers.ts";
import { factorial, pow } from "../../../src/python/numeric/powers.ts";
import { usePlainFaults } from "../text/plain-faults.ts";
import { difference, type Recorded } from "./calls.ts";

const FIXTURE = join(import.meta.dir, "../../fixtures/python/numeric.ndjson");

usePlainFaults();
afterEach(() => void setWatcher(undefined));

test("numeric functions answer as CPython does", () => {
  const lines = readFileSync(FIXTURE, "utf8").trim().split("\n");
  expect(lines.length).toBeGreaterThan(1000);
  const wrong = lines.map((line) => difference(JSON.parse(line) as Recorded));
  expect(wrong.filter((said) => said !== undefined)).toEqual([]);
});

const HOSTILE: Record<string, () => unknown> = {
  "9 ** 9 ** 8": () => pow(9, pow(9, 8)),
  "1 << 10 ** 10": () => lshift(1, 10 ** 10),
  "factorial(10 ** 12)": () => factorial(10 ** 12),
  "a product of long ints": () => {
    let n = pow(3, 100_000);
    for (;;) n = mul(n, n);
  },
};

for (const [name, compute] of Object.entries(HOSTILE)) {
  test(`${name} is refused by the budget before it is computed`, () => {
    const refuse = (): never => {
      throw new Error("refused");
    };
    meter[STEPS] = meter[BYTES] = 0;
    setWatcher({
      steps: (n) => n > 1e6 && refuse(),
      bytes: (n) => n > 1e6 && refuse(),
      depth: refuse,
    });
    expect(compute).toThrow("refused");
  });
}
