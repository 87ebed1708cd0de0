import { expect, test } from "bun:test";
import { parseArguments } from "../../src/cli/strict.ts";
import { langOf, requestOf } from "../../src/commands/run.ts";
import { KataError } from "../../src/errors.ts";
import { specOf } from "./context.ts";

const requestFor = (...argv: string[]) => requestOf(parseArguments(specOf("run"), argv), "/w");

test("requestOf() leaves out what was not asked for", () => {
  expect(requestFor()).toEqual({
    reference: false,
    bail: false,
    device: "auto",
    reporters: [],
    cwd: "/w",
  });
});

test("requestOf() carries every flag", () => {
  const line =
    "softmax a.ts --reference --filter axes --lang=py --variation=wide --device software " +
    "--timeout 250 --seed=9 --jobs 2 --bail --reporter json --reporter=tap:a.tap " +
    "--log=l.ndjson --katas k";
  expect(requestFor(...line.split(" "))).toEqual({
    selector: "softmax",
    solution: "a.ts",
    reference: true,
    filter: "axes",
    lang: "py",
    variation: "wide",
    device: "software",
    timeoutMs: 250,
    seed: 9,
    jobs: 2,
    bail: true,
    reporters: [{ name: "json" }, { name: "tap", file: "a.tap" }],
    log: "l.ndjson",
    katas: "k",
    cwd: "/w",
  });
});

test("requestOf() refuses a reporter that does not exist before anything runs", () => {
  expect(() => requestFor("--reporter", "jsn")).toThrow(KataError);
  expect(() => requestFor("--reporter", "constructor")).toThrow(KataError);
});

test("langOf() is undefined without --lang", () => {
  expect(langOf(parseArguments(specOf("run"), []))).toBeUndefined();
});
