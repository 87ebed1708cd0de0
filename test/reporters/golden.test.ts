/**
 * Every reporter against every run: the golden files, and the formats' own
 * checkers. `UPDATE_GOLDEN=1` writes the files anew.
 */
import { describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { validateXML } from "xmllint-wasm";
import { LedgerWriter, readLedger } from "../../src/events/ledger.ts";
import { judge } from "../../src/events/verdict.ts";
import { workflowCommand } from "../../src/plugins/annotation.ts";
import { createHost } from "../../src/plugins/host.ts";
import eventsSchema from "../../src/help/schemas/events.json";
import runSchema from "../../src/help/schemas/run.json";
import { ANYTHING, parseTap } from "../golden/checkers.ts";
import { goldens, render } from "../golden/render.ts";
import { runs } from "../golden/runs.ts";

const FOLDER = join(import.meta.dir, "../golden");
const UPDATE = process.env["UPDATE_GOLDEN"] === "1";
const names = Object.keys(runs);

async function report(format: string, run: string): Promise<string> {
  const golden = goldens[format];
  const events = runs[run];
  if (golden === undefined || events === undefined) throw new Error(`no ${format} of ${run}`);
  return render(golden, events);
}

for (const [format, { extension, fixed }] of Object.entries(goldens)) {
  describe(`${format} golden`, () => {
    test.each(names)("render() writes the golden file when run is %s", async (run) => {
      const path = join(FOLDER, format, `${run}.${extension}`);
      const whole = await report(format, run);
      const text = fixed === undefined ? whole : whole.replace(fixed, "");
      if (UPDATE) {
        mkdirSync(join(FOLDER, format), { recursive: true });
        await Bun.write(path, text);
      }
      expect(text).toBe(await Bun.file(path).text());
    });

    test("folder holds nothing but the runs", () => {
      const expected = names.map((run) => `${run}.${extension}`).toSorted();
      expect(readdirSync(join(FOLDER, format)).toSorted()).toEqual(expected);
    });

    test.each(names)(
      "replay of the ledger is byte for byte the same when run is %s",
      async (run) => {
        const golden = goldens[format];
        const events = runs[run];
        if (golden === undefined || events === undefined) throw new Error(`no ${run}`);
        const folder = mkdtempSync(join(tmpdir(), "kata-golden-"));
        try {
          const ledger = new LedgerWriter(join(folder, "run.ndjson"));
          const live = createHost({
            reporters: [{ name: format, reporter: golden.create, output: join(folder, "live") }],
            surroundings: silent,
            annotate: workflowCommand,
            ledger,
          });
          for (const event of events) live.handle(event);
          await live.finish();
          ledger.close();
          const again = await render(
            { ...golden, color: false, columns: 80, terminal: false },
            readLedger(ledger.path),
          );
          expect(again).toBe(await Bun.file(join(folder, "live")).text());
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    );
  });
}

const silent = {
  stdout: { write: () => {}, isTTY: false, columns: 0 },
  stderr: { write: () => {}, isTTY: false, columns: 0 },
  color: false,
};

describe("json", () => {
  const validate = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  }).compile(runSchema);
  test.each(names)("fits its schema and the verdict when run is %s", async (run) => {
    const text = await report("json", run);
    expect(text.isWellFormed()).toBe(true);
    const parsed: unknown = JSON.parse(text);
    expect(validate(parsed) ? [] : validate.errors).toEqual([]);
    const { passed } = judge(runs[run] ?? []);
    expect(parsed).toMatchObject({ passed });
  });

  test.each([
    ["a count is missing", (object: Record<string, unknown>) => delete object["num_failed"]],
    [
      "a status is unknown",
      (object: Record<string, unknown>) => (object["results"] = [{ status: "ok" }]),
    ],
    [
      "a duration is no integer",
      (object: Record<string, unknown>) => (object["duration_ms"] = 0.5),
    ],
  ])("does not fit its schema when %s", async (_, spoil) => {
    const parsed = JSON.parse(await report("json", "pass")) as Record<string, unknown>;
    spoil(parsed);
    expect(validate(parsed)).toBe(false);
  });
});

describe("ndjson", () => {
  const validate = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  }).compile(eventsSchema);
  test.each(names)("fits its schema on each line when run is %s", async (run) => {
    const lines = (await report("ndjson", run)).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line.isWellFormed()).toBe(true);
      expect(validate(JSON.parse(line)) ? [] : validate.errors).toEqual([]);
    }
  });
});

describe("tap", () => {
  const both = ["tap", "tap13"].flatMap((format) => names.map((run) => [format, run] as const));
  test.each(both)("%s passes tap-parser in strict mode when run is %s", async (format, run) => {
    const text = await report(format, run);
    const results = await parseTap(text);
    const { passed, interrupted } = judge(runs[run] ?? []);
    expect(results.ok).toBe(passed);
    expect(results.bailout).toBe(interrupted);
    expect(results.complaints).toEqual([]);
  });

  test("does not pass tap-parser in strict mode when a line is foreign", async () => {
    const results = await parseTap(`${await report("tap", "pass")}forged\n`);
    expect(results.ok).toBe(false);
    expect(results.complaints.length).toBeGreaterThan(0);
  });

  test.each(names)("names each subtest as its point when run is %s", async (run) => {
    const lines = (await report("tap", run)).split("\n");
    const subtests = lines.filter((line) => line.startsWith("# Subtest: "));
    expect(subtests.length).toBe(judge(runs[run] ?? []).katas.length);
    let open: string | undefined;
    for (const line of lines) {
      if (line.startsWith("# Subtest: ")) open = line.slice("# Subtest: ".length);
      const point = /^(?:not )?ok \d+ - (.*?)(?: # SKIP .*)?$/.exec(line)?.[1];
      if (point === undefined) continue;
      expect(point).toBe(open ?? "(run)");
      open = undefined;
    }
    expect(open).toBeUndefined();
  });

  test.each(names)("tap13 passes prove exactly when the run passed: %s", async (run) => {
    const folder = mkdtempSync(join(tmpdir(), "kata-prove-"));
    try {
      const path = join(folder, "run.tap");
      await Bun.write(path, await report("tap13", run));
      const prove = Bun.spawnSync(["prove", "--verbose", "-e", "cat", path], { timeout: 20_000 });
      const { passed, interrupted } = judge(runs[run] ?? []);
      expect(prove.exitCode === 0).toBe(passed);
      const output = prove.stdout.toString() + prove.stderr.toString();
      // A run that was broken off has no plan, which perl says of it as well.
      const complaints = [...output.matchAll(/Parse errors: (.*)/g)].map((match) => match[1]);
      expect(complaints).toEqual(interrupted ? ["No plan found in TAP output"] : []);
      expect(output).not.toContain("Unknown TAP token");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("tap13", () => {
  test.each(names)("is tap but for its header when run is %s", async (run) => {
    const [header, ...lines] = (await report("tap13", run)).split("\n");
    expect(header).toBe("TAP version 13");
    expect(["TAP version 14", ...lines].join("\n")).toBe(await report("tap", run));
  });
});

describe("junit", () => {
  test.each(names)("is valid against the strict schema when run is %s", async (run) => {
    const schema = await Bun.file(join(import.meta.dir, "../fixtures/junit-10.xsd")).text();
    const contents = await report("junit", run);
    const result = await validateXML({
      xml: [{ fileName: "run.xml", contents }],
      schema: [schema],
    });
    expect(result.errors).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test("is not valid against the strict schema when dialect is dashboard", async () => {
    const schema = await Bun.file(join(import.meta.dir, "../fixtures/junit-10.xsd")).text();
    const contents = await report("junit-dashboard", "pass");
    const result = await validateXML({
      xml: [{ fileName: "run.xml", contents }],
      schema: [schema],
    });
    expect(result.valid).toBe(false);
  });

  for (const format of ["junit", "junit-dashboard"]) {
    test.each(names)(
      `${format} is well-formed and as red as the run when run is %s`,
      async (run) => {
        const contents = await report(format, run);
        expect(contents.isWellFormed()).toBe(true);
        const result = await validateXML({
          xml: [{ fileName: "run.xml", contents }],
          schema: [ANYTHING],
        });
        expect(result.errors).toEqual([]);
        const root = /<testsuites [^>]*>/.exec(contents)?.[0] ?? "";
        const red =
          Number(/ failures="(\d+)"/.exec(root)?.[1]) + Number(/ errors="(\d+)"/.exec(root)?.[1]);
        expect(red === 0).toBe(judge(runs[run] ?? []).passed);
        const elements = contents.match(/<(?:failure|error) /g) ?? [];
        expect(elements.length).toBe(red);
      },
    );
  }
});

describe("pretty", () => {
  for (const [format, { columns, color, terminal }] of Object.entries(goldens)) {
    if (!format.startsWith("pretty")) continue;
    test.each(names)(
      `${format} fits its columns and moves no cursor when run is %s`,
      async (run) => {
        const text = await report(format, run);
        const plain = color ? text.replace(/\x1b\[[0-9;]*m/g, "") : text;
        // oxlint-disable-next-line no-control-regex -- that there are none is the point
        expect(plain).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
        expect(plain.isWellFormed()).toBe(true);
        for (const line of plain.split("\n")) {
          // In a pipe, names and reasons are whole.
          if (terminal || !/^(?: *[✓✗○]|next:|Time) /.test(line))
            expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
        }
        expect(text).not.toContain("\n\n\n");
        expect(text).not.toMatch(/^\n|[ \t]\n/);
      },
    );
  }

  test.each(names)("pretty-color without its colours is pretty when run is %s", async (run) => {
    const colored = await report("pretty-color", run);
    expect(colored.replace(/\x1b\[[0-9;]*m/g, "")).toBe(await report("pretty", run));
    expect(colored).toContain("\x1b[");
  });
});
