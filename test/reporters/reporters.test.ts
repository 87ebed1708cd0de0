/** What golden files cannot show: speed, memory, the live line, late events. */
import { describe, expect, test } from "bun:test";
import type { KataEvent } from "../../src/events/event.ts";
import { createHost } from "../../src/plugins/host.ts";
import type { CreateReporter, ReporterSpec } from "../../src/plugins/reporter.ts";
import * as ctrf from "../../reporters/ctrf/index.ts";
import * as dots from "../../reporters/dots/index.ts";
import * as exercism from "../../reporters/exercism/index.ts";
import * as github from "../../reporters/github/index.ts";
import * as html from "../../reporters/html/index.ts";
import * as json from "../../reporters/json/index.ts";
import * as junitDashboard from "../../reporters/junit-dashboard/index.ts";
import * as junit from "../../reporters/junit/index.ts";
import * as ndjson from "../../reporters/ndjson/index.ts";
import * as pretty from "../../reporters/pretty/index.ts";
import * as tap from "../../reporters/tap/index.ts";
import * as tap13 from "../../reporters/tap13/index.ts";
import { eventNames } from "../../src/events/shape.ts";
import { goldens, render } from "../golden/render.ts";
import { RunBuilder, runs } from "../golden/runs.ts";

const modules: Readonly<Record<string, { spec: ReporterSpec; createReporter: CreateReporter }>> = {
  ctrf,
  dots,
  exercism,
  github,
  html,
  json,
  junit,
  "junit-dashboard": junitDashboard,
  ndjson,
  pretty,
  tap,
  tap13,
};

const softmax = {
  kata_id: "softmax",
  lang: "ts",
  variation: "",
  name: "Softmax",
  category: "a",
  difficulty: 1,
  dependencies: [],
  file: "softmax.ts",
} as const;

const planned = { ...softmax, dependencies: [] };

describe("spec", () => {
  test.each(Object.keys(modules))("of %s names it and events that there are", (name) => {
    const spec = modules[name]?.spec;
    expect(spec?.name).toBe(name);
    expect(spec?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(spec?.description).toMatch(/^[A-Z].*[^.]$/);
    expect<string[]>([...(spec?.handles_event ?? [])].toSorted()).toEqual(eventNames().toSorted());
  });
});

describe("10,000 tests", () => {
  const builder = new RunBuilder();
  const plan = Array.from({ length: 20 }, (_, at) => ({ ...planned, kata_id: `kata-${at}` }));
  builder.start(plan);
  for (const kata of plan) {
    builder.kata(kata);
    for (let at = 0; at < 500; at++) {
      builder.test(kata, `test ${at}`, { status: "passed", ms: 0.5, printed: "printed\n" });
    }
    builder.end(kata);
  }
  const { events } = builder.finish();

  test.each(Object.keys(goldens))(
    "are reported by %s in under a second and 64 MB",
    async (name) => {
      const golden = goldens[name];
      if (golden === undefined) throw new Error(name);
      let text = "";
      const times: number[] = [];
      const growths: number[] = [];
      // The best of three: other work on the machine is no part of the promise.
      for (let round = 0; round < 3; round++) {
        Bun.gc(true);
        const before = process.memoryUsage().heapUsed;
        const start = performance.now();
        text = await render(golden, events);
        times.push(performance.now() - start);
        growths.push(process.memoryUsage().heapUsed - before);
      }
      expect(Math.min(...times)).toBeLessThan(1000);
      expect(Math.min(...growths)).toBeLessThan(64 * 2 ** 20);
      // Of a green run there is nothing to annotate.
      expect(text.length).toBeGreaterThan(name === "github" ? 20 : 500);
    },
  );
});

describe("a test that fails after its kata finished", () => {
  const late = new RunBuilder()
    .start([planned])
    .kata(softmax)
    .test(softmax, "a", { status: "passed" })
    .end(softmax)
    .test(softmax, "(exit)", { status: "failed", reason: "error" })
    .finish().events;

  test.each([
    ["tap", "not ok 2 - (run)"],
    ["pretty", "The run did not pass"],
    ["junit", 'errors="1"'],
    ["json", '"passed": false'],
    ["dots", "1 failed"],
    ["ctrf", '"failed": 1'],
    ["exercism", '"status": "fail"'],
    ["github", "::error title=softmax › (exit)"],
    ["html", '<h1><span class="mark" aria-hidden="true">✗</span> 1 failed</h1>'],
  ])("makes the report of %s red", async (name, red) => {
    const golden = goldens[name];
    if (golden === undefined) throw new Error(name);
    expect(await render(golden, late)).toContain(red);
  });
});

describe("junit", () => {
  test.each(["junit", "junit-dashboard"])(
    "%s has a suite for the run when nothing else is red",
    async (name) => {
      const golden = goldens[name];
      if (golden === undefined) throw new Error(name);
      expect(await render(golden, runs["nothing"] ?? [])).toContain('<testsuite name="(run)"');
      expect(await render(golden, runs["exit"] ?? [])).not.toContain("(run)");
    },
  );
});

describe("pretty", () => {
  test("names the first three katas with regions to fill, and says nothing of extensions that passed", async () => {
    const plan = ["a", "b", "c", "d", "e"].map((kata_id) => ({
      ...planned,
      kata_id,
      file: `${kata_id}.ts`,
    }));
    const builder = new RunBuilder().start(plan);
    for (const kata of plan) {
      builder
        .kata(kata)
        .test(kata, "t", { status: "failed", reason: "error" })
        .end(kata, { unfilled: 1 });
    }
    builder.add({
      event: "ExtensionFinished",
      id: "x",
      slot: "s",
      outcome: "passed",
      message: "fine",
    });
    const golden = goldens["pretty"];
    if (golden === undefined) throw new Error("no golden");
    const text = await render(golden, builder.finish().events);
    expect(text).toEndWith(
      "\na: 1 region is still to fill in a.ts\nb: 1 region is still to fill in b.ts\nc: 1 region is still to fill in c.ts\n2 more katas with regions to fill\n",
    );
    expect(text).not.toContain("fine");
  });
});

describe("pretty's live line", () => {
  function live(events: readonly KataEvent[], color: boolean): string[] {
    const reporter = pretty.createReporter({ columns: 80, terminal: color, color, options: {} });
    return events.flatMap((event) =>
      (reporter.handle(event) ?? []).flatMap((action) =>
        action.action === "status" ? [Bun.stripANSI(action.payload.text)] : [],
      ),
    );
  }

  test("says which kata and test is running, the counts and the time", () => {
    const lines = live(runs["several"] ?? [], true);
    expect(lines[0]).toBe("● starting · 4 katas · 0 ms");
    expect(lines).toContain("● softmax · 4 katas · 1 passed · 7 ms · sums to one");
    // Katas may run at the same time: the name is that of the test's.
    expect(lines).toContain("● softmax[wide] · 1/4 katas · 2 passed · 19 ms · keeps the shape");
    expect(lines).toContain("● attention:py · 4/4 katas · 4 passed, 3 failed · 50 ms");
    expect(lines.at(-1)).toBe("");
    expect(live(runs["pass"] ?? [], true)).toContain(
      "● softmax · 1 passed · 7 ms · rows › sum to one",
    );
  });

  test("is not proposed without colour", () => {
    expect(live(runs["several"] ?? [], false)).toEqual([]);
  });

  test("leaves the same text behind as a pipe gets", async () => {
    let text = "";
    const terminal = { write: (more: string) => void (text += more), isTTY: true, columns: 80 };
    const host = createHost({
      reporters: [{ name: "pretty", reporter: pretty.createReporter }],
      surroundings: { stdout: terminal, stderr: terminal, color: true },
    });
    for (const event of runs["several"] ?? []) host.handle(event);
    await host.finish();
    const golden = goldens["pretty-color"];
    if (golden === undefined) throw new Error("no golden");
    expect(screen(text)).toBe(await render(golden, runs["several"] ?? []));
  });
});

/** What a terminal shows: a cleared line is gone. */
function screen(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the sequence that clears a line
  return text.replace(/[^\n]*\r\x1b\[2K/g, "");
}
