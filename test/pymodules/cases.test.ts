/** Calls of torch at random, with the results that PyTorch 1.13 gave. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { same, shownBy } from "./run.ts";

const ORACLES = join(import.meta.dir, "../oracles/python");

test("torch gives what PyTorch gives", () => {
  const [prelude = ""] = readFileSync(join(ORACLES, "torch_cases.py"), "utf8").split("if __name__");
  const lines = readFileSync(join(import.meta.dir, "cases.ndjson"), "utf8")
    .trimEnd()
    .split("\n");
  const cases = lines.map((line) => JSON.parse(line) as [source: string, want: unknown]);
  const found = [
    ...shownBy(
      prelude,
      cases.map(([source]) => source),
    ),
  ];
  const wrong = cases.flatMap(([source, want], i) =>
    same(want, found[i]) ? [] : [{ source, want, got: found[i] }],
  );
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(400);
}, 30_000);
