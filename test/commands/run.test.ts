import { expect, test } from "bun:test";
import { parseArguments } from "../../src/cli/strict.ts";
import { langOf, requestOf } from "../../src/commands/run.ts";
import { specOf } from "./context.ts";

const requestFor = (...argv: string[]) => requestOf(parseArguments(specOf("run"), argv), "/w");

test("requestOf() leaves out what was not asked for", () => {
  expect(requestFor()).toEqual({
    reference: false,
    bail: false,
    device: "auto",
    reporters: [],
    sandbox: {},
    cwd: "/w",
  });
});

test("requestOf() carries every flag", () => {
  const line =
    "softmax a.ts --reference --filter axes --lang=py --variation=wide --device software " +
    "--timeout 250 --seed=9 --jobs 2 --bail --reporter json --reporter=tap:a.tap " +
    "--log=l.ndjson --katas k --allow-read=a,b --allow-read=c --allow-write --allow-net " +
    "--allow-env=KEY --allow-run --max-memory 512 --max-cpu 3 --max-output=9";
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
    sandbox: {
      read: ["a", "b", "c"],
      write: "all",
      net: true,
      env: ["KEY"],
      run: true,
      memory: 512,
      cpu: 3,
      output: 9,
    },
    cwd: "/w",
  });
});

test("requestOf() reads --no-sandbox, and a list that ends in nothing", () => {
  expect(requestFor("--no-sandbox").sandbox).toEqual({ off: true });
  expect(requestFor("--no-sandbox", "--strict-plugins")).toMatchObject({
    unconfined: true,
    strictPlugins: true,
  });
  expect(requestFor("--allow-read=a,", "softmax")).toMatchObject({
    selector: "softmax",
    sandbox: { read: ["a"] },
  });
});

test("langOf() is undefined without --lang", () => {
  expect(langOf(parseArguments(specOf("run"), []))).toBeUndefined();
});
