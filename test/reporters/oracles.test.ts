/** Reports as other people's readers of their formats see them. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { validate as validateCtrf } from "ctrf";
import { judge } from "../../src/events/verdict.ts";
import type { Action, AnnotateAction, KataEvent } from "../../src/plugins/reporter.ts";
import { createReporter as github } from "../../reporters/github/index.ts";
import { goldens, render } from "../golden/render.ts";
import { RunBuilder, runs } from "../golden/runs.ts";

const ROOT = join(import.meta.dir, "../..");
const names = Object.keys(runs);
// Without the end that the host gives to a run that was broken off.
const ended = names.filter((run) => run !== "broken-off");
const dir = mkdtempSync(join(tmpdir(), "kata-oracles-"));

afterAll(() => rmSync(dir, { recursive: true }));

async function report(format: string, events: readonly KataEvent[]): Promise<string> {
  const golden = goldens[format];
  if (golden === undefined) throw new Error(format);
  return render(golden, events);
}

interface Ctrf {
  results: {
    summary: { tests: number; passed: number; failed: number; skipped: number; pending: number };
    tests: { status: string; name: string }[];
  };
}

describe("ctrf", () => {
  // Their checker compiles its schema anew each time: not for every run.
  test.each(["several", "hostile", "skips", "nothing", "broken-off"])(
    "is valid by the format's own checker when run is %s",
    async (run) => {
      const parsed = JSON.parse(await report("ctrf", runs[run] ?? [])) as Ctrf;
      expect(validateCtrf(parsed)).toMatchObject({ valid: true });
      const { summary, tests } = parsed.results;
      expect(summary.failed === 0).toBe(judge(runs[run] ?? []).passed);
      expect(summary.tests).toBe(tests.length);
    },
  );

  test("is not valid by the format's own checker when a field is unknown", async () => {
    const parsed = JSON.parse(await report("ctrf", runs["pass"] ?? [])) as object;
    expect(validateCtrf({ ...parsed, more: 1 })).toMatchObject({ valid: false });
  });
});

describe("junit", () => {
  test.each(["several", "hostile"])(
    "says to junit-to-ctrf what ctrf says when run is %s",
    async (run) => {
      const [xml, out] = [join(dir, `${run}.xml`), join(dir, `${run}.json`)];
      await Bun.write(xml, await report("junit-dashboard", runs[run] ?? []));
      const converted = Bun.spawnSync(
        ["node", join(ROOT, "node_modules/junit-to-ctrf/dist/cli.js"), xml, "-o", out],
        { cwd: dir, timeout: 20_000 },
      );
      expect(converted.stderr.toString()).toBe("");
      const theirs = ((await Bun.file(out).json()) as Ctrf).results;
      const ours = (JSON.parse(await report("ctrf", runs[run] ?? [])) as Ctrf).results;
      expect(theirs.tests.length).toBe(ours.tests.length);
      expect(theirs.summary).toMatchObject({
        passed: ours.summary.passed,
        failed: ours.summary.failed,
        skipped: ours.summary.skipped + ours.summary.pending,
      });
    },
  );
});

describe("github", () => {
  function actions(events: readonly KataEvent[], options: Record<string, string> = {}): Action[] {
    const reporter = github({ columns: 80, terminal: false, color: false, options });
    return events.flatMap((event) => reporter.handle(event) ?? []);
  }
  function annotations(events: readonly KataEvent[]): AnnotateAction["payload"][] {
    return actions(events).flatMap((each) => (each.action === "annotate" ? [each.payload] : []));
  }

  test("prints what @actions/core prints for the same annotations", async () => {
    const all = ended.flatMap((run) => annotations(runs[run] ?? []));
    expect(all.length).toBeGreaterThan(20);
    const script = `import * as core from "@actions/core";
      for (const { level, file, line, title, message } of await Bun.stdin.json())
        core[level](message, { title, file: file || undefined, startLine: line || undefined });`;
    const printed = Bun.spawnSync([process.execPath, "-e", script], {
      cwd: ROOT,
      stdin: Buffer.from(JSON.stringify(all)),
      timeout: 20_000,
    });
    expect(printed.stderr.toString()).toBe("");
    const ours = await Promise.all(ended.map((run) => report("github", runs[run] ?? [])));
    const lines = ours.join("").split("\n");
    expect(lines.filter((line) => line.startsWith("::")).join("\n")).toBe(
      printed.stdout.toString().trimEnd(),
    );
  });

  test.each([9, 10, 11, 500])("shows at most ten of a kind when %d tests fail", (count) => {
    const key = { kata_id: "k", lang: "ts", variation: "" } as const;
    const builder = new RunBuilder().start([]).kata(key);
    for (let at = 0; at < count; at++)
      builder.test(key, `t${at}`, { status: "failed", reason: "assertion" });
    const shown = annotations(builder.end(key).finish().events);
    expect(shown.length).toBe(Math.min(count, 10));
    if (count > 10) expect(shown.at(-1)).toMatchObject({ title: `${count - 9} more` });
  });

  test("keeps the summary below GitHub's limit and annotates below the prefix", () => {
    const key = { kata_id: "k", lang: "ts", variation: "" } as const;
    const plan = { ...key, name: "K", category: "", difficulty: 1, dependencies: [], file: "k.ts" };
    const builder = new RunBuilder().start([plan]).kata(key);
    const failure = { message: "漢`".repeat(5000), type: "" };
    for (let at = 0; at < 300; at++)
      builder.test(key, `t${at}`, { status: "failed", reason: "error", failure });
    const all = actions(builder.end(key).finish().events, { summary: "s.md", prefix: "sub/" });
    const summary = all.find((each) => each.action === "write_file");
    const text = summary?.action === "write_file" ? summary.payload.text : "";
    expect(Buffer.byteLength(text)).toBeLessThan(2 ** 20);
    expect(text).toContain("did not fit here");
    expect(all[0]).toMatchObject({ payload: { file: "sub/k.ts", line: 1 } });
  });
});

describe("exercism", () => {
  const text = { type: "string" };
  const validate = new Ajv2020({
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
  }).compile({
    type: "object",
    required: ["version", "status", "tests"],
    additionalProperties: false,
    properties: {
      version: { enum: [2, 3] },
      status: { enum: ["pass", "fail", "error"] },
      message: { type: "string", minLength: 1, maxLength: 65_535 },
      tests: {
        type: "array",
        items: {
          type: "object",
          required: ["name", "status"],
          additionalProperties: false,
          properties: {
            name: text,
            status: { enum: ["pass", "fail", "error"] },
            message: { type: "string", minLength: 1, maxLength: 65_535 },
            output: { type: "string", maxLength: 500 },
            test_code: text,
            task_id: { type: "integer" },
          },
          oneOf: [
            { properties: { status: { const: "pass" }, message: false } },
            { properties: { status: { enum: ["fail", "error"] } }, required: ["message"] },
          ],
        },
      },
    },
    oneOf: [
      { properties: { status: { const: "error" } }, required: ["message"] },
      {
        properties: {
          status: { enum: ["pass", "fail"] },
          message: false,
          tests: { minItems: 1 },
        },
      },
    ],
  });

  test.each(names)("keeps to the interface when run is %s", async (run) => {
    const written = await report("exercism", runs[run] ?? []);
    const parsed: unknown = JSON.parse(written);
    expect(validate(parsed) ? [] : validate.errors).toEqual([]);
    expect(written.length).toBeLessThan(500_000);
    const { passed } = judge(runs[run] ?? []);
    expect((parsed as { status: string }).status === "pass").toBe(passed);
  });

  test("is version 3, with the test's code, when a test names its task", async () => {
    const key = { kata_id: "k", lang: "ts", variation: "" } as const;
    const { events } = new RunBuilder()
      .start([])
      .kata(key)
      .add({
        event: "TestFound",
        ...key,
        test_id: "x",
        name: "task 2 › adds",
        file: "kata.test.ts",
        line: 3,
        code: "expect(add(1, 2)).toBe(3);",
      })
      .add({ event: "Output", ...key, stream: "stdout", text: "y".repeat(600), test_id: "x" })
      .add({ event: "TestFinished", test_id: "x", status: "passed", duration_ms: 1, attempt: 1 })
      .end(key)
      .finish();
    const parsed = JSON.parse(await report("exercism", events)) as {
      tests: { output: string }[];
    };
    expect(validate(parsed) ? [] : validate.errors).toEqual([]);
    expect(parsed).toMatchObject({
      version: 3,
      tests: [{ task_id: 2, test_code: "expect(add(1, 2)).toBe(3);" }],
    });
    expect(parsed.tests[0]?.output).toEndWith("Output was truncated. Please limit to 500 chars");
  });

  test.each([undefined, 7777])(
    "stays below 500 KB when there are 10,000 tests and %p fails",
    async (red) => {
      const key = { kata_id: "k", lang: "ts", variation: "" } as const;
      const builder = new RunBuilder().start([]).kata(key);
      for (let at = 0; at < 10_000; at++)
        builder.test(
          key,
          `test ${at} ${"漢".repeat(20)}`,
          at === red
            ? { status: "failed", reason: "assertion" }
            : { status: "passed", printed: "p" },
        );
      const written = await report("exercism", builder.end(key).finish().events);
      expect(Buffer.byteLength(written)).toBeLessThan(500_000);
      const parsed = JSON.parse(written) as { status: string; tests: { name: string }[] };
      expect(validate(parsed) ? [] : validate.errors).toEqual([]);
      expect(parsed.status).toBe(red === undefined ? "pass" : "fail");
      expect(parsed.tests.at(-1)).toMatchObject({
        name: expect.stringMatching(/^… \d+ more tests$/),
        status: parsed.status,
      });
    },
  );

  test("stays below 500 KB when every test says much", async () => {
    const key = { kata_id: "k", lang: "ts", variation: "" } as const;
    const builder = new RunBuilder().start([]).kata(key);
    for (let at = 0; at < 60; at++) {
      const failure = { message: "漢".repeat(60_000), type: "" };
      builder.test(key, `t${at}`, { status: "failed", reason: "error", failure });
    }
    const written = await report("exercism", builder.end(key).finish().events);
    expect(Buffer.byteLength(written)).toBeLessThan(500_000);
    expect(validate(JSON.parse(written))).toBe(true);
  });
});
