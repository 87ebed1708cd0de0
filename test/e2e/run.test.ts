/** `kata run` as its users call it: what is selected, reported, written, and left behind. */
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readLedger } from "../../src/events/ledger.ts";
import { judge } from "../../src/events/verdict.ts";
import {
  EXECUTABLE,
  folder,
  kata,
  plainEnvironment,
  removeFolders,
  report,
  runSample,
  sample,
} from "./kata.ts";

const TESTS = `import { test, expect } from "bun:test";
import { params, seed, device, rand } from "kata";
import { add } from "./template.ts";
test("adds", () => { expect(add(1, 2)).toBe(3); });
test("knows its run", () => { console.log(JSON.stringify({ params, seed, device, first: rand([1]).item() })); expect(add(0, 0)).toBe(0); });
test("draws again", () => { console.log(rand([1]).item()); expect(add(0, 0)).toBe(0); });
`;
const GOOD = "export const add = (a: number, b: number): number => a + b;\n";
const BAD = "export const add = (a: number, b: number): number => a - b;\n";
const MANIFEST = (extra = ""): string =>
  `[kata]\nname = "Sample"\ncategory = "tests"\nbase_difficulty = 1\ndescription = "Adds"\n${extra}`;

afterAll(removeFolders);

describe("what a kata is told", () => {
  test("params come from the variation, the seed from --seed, and both are fixed without", async () => {
    const katas = sample({
      tests: TESTS,
      manifest: MANIFEST('[[variations]]\nname = "wide"\nparams = { n = 7 }\n'),
    });
    const cwd = folder({ "sample.ts": GOOD });
    const run = async (...args: string[]) =>
      (await report(["run", "sample", "--katas", katas, ...args], { cwd })).json;
    const [plain, again] = [await run(), await run()];
    expect(plain.results[1]?.output).toBe(again.results[1]?.output ?? "");
    expect(JSON.parse(plain.results[1]?.output ?? "")).toMatchObject({
      params: {},
      seed: 0,
      device: "cpu",
    });
    const first = (JSON.parse(plain.results[1]?.output ?? "") as { first: number }).first;
    // The seed is reset before each test: the next one draws the same number first.
    expect(Number(plain.results[2]?.output)).toBe(first);
    const other = await run("--variation", "wide", "--seed", "41");
    expect(other.results[1]?.variation).toBe("wide");
    const told = JSON.parse(other.results[1]?.output ?? "") as {
      params: unknown;
      seed: number;
      first: number;
    };
    expect(told).toMatchObject({ params: { n: 7 }, seed: 41 });
    expect(told.first).not.toBe(first);
    expect(other.seed).toBe(41);
  });

  test("an unknown variation is a usage error with the nearest name", async () => {
    const katas = sample({
      tests: TESTS,
      manifest: MANIFEST('[[variations]]\nname = "wide"\nparams = { n = 7 }\n'),
    });
    const ended = await report(["run", "sample", "--katas", katas, "--variation", "wied"], {
      cwd: folder({ "sample.ts": GOOD }),
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('"wide"');
    expect(ended.json).toMatchObject({ passed: false, results: [] });
  });
});

describe("what is selected", () => {
  test("--filter runs the tests whose names hold the text, and none is an error", async () => {
    const { json } = await runSample(TESTS, BAD, ["--filter", "knows"]);
    expect(json.results.map((result) => result.test_name)).toEqual(["knows its run"]);
    const none = await runSample(TESTS, GOOD, ["--filter", "nothing like it"]);
    expect(none.code).toBe(1);
    expect(none.json).toMatchObject({ passed: false, num_skipped: 1, num_passed: 0 });
  });

  test("a kata without a solution exits 2 and names kata start", async () => {
    const ended = await report(["run", "softmax"]);
    expect(ended.code).toBe(2);
    expect(ended.json.error).toBe("Template not found: ./softmax.ts");
    expect(ended.stderr).toContain("kata start softmax");
  });

  test("without a selector every solution in the folder runs, and the rest does not", async () => {
    const cwd = folder();
    await kata(["start", "softmax"], { cwd });
    await kata(["start", "outer-product"], { cwd });
    const { json, code } = await report(["run"], { cwd });
    expect(code).toBe(1);
    expect([...new Set(json.results.map((result) => result.kata_id))].toSorted()).toEqual([
      "outer-product",
      "softmax",
    ]);
    expect(json.results.every((result) => result.status === "failed")).toBe(true);
  });

  test("--bail leaves what comes after a failed kata, and says so", async () => {
    const cwd = folder();
    for (const id of ["outer-product", "normalize-rows"]) await kata(["start", id], { cwd });
    const { json } = await report(["run", "--bail"], { cwd });
    expect(json.results.filter((result) => result.reason === "bail")).toHaveLength(1);
    expect(json.passed).toBe(false);
  });

  test("a kata that needs WebGPU is skipped on cpu, and does not redden the run", async () => {
    const maps = ["run", "*/*-map", "--reference", "--device", "cpu"];
    const { json, code } = await report(maps);
    expect(code).toBe(0);
    expect(json.passed).toBe(true);
    expect(new Set(json.results.map((result) => result.kata_id))).toEqual(
      new Set(["hash-map", "kernel-map"]),
    );
    const skipped = json.results.filter((result) => result.status === "skipped");
    expect(skipped.map((result) => result.reason)).toEqual(["device"]);
    expect(skipped[0]?.output).toContain("needs WebGPU");
  });

  test("only such katas, all skipped, do not pass", async () => {
    const { json, code } = await report(["run", "kernel-map", "--reference", "--device", "cpu"]);
    expect(code).toBe(1);
    expect(json).toMatchObject({ passed: false, error: "Every test was skipped" });
  });
});

describe("the bundled katas", () => {
  test("pass against their references, on every device", async () => {
    const auto = await report(["run", "--reference"], { limitMs: 120_000 });
    expect(auto.json.results.filter((result) => result.status !== "passed")).toEqual([]);
    expect(auto.code).toBe(0);
    expect(new Set(auto.json.results.map((result) => result.kata_id)).size).toBe(95);
    // Python has no other device than the CPU.
    const software = await report(["run", "--reference", "--device", "software", "--lang", "ts"], {
      limitMs: 120_000,
    });
    expect(software.json.results.filter((result) => result.status !== "passed")).toEqual([]);
    expect(software.code).toBe(0);
  }, 240_000);

  test("run in the same order with any number of jobs", async () => {
    const names = async (jobs: string): Promise<string[]> => {
      const { json } = await report(["run", "neural-networks", "--reference", "--jobs", jobs]);
      return json.results.map((result) => `${result.kata_id} ${result.test_name}`);
    };
    const one = await names("1");
    expect(await names("4")).toEqual(one);
    expect(one.length).toBeGreaterThan(70);
  }, 60_000);
});

describe("reports and ledger", () => {
  test("several reporters write at once, one to stdout, and the ledger gives the same verdict", async () => {
    const cwd = folder({ "sample.ts": BAD });
    const katas = sample({ tests: TESTS });
    const ended = await kata(
      [
        "run",
        "sample",
        "--katas",
        katas,
        "--reporter",
        "tap",
        "--reporter",
        "junit:out/report.xml",
        "--reporter",
        "json:report.json",
        "--log",
        "run.ndjson",
      ],
      { cwd },
    );
    expect(ended.code).toBe(1);
    expect(ended.stdout.startsWith("TAP version 14\n")).toBe(true);
    expect(readFileSync(join(cwd, "out/report.xml"), "utf8")).toContain("<testsuites");
    const json = JSON.parse(readFileSync(join(cwd, "report.json"), "utf8")) as {
      num_failed: number;
    };
    const verdict = judge(readLedger(join(cwd, "run.ndjson")));
    expect(verdict.num_failed).toBe(json.num_failed);
    expect(verdict.passed).toBe(false);
  });

  test("two reporters on stdout are a usage error, and nothing runs", async () => {
    const ended = await kata([
      "run",
      "softmax",
      "--reference",
      "--reporter",
      "tap",
      "--reporter",
      "json",
    ]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("stdout");
  });

  test("an unknown reporter is a usage error with the nearest name", async () => {
    const ended = await kata(["run", "softmax", "--reference", "--reporter", "junti"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('"junit"');
  });

  test("Ctrl-C ends the run with whole reports and exit 130, and leaves no process", async () => {
    const tests =
      'import { test } from "bun:test";\nimport { add } from "./template.ts";\ntest("quick", () => { add(0, 0); });\ntest("endless", async () => { await Bun.sleep(60000); });\n';
    const katas = sample({ tests });
    const cwd = folder({ "sample.ts": GOOD });
    const child = Bun.spawn(
      [
        EXECUTABLE,
        "run",
        "sample",
        "--katas",
        katas,
        "--timeout",
        "50000",
        "--reporter",
        "json",
        "--log",
        "run.ndjson",
      ],
      {
        cwd,
        env: plainEnvironment(),
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
        timeout: 30_000,
        killSignal: "SIGKILL",
      },
    );
    const log = join(cwd, "run.ndjson");
    for (
      let tries = 0;
      tries < 200 && !(existsSync(log) && readFileSync(log, "utf8").includes("TestStarted"));
      tries++
    ) {
      await Bun.sleep(20);
    }
    await Bun.sleep(100);
    child.kill("SIGINT");
    const [stdout] = await Promise.all([new Response(child.stdout).text(), child.exited]);
    expect(child.exitCode).toBe(130);
    const json = JSON.parse(stdout) as {
      passed: boolean;
      error: string;
      results: { test_name: string; status: string; reason?: string }[];
    };
    expect(json.passed).toBe(false);
    expect(json.error).toContain("interrupted");
    expect(json.results.find((result) => result.test_name === "quick")?.status).toBe("passed");
    expect(json.results.find((result) => result.test_name === "endless")).toMatchObject({
      status: "failed",
      reason: "unfinished",
    });
    expect(processesWith(katas)).toEqual([]);
  });
});

describe("a solution", () => {
  test.each([
    [
      "a test of its own, marked as the only one",
      'test.only("mine", () => { expect(1).toBe(1); });',
    ],
    ["a describe", 'describe("mine", () => {});'],
    ["a hook", "afterEach(() => {});"],
  ])("cannot register %s", async (_, line) => {
    const solution = `import { afterEach, describe, expect, test } from "bun:test";\n${line}\n${BAD}export const used = [afterEach, describe, expect, test];\n`;
    const { json, code } = await runSample(TESTS, solution);
    expect(code).toBe(1);
    expect(json.results.map((result) => result.test_name)).toEqual(["(load)"]);
    expect(json.results[0]?.output).toContain(
      "A solution cannot register tests or hooks, nor change what judges it",
    );
  });
});

describe("a wrong solution does not pass by", () => {
  const wrong = (line: string): string => `${line}\nexport const add = (): number => 7;\n`;

  test.each([
    ["replacing Math.max", "Math.max = () => 0;"],
    ["replacing Math.abs", "Math.abs = () => 0;"],
    ["replacing Promise.race", "Promise.race = (async () => {}) as never;"],
    [
      "replacing Reflect",
      "Reflect.apply = (() => {}) as never; Reflect.get = (() => () => {}) as never;",
    ],
    [
      "marking every object",
      "(Object.prototype as never as Record<string, unknown>).failing = true;",
    ],
    [
      "replacing AsyncLocalStorage",
      'import { AsyncLocalStorage } from "node:async_hooks"; AsyncLocalStorage.prototype.run = (async () => ({})) as never;',
    ],
    [
      "extending expect",
      'import { expect } from "bun:test"; expect.extend({ toBe: () => ({ pass: true }) } as never);',
    ],
    [
      "mocking what judges it",
      'import { mock } from "bun:test"; mock.module("kata/testing", () => ({ assertClose: () => {}, assertShape: () => {} }));',
    ],
    [
      "a then that every object has",
      'try { Object.defineProperty(Object.prototype, "then", { get() { if (this.passed === false) this.passed = true; return undefined; } }); } catch {}',
    ],
    [
      "replacing what awaits look at",
      'const p = Promise.prototype, then = p.then; try { p.then = function (a: never) { return then.call(this, a, () => (a as () => void)?.()); } as never; } catch {} try { Object.defineProperty(p, "constructor", { get: () => Object }); } catch {}',
    ],
    [
      "replacing how arrays are gone through",
      "const walk = Array.prototype[Symbol.iterator]; try { Array.prototype[Symbol.iterator] = function () { const all = this as unknown[]; if (all.length !== 2 || !(all[0] instanceof Promise)) return walk.call(all); all[0].catch(() => {}); return walk.call([Promise.resolve()]); }; } catch {}",
    ],
    [
      "losing the bodies of tests",
      'const find = Array.prototype.find; try { Array.prototype.find = function (...args: never[]) { return (this as unknown[]).some((one) => String(one).includes("toBe")) ? undefined : find.apply(this, args); } as never; } catch {}',
    ],
    [
      "extending the expect of Bun.jest, with stacks cut off",
      'try { Error.stackTraceLimit = 0; } catch {} try { (Bun as never as { jest: (path: string) => typeof import("bun:test") }).jest(import.meta.path).expect.extend({ toBe: () => ({ pass: true }) } as never); } catch {}',
    ],
    [
      "replacing matchers where they are",
      'import { expect } from "bun:test"; const matchers = Object.getPrototypeOf(expect(1)); for (const name of ["toBe", "toEqual"]) { try { matchers[name] = () => {}; } catch {} }',
    ],
    [
      "mocking what judges it by another name",
      'import { jest, vi } from "bun:test"; for (const one of [jest, vi]) { try { (one as never as { mock: (...args: unknown[]) => void }).mock("kata/testing", () => ({ assertClose: () => {}, assertShape: () => {} })); } catch {} }',
    ],
    [
      "reading the secret from stdin",
      'import { readFileSync } from "node:fs"; let text = ""; try { text = readFileSync("/proc/self/fd/0", "utf8"); } catch {} if (text !== "") throw new Error(`read ${text.length}`);',
    ],
  ])("%s", async (_, line) => {
    const tests = `import { expect, test } from "bun:test";
import { assertClose } from "kata/testing";
import { add } from "./template.ts";
test("adds", () => { expect(add(1, 2)).toBe(3); });
test("adds closely", () => { assertClose(add(1, 2), 3); });
test("adds at last", async () => { await null; expect(add(1, 2)).toBe(3); });
`;
    const { json, code } = await runSample(tests, wrong(line), [], { limitMs: 20_000 });
    expect({ code, passed: json.passed, num_passed: json.num_passed }).toEqual({
      code: 1,
      passed: false,
      num_passed: 0,
    });
    expect(json.results.some((result) => result.output.includes("read "))).toBe(false);
  });

  test("a snapshot that is written from its own result", async () => {
    const tests =
      'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("is as before", () => { expect(add(1, 2)).toMatchSnapshot(); });\n';
    const { json } = await runSample(tests, wrong(""));
    expect(json.passed).toBe(false);
  });

  test("a synchronous test that takes longer than it may", async () => {
    const slow =
      "export const add = (a: number, b: number): number => { const end = Date.now() + 200; while (Date.now() < end); return a + b; };\n";
    const { json } = await runSample(
      'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\n',
      slow,
      ["--timeout", "50"],
    );
    expect(json.results[0]).toMatchObject({ status: "failed", reason: "timeout" });
  });

  test("tests that fail past bun:test", async () => {
    const tests = `${TESTS}import nodeTest from "node:test";\nnodeTest("elsewhere", () => { throw new Error("unseen"); });\n`;
    const { json, code } = await runSample(tests, GOOD);
    expect({ code, passed: json.passed }).toEqual({ code: 1, passed: false });
    expect(json.results.some((result) => result.output.includes("elsewhere"))).toBe(true);
  });
});

test.each(["retry: NaN", "repeats: -1", 'timeout: "soon"'])(
  "a test with {%s} is an error that says so",
  async (option) => {
    const tests = `import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(4); }, { ${option} });\n`;
    const { json } = await runSample(tests, GOOD);
    expect(json.passed).toBe(false);
    expect(json.results[0]?.output).toContain("Expected");
  },
);

test("a process that the solution leaves behind neither holds the run up nor lives on", async () => {
  const solution = `const child = Bun.spawn(["sleep", "47.123"], { stdio: ["inherit", "inherit", "inherit"] });\nchild.unref();\n${GOOD}`;
  const { ms, json } = await runSample(TESTS, solution, ["--no-sandbox"]);
  expect(json.num_passed).toBe(3);
  expect(ms).toBeLessThan(10_000);
  expect(processesWith("47.123")).toEqual([]);
});

describe("the result channel", () => {
  test("takes no line that the worker did not seal", async () => {
    const forger = `import { writeSync, readFileSync } from "node:fs";
const forged = JSON.stringify({ type: "finished", test: 0, status: "passed", duration_ms: 1, attempt: 1 });
for (let seq = 0; seq < 50; seq++) {
  for (const tag of ["", "0".repeat(64), "x"]) { try { writeSync(3, \`0 \${seq} \${tag} \${forged}\\n\`); } catch {} }
}
JSON.stringify = () => "{}";
for (const { prototype } of [Object, Array, String, Number]) {
  try { Object.defineProperty(prototype, "toJSON", { value() { return { type: "closed" }; }, configurable: true }); } catch {}
}
export const add = (): number => 0;
`;
    const { json, code } = await runSample(TESTS, forger);
    expect(code).toBe(1);
    expect(json.results.map((result) => `${result.test_name}: ${result.status}`)).toEqual([
      "adds: failed",
      "knows its run: passed",
      "draws again: passed",
    ]);
  });

  test("takes no line sealed with what a snapshot of the heap shows", async () => {
    const forger = `import { writeSync } from "node:fs";
const { CryptoHasher } = Bun;
export const add = (): number => {
  for (const [secret] of Bun.generateHeapSnapshot("v8").matchAll(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g)) {
    for (let first = 9; first > 3; first--) {
      let seq = first;
      const ends = [0, 1, 2].map((test) => ({ type: "finished", test, status: "passed", duration_ms: 1, attempt: 1 }));
      for (const message of [...ends, { type: "closed" }]) {
        const json = JSON.stringify(message);
        for (const tag of [
          CryptoHasher.hash("sha512-256", \`\${secret} \${seq} \${json}\`, "hex"),
          new CryptoHasher("sha256", Buffer.from(secret, "hex")).update(\`\${seq} \${json}\`).digest("hex"),
        ]) writeSync(3, \`0 \${seq} \${tag} \${json}\\n\`);
        seq++;
      }
    }
  }
  return -1;
};
`;
    const { json, code } = await runSample(TESTS, forger, [], { limitMs: 20_000 });
    expect({ code, passed: json.passed }).toEqual({ code: 1, passed: false });
    expect(json.results[0]).toMatchObject({ test_name: "adds", status: "failed" });
  });

  test("survives a flood of rubbish on its descriptor", async () => {
    const flood =
      'import { writeSync } from "node:fs";\nconst junk = "z".repeat(65536);\nfor (;;) { try { writeSync(3, junk); } catch {} }\nexport const add = (): number => 3;\n';
    const { json, ms } = await runSample(TESTS, flood, ["--timeout", "5000"]);
    expect(json.passed).toBe(false);
    expect(json.num_failed).toBeGreaterThan(0);
    expect(ms).toBeLessThan(15_000);
  });
});

/** Command lines of running processes that name this text. */
function processesWith(text: string): string[] {
  if (process.platform !== "linux") return [];
  return [...new Bun.Glob("*/cmdline").scanSync({ cwd: "/proc", onlyFiles: false })]
    .filter((path) => /^\d+\//.test(path))
    .map((path) => {
      try {
        return readFileSync(`/proc/${path}`, "utf8");
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(text));
}
