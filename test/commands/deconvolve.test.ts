import { expect, test } from "bun:test";
import { outcome, pace } from "../../src/commands/deconvolve-text.ts";

test("pace() shows a bar, and a rate once there is one", () => {
  expect(pace(0, 100, 0, 10)).toBe("\u2591".repeat(24));
  expect(pace(50, 100, 25, 500)).toBe(
    `${"\u2588".repeat(12)}${"\u2591".repeat(12)} 50 cells a second, 1 s left`,
  );
  expect(pace(100, 100, 100, 1)).toContain("0 s left");
  expect(pace(1, 1000, 1, 60_000)).toContain(" 1 cells a second, 59940 s left");
});

test("outcome() leaves out what did not happen", () => {
  const all = { cells: 4, length: 9, finished: 4, resumed: 0, iterations: 40, cut: 0 };
  expect(outcome(all, 1234)).toBe("4 of 4 cells of 9 samples in 1.2 s; 10 iterations a cell");
  expect(outcome({ ...all, resumed: 2, cut: 1 }, 50)).toBe(
    "4 of 4 cells of 9 samples in 0.1 s; 10 iterations a cell; 2 of them by an earlier call; 1 ended by --max-iterations",
  );
  expect(outcome({ ...all, finished: 0, iterations: 0 }, 0)).toContain("0 of 4 cells");
});
