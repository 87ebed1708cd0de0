/** Reports of logs: of one run, of its shards, of runs that were killed. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import { readLedger } from "../../src/events/ledger.ts";
import { judge } from "../../src/events/verdict.ts";
import { runExercise } from "../../src/session/exercism.ts";
import { mergeLogs, replayLog } from "../../src/session/replay.ts";
import { REPORTERS } from "../../src/session/reporters.ts";
import type { RunRequest, RunSurroundings } from "../../src/session/request.ts";
import { runKatas } from "../../src/session/session.ts";
import { folder, removeFolders } from "../e2e/kata.ts";

afterAll(removeFolders);

interface Screen extends RunSurroundings {
  out: string;
  err: string;
}

function screen(env: Record<string, string> = {}): Screen {
  const made: Screen = {
    out: "",
    err: "",
    env,
    color: false,
    signal: new AbortController().signal,
    stdout: { write: (text) => void (made.out += text), isTTY: false, columns: 80 },
    stderr: { write: (text) => void (made.err += text), isTTY: false, columns: 80 },
  };
  return made;
}

const NAMES = ["one", "two", "three", "four", "five"];

/** Five katas, of which the third fails and the fourth's test prints. */
function katas(): string {
  const files: Record<string, string> = {};
  for (const [at, name] of NAMES.entries()) {
    const solution = `export const value = (): number => ${at === 2 ? 0 : 1};\n`;
    Object.assign(files, {
      [`${name}/manifest.toml`]: `[kata]\nname = "${name}"\ncategory = "tests"\nbase_difficulty = 1\ndescription = "d"\n`,
      [`${name}/template.ts`]:
        'export function value(): number {\n  // TODO\n  throw new Error("not implemented");\n}\n',
      [`${name}/reference.ts`]: solution,
      [`${name}/kata.test.ts`]: `import { expect, test } from "bun:test";\nimport { value } from "./template.ts";\ntest("is one", () => {\n  ${at === 3 ? 'console.log("printed");' : ""}\n  expect(value()).toBe(1);\n});\ntest("task 2 › is no two", () => expect(value()).not.toBe(2));\n`,
    });
  }
  return folder(files);
}

let dir: string;
let cwd: string;

function request(given: Partial<RunRequest>): RunRequest {
  return {
    reference: true,
    device: "cpu",
    bail: false,
    reporters: [{ name: "json", file: "report.json" }],
    sandbox: {},
    cwd,
    katas: dir,
    ...given,
  };
}

const everyReporter = (folderName: string): RunRequest["reporters"] =>
  Object.keys(REPORTERS).map((name) => ({ name, file: `${folderName}/${name}` }));
const read = (path: string): string => readFileSync(join(cwd, path), "utf8");

/** A report without what depends on when and where it was made. */
function timeless(path: string): unknown {
  const text = read(path).replace(/"duration_ms": \d+/g, '"duration_ms": 0');
  return JSON.parse(text);
}

beforeAll(async () => {
  dir = katas();
  cwd = folder();
  const reporters = everyReporter("live");
  const { exit } = await runKatas(request({ log: "run.ndjson", reporters }), screen());
  expect(exit).toBe(1);
  for (const index of [1, 2, 3]) {
    const shard = `${index}/3`;
    await runKatas(
      request({
        shard,
        log: `shard-${index}.ndjson`,
        reporters: [{ name: "json", file: "s.json" }],
      }),
      screen(),
    );
  }
});

describe("replayLog()", () => {
  test("writes what the run wrote, byte for byte, for every reporter", async () => {
    const reporters = everyReporter("again");
    const replayed = await replayLog({ log: "run.ndjson", reporters, cwd }, screen());
    expect(replayed.exit).toBe(1);
    for (const { name } of reporters) expect(read(`again/${name}`)).toBe(read(`live/${name}`));
    expect(reporters.length).toBeGreaterThan(10);
  });

  test("says what did not finish, of a log that ends anywhere", async () => {
    const whole = readFileSync(join(cwd, "run.ndjson"));
    const end = whole.indexOf('"event":"RunFinished"');
    for (let cut = 0; cut <= end; cut += 997) {
      writeFileSync(join(cwd, "cut.ndjson"), whole.subarray(0, cut));
      const { verdict, exit } = await replayLog(
        { log: "cut.ndjson", reporters: [{ name: "json", file: "cut.json" }], cwd },
        screen(),
      );
      expect(verdict.passed).toBe(false);
      expect(exit).toBe(1);
      expect(JSON.parse(read("cut.json"))).toMatchObject({
        passed: false,
        interrupted: true,
        error: "The run was interrupted",
      });
    }
  });

  test("reads an older log, in which newer fields are missing", async () => {
    const old = read("run.ndjson")
      .replaceAll(/"policy_version":"[^"]*"/g, '"policy_version":"0.1.0"')
      .replaceAll(/,"code":"(?:[^"\\]|\\.)*"/g, "")
      .replaceAll(/,"unfilled":\d+/g, "");
    expect(old).not.toContain('"code"');
    writeFileSync(join(cwd, "old.ndjson"), old);
    const { verdict } = await replayLog(
      { log: "old.ndjson", reporters: [{ name: "json" }], cwd },
      screen(),
    );
    expect(verdict).toMatchObject({ num_passed: 9, num_failed: 1 });
  });

  test.each([
    ["is missing", "nowhere.ndjson", undefined, "Cannot read ledger"],
    ["is of a newer contract", "newer.ndjson", '"9.0.0"', "its contract has version 9.0.0"],
  ])("is an error when the log %s", async (_, log, version, message) => {
    if (version !== undefined) {
      const text = read("run.ndjson").replaceAll(
        /"policy_version":"[^"]*"/g,
        `"policy_version":${version}`,
      );
      writeFileSync(join(cwd, log), text);
    }
    const reporters = [{ name: "json", file: "none.json" }];
    const shown = screen();
    await expect(replayLog({ log, reporters, cwd }, shown)).rejects.toThrow(message);
    expect({ out: shown.out, file: existsSync(join(cwd, "none.json")) }).toEqual({
      out: "",
      file: false,
    });
  });

  test("refuses to write over the log", async () => {
    const before = read("run.ndjson");
    const reporters = [{ name: "json", file: "./run.ndjson" }];
    await expect(replayLog({ log: "run.ndjson", reporters, cwd }, screen())).rejects.toThrow(
      "Cannot write to ./run.ndjson",
    );
    expect(read("run.ndjson")).toBe(before);
  });

  test("prints the report for people when none is asked for", async () => {
    const shown = screen();
    await replayLog({ log: "run.ndjson", reporters: [], cwd }, shown);
    expect(shown.out).toContain("9 passed, 1 failed");
  });

  test("stops when it is interrupted", async () => {
    const aborted = { ...screen(), signal: AbortSignal.abort() };
    const { verdict } = await replayLog({ log: "run.ndjson", reporters: [], cwd }, aborted);
    expect(verdict.passed).toBe(false);
  });
});

describe("mergeLogs()", () => {
  const shards = ["shard-3.ndjson", "shard-1.ndjson", "shard-2.ndjson"];

  test("reports shards as the one run that they are, and writes its log", async () => {
    const reporters = everyReporter("merged");
    const { exit } = await mergeLogs({ logs: shards, out: "all.ndjson", reporters, cwd }, screen());
    expect(exit).toBe(1);
    expect(timeless("merged/json")).toEqual(timeless("live/json"));
    const events = [...readLedger(join(cwd, "all.ndjson"))];
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(judge(events)).toMatchObject({ num_passed: 9, num_failed: 1 });
    expect(judge(events).shard).toBeUndefined();
    // The log that was written says the same once more.
    await replayLog({ log: "all.ndjson", reporters: everyReporter("twice"), cwd }, screen());
    for (const { name } of reporters) expect(read(`twice/${name}`)).toBe(read(`merged/${name}`));
  });

  test("is the same in any order", async () => {
    const reporters = everyReporter("turned");
    await mergeLogs({ logs: shards.toReversed(), reporters, cwd }, screen());
    for (const { name } of reporters) expect(read(`turned/${name}`)).toBe(read(`merged/${name}`));
  });

  test("refuses a shard that is missing, before anything is written", async () => {
    const reporters = [{ name: "json", file: "never.json" }];
    const merged = mergeLogs({ logs: shards.slice(1), reporters, cwd }, screen());
    await expect(merged).rejects.toThrow("shard 3/3 is missing");
    expect(existsSync(join(cwd, "never.json"))).toBe(false);
  });

  test("refuses to write the log over one of the shards", async () => {
    const merged = mergeLogs({ logs: shards, out: "shard-1.ndjson", reporters: [], cwd }, screen());
    await expect(merged).rejects.toThrow("--out shard-1.ndjson");
  });

  test("is red and says so when a shard was killed", async () => {
    const text = read("shard-1.ndjson");
    writeFileSync(join(cwd, "killed.ndjson"), text.slice(0, text.length / 2));
    const logs = ["killed.ndjson", "shard-2.ndjson", "shard-3.ndjson"];
    const { verdict, exit } = await mergeLogs(
      { logs, reporters: [{ name: "json", file: "k.json" }], cwd },
      screen(),
    );
    expect(exit).toBe(1);
    expect(verdict.katas.length).toBe(5);
    expect(read("k.json")).toContain("The run was interrupted");
  });
});

describe("runKatas() of a shard", () => {
  test("passes when the shard is empty", async () => {
    const shown = screen();
    const { exit, verdict } = await runKatas(
      request({ selector: "one", shard: "1/2", reporters: [{ name: "pretty" }] }),
      shown,
    );
    expect([exit, verdict.katas.length]).toEqual([0, 0]);
    expect(shown.out).toContain("shard 1/2");
  });

  test("reads the environment, says so, and does not cut what was named", async () => {
    const shown = screen({ CI_NODE_INDEX: "1", CI_NODE_TOTAL: "5" });
    const { verdict } = await runKatas(request({}), shown);
    expect(verdict.shard).toEqual({ index: 1, total: 5 });
    expect(shown.err).toContain("runs shard 1/5, as CI_NODE_INDEX says");
    writeFileSync(join(cwd, "mine.ts"), "export const value = () => 1;\n");
    const named = await runKatas(
      request({ reference: false, selector: "five", solution: "mine.ts" }),
      screen({ CI_NODE_INDEX: "1", CI_NODE_TOTAL: "5" }),
    );
    expect(named.verdict).toMatchObject({ passed: true, num_passed: 2 });
    const whole = await runKatas(
      request({ shard: "1/1" }),
      screen({ CI_NODE_INDEX: "1", CI_NODE_TOTAL: "5" }),
    );
    expect(whole.verdict.katas.length).toBe(5);
  });

  test("cuts by the times of a report or a log, and says by which", async () => {
    for (const timings of ["live/json", "run.ndjson"]) {
      const seen: string[] = [];
      for (const index of [1, 2]) {
        const log = `timed-${index}.ndjson`;
        await runKatas(request({ shard: `${index}/2`, timings, log }), screen());
        const [start] = readLedger(join(cwd, log));
        if (start?.event !== "RunStarted") throw new Error("no start");
        expect(start.shard?.timings_sha256).toMatch(/^[0-9a-f]{64}$/);
        seen.push(...start.plan.map(({ kata_id }) => kata_id));
      }
      expect(seen.toSorted()).toEqual(NAMES.toSorted());
      const logs = ["timed-2.ndjson", "timed-1.ndjson"];
      await mergeLogs({ logs, reporters: [{ name: "json", file: "timed.json" }], cwd }, screen());
      expect(timeless("timed.json")).toEqual(timeless("live/json"));
    }
  });

  test.each<[Partial<RunRequest>, string]>([
    [{ shard: "0/2" }, 'Cannot parse --shard "0/2"'],
    [{ shard: "3/2" }, 'Cannot parse --shard "3/2"'],
    [{ shard: "1" }, 'Cannot parse --shard "1"'],
    [{ shard: "1/2", timings: "nowhere.json" }, "Cannot read timings from nowhere.json"],
    [{ shard: "1/2", timings: "no-times.json" }, "no kata has a time in it"],
    [{ shard: "1/2", timings: "live/junit" }, "it is no JSON"],
    [{ shard: "1/2", timings: "live/json", log: "live/json" }, "Cannot write to live/json"],
  ])("is an error when the request is %p", async (given, message) => {
    writeFileSync(join(cwd, "no-times.json"), "");
    const error = await runKatas(request(given), screen()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(KataError);
    expect(String(error)).toContain(message);
  });

  test("takes the entries of a report that have a time", async () => {
    const odd = [null, {}, { kata_id: "one", lang: "ts", variation: "", duration_ms: 5 }];
    writeFileSync(join(cwd, "odd.json"), JSON.stringify({ katas: odd }));
    const { verdict } = await runKatas(request({ shard: "1/5", timings: "odd.json" }), screen());
    expect(verdict.katas.length).toBe(1);
  });
});

describe("github in a job", () => {
  test("annotates stdout and adds to the step's summary", async () => {
    const summary = join(cwd, "summary.md");
    writeFileSync(summary, "# before\n");
    const env = { GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: join(cwd, "..") };
    const shown = screen(env);
    await replayLog({ log: "run.ndjson", reporters: [{ name: "github" }], cwd }, shown);
    expect(shown.out).toStartWith("::error title=three › is one,file=");
    expect(shown.err).toBe("");
    expect(read("summary.md")).toStartWith("# before\n## ❌ kata: 9 passed, 1 failed");
  });
});

describe("runExercise()", () => {
  async function exercise(files: Record<string, string>, slug = "one"): Promise<[number, unknown]> {
    const input = folder(files);
    const output = join(folder(), "out");
    const exit = await runExercise(
      { slug, input, output, device: "cpu", katas: dir, sandbox: {}, cwd },
      screen(),
    );
    return [exit, JSON.parse(readFileSync(join(output, "results.json"), "utf8"))];
  }
  const good = "export const value = () => 1;\n";

  test.each<[string, Record<string, string>]>([
    ["is called as the kata", { "one.ts": good }],
    ["is the only source", { "mine.ts": good, "one.test.ts": "", "README.md": "" }],
    [
      "is named by the configuration",
      { "b.ts": good, "a.ts": "", ".meta/config.json": '{"files":{"solution":["b.ts", 1]}}' },
    ],
    ["is beside a broken configuration", { "one.ts": good, ".meta/config.json": "{" }],
    ["is beside settings of its own", { "one.ts": good, "kata.toml": "[sandbox]\nwrong = 1\n" }],
    ["is beside another configuration", { "one.ts": good, ".meta/config.json": '{"files":[]}' }],
  ])("writes results.json when the solution %s", async (_, files) => {
    const [exit, results] = await exercise(files);
    expect(exit).toBe(0);
    expect(results).toEqual({
      version: 3,
      status: "pass",
      tests: [
        { name: "is one", status: "pass", test_code: "expect(value()).toBe(1);" },
        {
          name: "task 2 › is no two",
          status: "pass",
          task_id: 2,
          test_code: "expect(value()).not.toBe(2)",
        },
      ],
    });
  });

  test("exits 0 when the solution fails, does not load or is not there", async () => {
    expect(await exercise({ "one.ts": "export const value = () => 2;" })).toMatchObject([
      0,
      { status: "fail", tests: [{ status: "fail" }, { status: "fail" }] },
    ]);
    expect(await exercise({ "one.ts": "export const value = (" })).toMatchObject([
      0,
      { status: "error", tests: [] },
    ]);
    expect(await exercise({})).toMatchObject([
      0,
      { version: 2, status: "error", message: "Template not found: one.ts", tests: [] },
    ]);
  });

  test("is an error when there is no such kata or no input", async () => {
    await expect(exercise({ "x.ts": good }, "nothing")).rejects.toThrow("Kata not found: nothing");
    const missing = {
      slug: "one",
      input: "nowhere",
      output: "o",
      device: "cpu" as const,
      sandbox: {},
      cwd,
    };
    await expect(runExercise(missing, screen())).rejects.toThrow("Cannot read the input nowhere");
    mkdirSync(join(cwd, "o"), { recursive: true });
  });
});
