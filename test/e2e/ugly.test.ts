/** Whatever a solution or a test does, the report is whole, its totals right, its reasons plain. */
import { afterAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { validateXML } from "xmllint-wasm";
import eventsSchema from "../../src/help/schemas/events.json";
import runSchema from "../../src/help/schemas/run.json";
import { parseTap } from "../golden/checkers.ts";
import { folder, type JsonReport, kata, removeFolders, report, runSample, sample } from "./kata.ts";

const HEAD =
  'import { test, expect, describe, beforeAll, beforeEach, afterAll, afterEach } from "bun:test";\n';
const IMPORT = 'import { add } from "./template.ts";\n';
const GOOD = "export const add = (a: number, b: number): number => a + b;\n";
const ADDS = 'test("adds", () => { expect(add(1, 2)).toBe(3); });\n';

afterAll(removeFolders);

/** `name: status` or `name: status (reason)`, in order. */
function lines({ results }: JsonReport): string[] {
  return results.map(
    ({ test_name, status, reason }) =>
      `${test_name}: ${status}${reason === undefined ? "" : ` (${reason})`}`,
  );
}

function output({ results }: JsonReport, name: string): string {
  return results.find((result) => result.test_name === name)?.output ?? "";
}

interface Case {
  name: string;
  tests: string;
  solution?: string;
  args?: string[];
  /** Defaults to 1. */
  code?: number;
  lines: string[];
  /** Text that stands in the output of the test of this name. */
  says?: [test: string, text: string | RegExp];
  printed?: string;
}

const CASES: Case[] = [
  {
    name: "a failing assertion",
    tests: HEAD + IMPORT + ADDS,
    solution: "export const add = (a: number, b: number): number => a - b;",
    lines: ["adds: failed (assertion)"],
    says: ["adds", /Expected: 3\nReceived: -1/],
  },
  {
    name: "a throw inside the solution",
    tests: HEAD + IMPORT + ADDS,
    solution:
      'export function add(a: number): number {\n  if (a > 0) {\n    throw new TypeError("inside");\n  }\n  return a;\n}\n',
    lines: ["adds: failed (error)"],
    says: ["adds", /at solution\.ts:3:\d+/],
  },
  {
    name: "a syntax error",
    tests: HEAD + IMPORT + ADDS,
    solution: "export const add = (a, b) => {\n  return a +;\n};\n",
    lines: ["(load): failed (error)"],
    says: ["(load)", /solution\.ts:2/],
  },
  {
    name: "a missing import",
    tests: HEAD + IMPORT + ADDS,
    solution:
      'import { x } from "./nowhere.ts";\nexport const add = (a: number, b: number): number => a + b + x;\n',
    lines: ["(load): failed (error)"],
    says: ["(load)", "nowhere"],
  },
  {
    name: "a missing export",
    tests: HEAD + IMPORT + ADDS,
    solution: "export const sub = 1;\n",
    lines: ["(load): failed (error)"],
    says: ["(load)", 'The solution does not export "add"'],
  },
  {
    name: "a throw at import",
    tests: HEAD + IMPORT + ADDS,
    solution: `throw new RangeError("boom");\n${GOOD}`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "RangeError: boom"],
  },
  {
    name: "an empty solution",
    tests: HEAD + IMPORT + ADDS,
    solution: "",
    lines: ["(load): failed (error)"],
    says: ["(load)", 'The solution does not export "add"'],
  },
  {
    name: "no tests",
    tests: `${HEAD}${IMPORT}export const used = [test, expect, add];\n`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "The test file holds no tests"],
  },
  {
    name: "process.exit(0) at import",
    tests: HEAD + IMPORT + ADDS,
    solution: `process.exit(0);\n${GOOD}`,
    lines: ["(load): failed (error)"],
    says: ["(load)", "exited with code 0 while the file was loading"],
  },
  {
    name: "process.exit(0) in a test",
    tests: `${HEAD}${IMPORT}${ADDS}test("exits", () => { add(0, 0); process.exit(0); });\ntest("later", () => { expect(1).toBe(1); });\n`,
    lines: ["adds: passed", "exits: failed (error)", "later: failed (unfinished)"],
    says: ["exits", "exited with code 0 while this test ran"],
  },
  {
    name: "process.exit(0) in a solution's function",
    tests: HEAD + IMPORT + ADDS,
    solution: "export const add = (): number => process.exit(0);\n",
    lines: ["adds: failed (error)"],
  },
  {
    name: "process.exit(0) in beforeAll",
    tests: `${HEAD}${IMPORT}beforeAll(() => { process.exit(0); });\n${ADDS}`,
    lines: ["adds: failed (unfinished)", "(exit): failed (error)"],
    says: ["(exit)", "exited with code 0"],
  },
  {
    name: "process.exit(0) in afterAll",
    tests: `${HEAD}${IMPORT}afterAll(() => { process.exit(0); });\n${ADDS}`,
    lines: ["adds: passed", "(exit): failed (error)"],
  },
  {
    name: "process.exit(0) in a describe's afterAll",
    tests: `${HEAD}${IMPORT}describe("d", () => { afterAll(() => { process.exit(0); }); ${ADDS} });\n`,
    lines: ["d › adds: passed", "(exit): failed (error)"],
  },
  {
    name: "SIGKILL to itself",
    tests: HEAD + IMPORT + ADDS,
    solution:
      'export const add = (): number => { process.kill(process.pid, "SIGKILL"); return 3; };\n',
    lines: ["adds: failed (error)"],
    says: ["adds", "SIGKILL"],
  },
  {
    name: "a throw in a describe",
    tests: `${HEAD}${IMPORT}describe("d", () => { throw new Error("in describe"); });\n${ADDS}`,
    lines: ["(load): failed (error)", "adds: passed"],
    says: ["(load)", "in describe"],
  },
  {
    name: "a throw between tests",
    tests: `${HEAD}${IMPORT}test("arms", () => { add(0, 0); setTimeout(() => { throw new Error("between"); }, 1); });\ntest("waits", async () => { await Bun.sleep(30); expect(1).toBe(1); });\n`,
    lines: ["arms: passed", "waits: failed (error)"],
    says: ["waits", "between"],
  },
  {
    name: "a rejected promise after the end",
    tests: `${HEAD}${IMPORT}test("leaks", () => { add(0, 0); void Promise.reject(new Error("too late")); });\n`,
    lines: ["leaks: passed", "(uncaught): failed (error)"],
    says: ["(uncaught)", "too late"],
  },
  {
    name: "a failing beforeAll",
    tests: `${HEAD}${IMPORT}describe("d", () => { beforeAll(() => { throw new Error("no setup"); }); ${ADDS} });\n${ADDS}`,
    lines: ["d › adds: failed (setup)", "adds: passed"],
    says: ["d › adds", "no setup"],
  },
  {
    name: "a failing beforeEach",
    tests: `${HEAD}${IMPORT}beforeEach(() => { throw new Error("no setup"); });\n${ADDS}`,
    lines: ["adds: failed (setup)"],
  },
  {
    name: "a failing afterEach",
    tests: `${HEAD}${IMPORT}afterEach(() => { throw new Error("no teardown"); });\n${ADDS}`,
    lines: ["adds: failed (setup)"],
    says: ["adds", "no teardown"],
  },
  {
    name: "a failing afterAll",
    tests: `${HEAD}${IMPORT}afterAll(() => { throw new Error("no teardown"); });\n${ADDS}`,
    lines: ["adds: passed", "(teardown): failed (setup)"],
  },
  {
    name: "an infinite loop in a test",
    tests: `${HEAD}${IMPORT}${ADDS}test("loops", () => { for (;;) add(0, 0); });\ntest("later", () => { expect(1).toBe(1); });\n`,
    args: ["--timeout", "300"],
    lines: ["adds: passed", "loops: failed (timeout)", "later: failed (unfinished)"],
    says: ["loops", "Did not finish within 300 ms"],
  },
  {
    name: "an infinite loop at import",
    tests: HEAD + IMPORT + ADDS,
    solution: `for (;;);\n${GOOD}`,
    args: ["--timeout", "300"],
    lines: ["(load): failed (timeout)"],
  },
  {
    name: "a promise that never settles",
    tests: `${HEAD}${IMPORT}test("waits", async () => { add(0, 0); await new Promise(() => {}); });\n${ADDS}`,
    args: ["--timeout", "200"],
    lines: ["waits: failed (timeout)", "adds: passed"],
  },
  {
    name: "an assertion nobody awaits",
    tests: `${HEAD}${IMPORT}test("forgets", () => { expect(Promise.resolve(add(1, 1))).resolves.toBe(3); });\n`,
    lines: ["forgets: failed (assertion)"],
    says: ["forgets", "Expected: 3"],
  },
  {
    name: "nested describes, each, and repeated names",
    tests: `${HEAD}${IMPORT}
describe("outer", () => { describe("inner", () => {
  test.each([[1, 2, 3], [2, 2, 4]])("%d and %d make %d", (a, b, c) => { expect(add(a, b)).toBe(c); });
  test.each([{ a: 1, sum: 2 }])("one and $a make $sum", ({ a, sum }) => { expect(add(1, a)).toBe(sum); });
}); });
test("same", () => { expect(add(1, 1)).toBe(2); });
test("same", () => { expect(add(1, 1)).toBe(2); });
`,
    code: 0,
    lines: [
      "outer › inner › 1 and 2 make 3: passed",
      "outer › inner › 2 and 2 make 4: passed",
      "outer › inner › one and 1 make 2: passed",
      "same: passed",
      "same (2): passed",
    ],
  },
  {
    name: "skip, todo, failing, if",
    tests: `${HEAD}${IMPORT}${ADDS}
test.skip("skipped", () => { expect(1).toBe(2); });
test.todo("to do");
test.failing("fails as it should", () => { expect(add(1, 1)).toBe(3); });
test.if(false)("not now", () => { expect(1).toBe(2); });
describe.skip("all of it", () => { test("inside", () => { expect(1).toBe(2); }); });
`,
    code: 0,
    lines: [
      "adds: passed",
      "skipped: skipped (skip)",
      "to do: skipped (todo)",
      "fails as it should: passed",
      "not now: skipped (skip)",
      "all of it › inside: skipped (skip)",
    ],
  },
  {
    name: "a failing mark on a test that passes",
    tests: `${HEAD}${IMPORT}test.failing("passes", () => { expect(add(1, 1)).toBe(2); });\n`,
    lines: ["passes: failed (assertion)"],
  },
  {
    name: "only",
    tests: `${HEAD}${IMPORT}${ADDS}test.only("this", () => { expect(add(2, 2)).toBe(4); });\n`,
    code: 0,
    lines: ["adds: skipped (only)", "this: passed"],
  },
  {
    name: "retry, concurrent, and done",
    tests: `${HEAD}${IMPORT}let tries = 0;
test("third time", () => { tries++; expect(tries).toBe(3); expect(add(1, 1)).toBe(2); }, { retry: 4 });
test.concurrent("beside", async () => { await Bun.sleep(5); expect(add(1, 1)).toBe(2); });
test.concurrent("and beside", async () => { await Bun.sleep(1); expect(add(1, 1)).toBe(3); });
test("calls back", (done) => { setTimeout(() => { add(0, 0); done(new Error("called back")); }, 1); });
`,
    lines: [
      "third time: passed",
      "beside: passed",
      "and beside: failed (assertion)",
      "calls back: failed (error)",
    ],
    says: ["calls back", "called back"],
  },
  {
    name: "a run of skips",
    tests: `${HEAD}${IMPORT}test.skip("skipped", () => { add(0, 0); });\n`,
    lines: ["skipped: skipped (skip)"],
  },
  {
    name: "expect.assertions that do not come true",
    tests: `${HEAD}${IMPORT}test("counts", () => { expect.assertions(2); expect(add(1, 1)).toBe(2); });\n`,
    lines: ["counts: failed (assertion)"],
  },
  {
    name: "prints of every kind",
    tests: `${HEAD}${IMPORT}test("prints", () => { console.log("to log", { a: 1 }); console.error("to error"); process.stdout.write("raw\\n"); expect(add(1, 1)).toBe(2); });\n`,
    code: 0,
    lines: ["prints: passed"],
    says: ["prints", /to log \{ a: 1 \}\nto error\nraw\n/],
  },
];

const events = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
  eventsSchema,
);
const object = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
  runSchema,
);
const xsd = readFileSync(join(import.meta.dir, "../fixtures/junit-10.xsd"), "utf8");
const FILES = [
  "--reporter",
  "tap:r.tap",
  "--reporter",
  "junit:r.xml",
  "--reporter",
  "ndjson:r.ndjson",
];

/** Every format says the same, and its own checker has nothing against it. */
async function checkFormats(dir: string, json: JsonReport): Promise<void> {
  expect(object(json) ? [] : object.errors).toEqual([]);
  const read = (name: string): string => readFileSync(join(dir, name), "utf8");
  for (const line of read("r.ndjson").trimEnd().split("\n")) {
    expect(events(JSON.parse(line)) ? [] : events.errors).toEqual([]);
  }
  const tap = await parseTap(read("r.tap"));
  expect(tap).toEqual({ ok: json.passed, bailout: false, complaints: [] });
  const { valid, errors } = await validateXML({
    xml: [{ fileName: "r.xml", contents: read("r.xml") }],
    schema: [xsd],
  });
  expect({ valid, errors }).toEqual({ valid: true, errors: [] });
  const [suites = ""] = /<testsuites [^>]*>/.exec(read("r.xml")) ?? [];
  const number = (name: string): number => Number(new RegExp(`${name}="(\\d+)"`).exec(suites)?.[1]);
  const { num_failed, num_errors } = json;
  expect({ failures: number("failures"), errors: number("errors") }).toEqual({
    failures: num_failed - num_errors,
    errors: num_errors + (json.error === undefined ? 0 : 1),
  });
}

describe("a report is whole after", () => {
  for (const each of CASES) {
    test(each.name, async () => {
      const { code, stderr, json, dir } = await runSample(each.tests, each.solution ?? GOOD, [
        ...FILES,
        ...(each.args ?? []),
      ]);
      await checkFormats(dir, json);
      expect({ lines: lines(json).toSorted(), code, stderr }).toEqual({
        lines: each.lines.toSorted(),
        code: each.code ?? 1,
        stderr: "",
      });
      const count = (status: string): number =>
        json.results.filter((result) => result.status === status).length;
      expect(json.num_passed).toBe(count("passed"));
      expect(json.num_failed).toBe(count("failed"));
      expect(json.num_skipped).toBe(count("skipped"));
      expect(json.passed).toBe(code === 0);
      if (each.says !== undefined) {
        const [name, text] = each.says;
        if (typeof text === "string") expect(output(json, name)).toContain(text);
        else expect(output(json, name)).toMatch(text);
      }
    });
  }

  test("1 GB of output, most of it dropped and counted", async () => {
    const tests = `${HEAD}${IMPORT}test("floods", () => {
  const line = "x".repeat(1 << 20);
  for (let i = 0; i < 512; i++) console.log(line);
  const { writeSync } = require("node:fs");
  for (let i = 0; i < 512; i++) { try { writeSync(1, line); } catch {} }
  expect(add(1, 1)).toBe(2);
});\n`;
    const { json, stdout, code } = await runSample(tests, GOOD, ["--timeout", "60000"], {
      limitMs: 100_000,
    });
    expect({ code, lines: lines(json) }).toEqual({ code: 0, lines: ["floods: passed"] });
    expect(stdout.length).toBeLessThan(400_000);
    expect(output(json, "floods")).toContain("more characters were printed");
  }, 120_000);

  test("a run of skips, and says so", async () => {
    const tests = `${HEAD}${IMPORT}test.skip("skipped", () => { add(0, 0); });\n`;
    const { json } = await runSample(tests, GOOD);
    expect(json).toMatchObject({ passed: false, num_skipped: 1, error: "Every test was skipped" });
  });
});

describe("a solution that cannot be read", () => {
  const tests = HEAD + IMPORT + ADDS;

  test("a folder is named as one", async () => {
    const dir = folder({ "solution.ts/x": "" });
    const { json, code } = await report(
      ["run", "sample", "solution.ts", "--katas", sample({ tests })],
      { cwd: dir },
    );
    expect({ code, lines: lines(json) }).toEqual({ code: 1, lines: ["(load): failed (error)"] });
    expect(output(json, "(load)")).toContain("it is a folder");
  });

  test("bytes that are no UTF-8 are named as such", async () => {
    const dir = folder();
    await Bun.write(`${dir}/solution.ts`, new Uint8Array([0x65, 0xff, 0xfe, 0x80]));
    const { json } = await report(["run", "sample", "solution.ts", "--katas", sample({ tests })], {
      cwd: dir,
    });
    expect(output(json, "(load)")).toContain("not UTF-8");
  });

  test("one that does not exist is a usage error in JSON too", async () => {
    const ended = await report(["run", "sample", "nowhere.ts", "--katas", sample({ tests })]);
    expect(ended.code).toBe(2);
    expect(ended.json).toMatchObject({
      passed: false,
      error: "Template not found: nowhere.ts",
      results: [],
    });
    expect(ended.stderr).toContain("hint:");
  });

  test("a kata that does not exist has a nearest name", async () => {
    const ended = await report(["run", "softmx"]);
    expect(ended.code).toBe(2);
    expect(ended.json).toMatchObject({
      passed: false,
      error: "Kata not found: softmx",
      results: [],
    });
    expect(ended.stderr).toContain("softmax");
  });
});

describe("5,000 synchronous tests", () => {
  test("arrive whole and in order, 20 times, while the machine is loaded", async () => {
    const tests = `${HEAD}${IMPORT}for (let i = 0; i < 5000; i++) test(\`number \${i}\`, () => { expect(add(i, 1)).toBe(i + 1); });\n`;
    const katas = sample({ tests });
    const dir = folder({ "solution.ts": GOOD });
    const load = Bun.spawn([
      process.execPath,
      "-e",
      "const end = Date.now() + 120000; while (Date.now() < end);",
    ]);
    try {
      for (let round = 0; round < 20; round++) {
        const { json } = await report(["run", "sample", "solution.ts", "--katas", katas], {
          cwd: dir,
        });
        expect(json.num_passed).toBe(5000);
        expect(json.results.every((result, i) => result.test_name === `number ${i}`)).toBe(true);
      }
    } finally {
      load.kill("SIGKILL");
      await load.exited;
    }
  }, 170_000);
});

test("kata run --exit-zero leaves the verdict to the report", async () => {
  const ended = await kata(
    [
      "run",
      "sample",
      "solution.ts",
      "--katas",
      sample({ tests: HEAD + IMPORT + ADDS }),
      "--exit-zero",
    ],
    {
      cwd: folder({ "solution.ts": "export const add = (): number => 0;\n" }),
    },
  );
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain("failed");
});
