/** Any text in any place: each report stays whole, and as red as the run. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { validateXML } from "xmllint-wasm";
import type { Failure, KataEvent, Reason, Status } from "../../src/events/event.ts";
import { judge } from "../../src/events/verdict.ts";
import { parseTap } from "../golden/checkers.ts";
import { goldens, render } from "../golden/render.ts";
import { RunBuilder } from "../golden/runs.ts";

/** Code units that formats and terminals trip over, among others. */
const text = fc
  .array(
    fc.oneof(
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "\x1b[2J",
        "\x1b]0;",
        "]]>",
        "#",
        "\\",
        "\n",
        "\r",
        "\t",
        " ",
        "--- ",
        "ok 1",
        "...",
        "# SKIP",
        "1..0",
        "Bail out!",
        "漢",
        "👩‍👩‍👧",
        "x".repeat(90),
        "<&>\"'",
        "Expected: ",
        "- ",
        "+ ",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const failure: fc.Arbitrary<Failure> = fc.record(
  {
    message: text,
    type: text,
    expected: text,
    received: text,
    diff: text,
    stack: text,
    frame: fc.record({
      file: text,
      line: fc.integer({ min: 1, max: 3 }),
      column: fc.integer({ min: 1, max: 120 }),
      lines: fc.array(fc.record({ number: fc.integer({ min: 1, max: 3 }), text }), {
        maxLength: 3,
      }),
      solution: fc.boolean(),
    }),
    first_difference: fc.array(fc.nat(3), { maxLength: 3 }),
    tensors: fc.tuple(tensor("expected"), tensor("received")).map((both) => [...both]),
  },
  { requiredKeys: ["message", "type"] },
);

function tensor(
  role: "expected" | "received",
): fc.Arbitrary<NonNullable<Failure["tensors"]>[number]> {
  return fc.record({
    role: fc.constant(role),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
    dtype: fc.constant("float32"),
    values: fc.array(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom("NaN", "-Infinity"),
      ),
      { maxLength: 12 },
    ),
    capped: fc.boolean(),
  });
}

interface Fuzzed {
  name: string;
  status: Status;
  failure: Failure | undefined;
  printed: string;
  found: boolean;
}

const fuzzed: fc.Arbitrary<Fuzzed> = fc.record({
  name: text,
  status: fc.constantFrom("passed", "failed", "skipped"),
  failure: fc.option(failure, { nil: undefined }),
  printed: text,
  found: fc.boolean(),
});

const run = fc
  .record({
    kata: text,
    variation: text,
    tests: fc.array(fuzzed, { maxLength: 4 }),
    plugin: text,
    unfilled: fc.nat(2),
    keep: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ kata, variation, tests, plugin, unfilled, keep }): KataEvent[] => {
    const key = { kata_id: kata, lang: "ts", variation } as const;
    const planned = {
      ...key,
      name: kata,
      category: "",
      difficulty: 1,
      dependencies: [],
      file: kata,
    };
    const builder = new RunBuilder().start([planned]).kata(key);
    for (const each of tests) {
      const reason: Reason = each.status === "failed" ? "assertion" : "skip";
      builder.test(key, each.name, {
        status: each.status,
        printed: each.printed,
        ...(each.status === "passed" ? {} : { reason }),
        ...(each.failure === undefined ? {} : { failure: each.failure }),
      });
    }
    builder.add({ event: "PluginFailed", plugin, message: plugin });
    const { events } = builder.end(key, { unfilled }).finish({ kata_id: kata, name: kata });
    // A third of them is cut short.
    return keep < 0.33 ? events.slice(0, Math.ceil(events.length * keep * 3)) : events;
  });

const ctrfSchema = (await Bun.file(
  join(import.meta.dir, "../../node_modules/ctrf/dist/ctrf-schema-0.0.json"),
).json()) as object;
const schema = await Bun.file(join(import.meta.dir, "../fixtures/junit-10.xsd")).text();

async function rendered(format: string, events: KataEvent[]): Promise<string> {
  const golden = goldens[format];
  if (golden === undefined) throw new Error(format);
  return render(golden, events);
}

test("json is well-formed and says the verdict when the run is fuzzed", async () => {
  await fc.assert(
    fc.asyncProperty(run, async (events) => {
      const report = await rendered("json", events);
      expect(report.isWellFormed()).toBe(true);
      expect(JSON.parse(report)).toMatchObject({ passed: judge(events).passed });
    }),
    { numRuns: 200 },
  );
});

test("tap is strict and as red as the run when the run is fuzzed", async () => {
  await fc.assert(
    fc.asyncProperty(run, async (events) => {
      const results = await parseTap(await rendered("tap", events));
      expect(results.complaints).toEqual([]);
      expect(results.ok).toBe(judge(events).passed);
    }),
    { numRuns: 200 },
  );
});

test("junit is valid and as red as the run when the run is fuzzed", async () => {
  await fc.assert(
    fc.asyncProperty(run, async (events) => {
      const contents = await rendered("junit", events);
      const { errors } = await validateXML({
        xml: [{ fileName: "run.xml", contents }],
        schema: [schema],
      });
      expect(errors).toEqual([]);
      expect(/<testsuites [^>]*failures="0" errors="0"/.test(contents)).toBe(judge(events).passed);
    }),
    { numRuns: 40 },
  );
}, 30_000);

const ctrf = new Ajv({ strict: false })
  .addFormat("uuid", true)
  .addFormat("date-time", true)
  .addFormat("uri", true)
  .compile(ctrfSchema);

test("ctrf is valid and as red as the run when the run is fuzzed", async () => {
  await fc.assert(
    fc.asyncProperty(run, async (events) => {
      const report = await rendered("ctrf", events);
      expect(report.isWellFormed()).toBe(true);
      const parsed: unknown = JSON.parse(report);
      expect(ctrf(parsed) ? [] : ctrf.errors).toEqual([]);
      const green = judge(events).passed;
      const { summary } = (parsed as { results: { summary: { failed: number } } }).results;
      expect(summary.failed === 0).toBe(green);
      const results = JSON.parse(await rendered("exercism", events)) as { status: string };
      expect(results.status === "pass").toBe(green);
    }),
    { numRuns: 200 },
  );
});

test("html has no markup but its own when the run is fuzzed", async () => {
  const TAGS =
    /^<(?:!doctype|\/?(?:html|head|meta|link|title|style|body|a|header|div|h[1-3]|span|p|time|i|nav|button|b|input|main|details|summary|ul|li|pre|code|figure|figcaption|dl|dt|dd|footer|kbd|script))\b/;
  await fc.assert(
    fc.asyncProperty(run, async (events) => {
      const report = (await rendered("html", events)).replace(goldens["html"]?.fixed ?? "", "");
      expect(report.isWellFormed()).toBe(true);
      // oxlint-disable-next-line no-control-regex -- that there are none is the point
      expect(report).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      for (const [tag] of report.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(TAGS);
      expect(report.match(/<script/g)?.length).toBe(1);
      expect(report).not.toMatch(/<[^>]*\son\w+=/);
    }),
    { numRuns: 100 },
  );
});

test("dots and github move no cursor, and each command is a line, when the run is fuzzed", async () => {
  await fc.assert(
    fc.asyncProperty(run, async (events) => {
      for (const format of ["dots", "github", "github-summary"]) {
        const report = await rendered(format, events);
        expect(report.isWellFormed()).toBe(true);
        // oxlint-disable-next-line no-control-regex -- as above
        expect(report).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
        if (format !== "github") continue;
        const lines = report.trimEnd().split("\n");
        expect(
          lines.slice(0, -1).filter((line) => !/^::(?:error|warning|notice)[ :]/.test(line)),
        ).toEqual([]);
        expect(lines.some((line) => line.startsWith("::error"))).toBe(!judge(events).passed);
      }
    }),
    { numRuns: 200 },
  );
});

test("pretty fits and moves no cursor when the run is fuzzed", async () => {
  await fc.assert(
    fc.asyncProperty(run, fc.constantFrom("pretty", "pretty-60"), async (events, format) => {
      const report = await rendered(format, events);
      // oxlint-disable-next-line no-control-regex -- that there are none is the point
      expect(report).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      expect(report.isWellFormed()).toBe(true);
      const { columns = 0, terminal = true } = goldens[format] ?? {};
      // In a pipe, names and reasons are whole.
      const lines = report
        .split("\n")
        .filter((line) => terminal || !/^(?: *[✓✗○]|next:|Time) /.test(line));
      expect(lines.filter((line) => Bun.stringWidth(line) > columns)).toEqual([]);
      expect(report).toContain("Tests ");
    }),
    { numRuns: 300 },
  );
});
