/** Sizes that a program may ask for: they are charged before memory is taken or time is spent. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { BYTES, meter, setWatcher, STEPS, type Watcher } from "../../../src/python/budget.ts";
import { lower, upper } from "../../../src/python/text/case.ts";
import { encode } from "../../../src/python/text/encode.ts";
import { floatFromText } from "../../../src/python/text/float-text.ts";
import { formatFloat, formatInt, formatStr } from "../../../src/python/text/format.ts";
import { integerFromText, integerText } from "../../../src/python/text/integers.ts";
import { formatPercent, type PercentValues } from "../../../src/python/text/percent.ts";
import { count, find, rfind } from "../../../src/python/text/search.ts";
import { center, expandtabs, ljust, rjust, zfill } from "../../../src/python/text/pad.ts";
import { join, replace, rsplit, split } from "../../../src/python/text/split.ts";
import { concat, fromPoints, repeat } from "../../../src/python/text/wide.ts";
import { usePlainFaults } from "./plain-faults.ts";

usePlainFaults();

const STEP_BUDGET = 50_000_000;
const BYTE_BUDGET = 64 << 20;

class Spent extends Error {}

const refuse: Watcher = {
  steps: () => {
    throw new Spent("steps");
  },
  depth: () => {
    throw new Spent("depth");
  },
  bytes: () => {
    throw new Spent("bytes");
  },
};
let before: Watcher;
let counts: Int32Array;

beforeEach(() => {
  counts = meter.slice();
  before = setWatcher(refuse);
  meter[STEPS] = STEP_BUDGET;
  meter[BYTES] = BYTE_BUDGET;
});

afterEach(() => {
  setWatcher(before);
  meter.set(counts);
});

const values: PercentValues = {
  isMapping: false,
  next: () => 1,
  named: () => 1,
  star: () => 2 ** 30,
  text: () => "x",
  integer: () => 1,
  float: () => 1,
  character: () => "c",
  isDone: () => true,
};
const grin = fromPoints([0x1f600]);
const HUGE = 1_000_000_000;

const bombs: Record<string, () => unknown> = {
  "'a' * 2**31": () => repeat("a", 2 ** 31),
  "'a' * 10**9": () => repeat("a", HUGE),
  "wide * 10**9": () => repeat(grin, HUGE),
  ljust: () => ljust("a", HUGE),
  "rjust of wide": () => rjust("a", HUGE, grin),
  center: () => center("a", HUGE),
  zfill: () => zfill("1", HUGE),
  expandtabs: () => expandtabs("\t", HUGE),
  "expandtabs of many": () => expandtabs("\t".repeat(10_000), 10_000),
  "replace of nothing": () => replace("a".repeat(10_000), "", "b".repeat(10_000)),
  "replace of one": () => replace("a".repeat(10_000), "a", "b".repeat(10_000)),
  join: () =>
    join(
      "x".repeat(10_000),
      Array.from({ length: 10_000 }, () => "a"),
    ),
  "split into many": () => split("a".repeat(4_000_000), "a"),
  "%1000000000d": () => formatPercent("%1000000000d", values),
  "%-1000000000s": () => formatPercent("%-1000000000s", values),
  "%01000000000x": () => formatPercent("%01000000000x", values),
  "%.1000000000f": () => formatPercent("%.1000000000f", values),
  "%.1000000000e": () => formatPercent("%.1000000000e", values),
  "%.1000000000d": () => formatPercent("%.1000000000d", values),
  "%#.1000000000g": () => formatPercent("%#.1000000000g", values),
  "%*d": () => formatPercent("%*d", values),
  "format >1000000000": () => formatStr("a", ">1000000000"),
  "format 01000000000,": () => formatInt(1, "01000000000,"),
  "format 1000000000": () => formatInt(1, "1000000000"),
  "format .1000000000f": () => formatFloat(0.1, ".1000000000f"),
  "format .1000000000%": () => formatFloat(0.1, ".1000000000%"),
  "int of a million digits": () => integerFromText("7".repeat(2_000_000), 10, 0),
  "str of a million digits": () => integerText(1n << 5_000_000n, 10, 0),
};

describe("a size is charged and not taken when it is too large", () => {
  for (const [name, bomb] of Object.entries(bombs)) {
    test(name, () => {
      const start = performance.now();
      expect(bomb).toThrow(Spent);
      expect(performance.now() - start).toBeLessThan(1000);
    });
  }
});

test("a text longer than any is a MemoryError when nothing limits it", () => {
  setWatcher(undefined);
  expect(() => repeat("a", 2 ** 31)).toThrow("MemoryError");
  expect(() => ljust("a", 2 ** 62)).toThrow("MemoryError");
  expect(() => formatInt(1, "9000000000000000000")).toThrow("MemoryError");
  expect(() => formatFloat(1, ".2147483647f")).toThrow("MemoryError");
});

describe("a search takes linear time when the part nearly lies everywhere", () => {
  const size = 400_000;
  const text = "a".repeat(size);
  const half = "a".repeat(size / 2);
  const wide = repeat(grin, size);
  test("find() and rfind() of a long part", () => {
    const start = performance.now();
    expect(find(text, `${half}b`)).toBe(-1);
    expect(find(text, `b${half}`)).toBe(-1);
    expect(rfind(text, `b${half}`)).toBe(-1);
    expect(find(`${text}${half}b`, `${half}b`)).toBe(size);
    expect(rfind(`b${half}${text}`, `b${half}`)).toBe(0);
    expect(performance.now() - start).toBeLessThan(2000);
  });
  test("find() and count() of wide texts", () => {
    const part = concat(repeat(grin, size / 2), "b");
    const start = performance.now();
    expect(find(wide, part)).toBe(-1);
    expect(count(wide, grin)).toBe(size);
    expect(performance.now() - start).toBeLessThan(2000);
  });
  test("split() and replace() with it", () => {
    expect(split(text, `${half}b`)).toHaveLength(1);
    expect(replace(text, half, "x")).toBe("xx");
    const part = `${"a".repeat(999)}b`;
    const near = `${"a".repeat(2000)}b`.repeat(200);
    const start = performance.now();
    expect(split(near, part)).toHaveLength(201);
    expect(rsplit(near, part)).toHaveLength(201);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test("numbers of long texts are read in linear time", () => {
  const digits = "1".repeat(1_000_000);
  const start = performance.now();
  expect(floatFromText(digits)).toBe(Infinity);
  expect(() => floatFromText(`${digits}x`)).toThrow("could not convert");
  expect(() => floatFromText(`${"1_".repeat(500_000)}`)).toThrow("could not convert");
  expect(() => integerFromText(digits)).toThrow("Exceeds the limit (4300 digits)");
  expect(integerFromText(`0x${"f".repeat(10_000)}`, 16)).toBe(16n ** 10_000n - 1n);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("work on long texts is charged by size", () => {
  const text = "é".repeat(1_000_000);
  for (const work of [
    upper,
    lower,
    (s: string) => encode(s, "utf-16"),
    (s: string) => find(s, "x"),
  ]) {
    const left = meter[STEPS]!;
    work(text);
    expect(left - meter[STEPS]!).toBeGreaterThanOrEqual(text.length >>> 3);
  }
});
