/** Calls of everything that torch has here, with what PyTorch 1.13 gave. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { differences, shownBy } from "./run.ts";

const PROBE = join(import.meta.dir, "../oracles/python/torch_probe.py");

test("torch gives what PyTorch gives", () => {
  const cases = readFileSync(join(import.meta.dir, "cases.ndjson"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as [source: string, want: unknown]);
  const found = shownBy(
    readFileSync(PROBE, "utf8"),
    cases.map(([source]) => source),
  );
  const wrong = cases.flatMap(([source, want], i) => {
    const kinds = differences(want, found[i]);
    return kinds.length === 0 ? [] : [{ kinds, source, want, got: found[i] }];
  });
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(400);
}, 30_000);
