import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import type { KataEvent } from "../../src/events/event.ts";
import {
  LedgerWriter,
  parseLedger,
  POLICY_VERSION,
  readLedger,
  readLedgerLines,
} from "../../src/events/ledger.ts";
import { createStamper } from "../../src/events/stamp.ts";
import { isUlid } from "../../src/events/ulid.ts";
import { runs } from "../golden/runs.ts";

const folder = mkdtempSync(join(tmpdir(), "kata-ledger-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixed = { now: () => 1000, random: (bytes: Uint8Array) => void bytes.fill(1) };
let files = 0;

function freshPath(): string {
  return join(folder, `${++files}.ndjson`);
}

function written(events: readonly KataEvent[]): string {
  const path = freshPath();
  const ledger = new LedgerWriter(path);
  for (const event of events) ledger.append(event);
  ledger.close();
  return readFileSync(path, "utf8");
}

function event(name: "hostile" | "several" | "pass", at = 0): KataEvent {
  const found = runs[name]?.[at];
  if (found === undefined) throw new Error(`no event ${at} of ${name}`);
  return found;
}

function errorOf(act: () => unknown): KataError {
  try {
    act();
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("expected a KataError");
}

const line = (fields: Record<string, unknown> = {}): string =>
  JSON.stringify({
    v: 1,
    seq: 1,
    ulid: "0".repeat(26),
    ts: "2026-01-02T03:04:05.678Z",
    event: "TestStarted",
    policy_version: POLICY_VERSION,
    inputs: { test_id: "t1", attempt: 1 },
    actions: [],
    status: "recorded",
    ...fields,
  });

describe("LedgerWriter", () => {
  test("writes the nine fields of an event, its payload in inputs", () => {
    const text = written([event("pass", 2)]);
    expect(Object.keys(JSON.parse(text))).toEqual([
      "v",
      "seq",
      "ulid",
      "ts",
      "event",
      "policy_version",
      "inputs",
      "actions",
      "status",
    ]);
    expect(JSON.parse(text)).toMatchObject({
      event: "TestFound",
      policy_version: POLICY_VERSION,
      inputs: { kata_id: "softmax", name: "keeps the shape" },
      actions: [],
      status: "recorded",
    });
  });

  test("has each line in the file when append() returns", () => {
    const path = freshPath();
    const ledger = new LedgerWriter(path);
    ledger.append(event("pass"));
    expect([...readLedger(path)]).toEqual([event("pass")]);
    ledger.append(event("pass", 1));
    expect([...readLedger(path)]).toHaveLength(2);
    ledger.close();
    ledger.close();
  });

  test("leaves the ledger of the run that began last whole and tells the other", () => {
    const path = freshPath();
    const [first, second] = [new LedgerWriter(path), new LedgerWriter(path)];
    const events = runs["pass"] ?? [];
    for (const each of events.slice(0, -1)) {
      first.append(each);
      second.append(each);
    }
    const last = event("pass", events.length - 1);
    expect(last.event).toBe("RunFinished");
    expect(errorOf(() => first.append(last)).message).toBe(
      `Cannot write ledger "${path}": another run has replaced it; give each its own file`,
    );
    second.append(last);
    first.close();
    second.close();
    expect([...readLedger(path)]).toEqual([...events]);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  test("keeps a link a link, and minds no file that was taken away", () => {
    const [path, link] = [freshPath(), freshPath()];
    writeFileSync(path, "old");
    symlinkSync(path, link);
    const ledger = new LedgerWriter(link);
    ledger.append(event("pass"));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect([...readLedger(path)]).toEqual([event("pass")]);
    rmSync(path);
    const events = runs["pass"] ?? [];
    ledger.append(event("pass", events.length - 1));
    ledger.close();
  });

  test("keeps of proposals a digest and never the text", () => {
    const path = freshPath();
    const { ulid } = createStamper(fixed);
    const ledger = new LedgerWriter(path, { ulid });
    const text = "secret \ud83d\ude00";
    ledger.append(event("pass"));
    ledger.outcome(event("pass"), {
      plugin: "tap",
      actions: [
        { action: "write", payload: { text } },
        { action: "annotate", payload: { level: "error", line: 3 } },
      ],
      status: "applied",
    });
    ledger.outcome(event("pass"), {
      plugin: "x",
      actions: [],
      status: "failed",
      message: "it threw",
    });
    ledger.close();
    const raw = readFileSync(path, "utf8");
    expect(raw).not.toContain("secret");
    const [, applied, failed] = readLedgerLines(path);
    const sha = (of: string): string => createHash("sha256").update(of).digest("hex");
    expect(applied).toEqual({
      v: 1,
      seq: 1,
      ulid: expect.any(String),
      ts: "1970-01-01T00:00:01.000Z",
      event: "RunStarted",
      policy_version: POLICY_VERSION,
      inputs: { event: event("pass").ulid, plugin: "tap" },
      actions: [
        { plugin: "tap", action: "write", sha256: sha(text), size: 11 },
        { plugin: "tap", action: "annotate", sha256: sha('{"level":"error","line":3}'), size: 26 },
      ],
      status: "applied",
    });
    expect(failed).toMatchObject({ status: "failed", message: "it threw", actions: [] });
    expect(isUlid(applied?.ulid ?? "")).toBe(true);
    expect((failed?.ulid ?? "") > (applied?.ulid ?? "")).toBe(true);
    // Lines about proposals are no events.
    expect([...readLedger(path)]).toEqual([event("pass")]);
  });

  test("replaces the ledger of an earlier run and makes missing folders", () => {
    const path = join(folder, "deep/er/run.ndjson");
    for (const count of [3, 1]) {
      const ledger = new LedgerWriter(path);
      for (let at = 0; at < count; at++) ledger.append(event("pass", at));
      ledger.close();
    }
    expect([...readLedger(path)]).toHaveLength(1);
  });

  test("throws a KataError that names the file when it cannot be created", () => {
    mkdirSync(join(folder, "taken"), { recursive: true });
    const error = errorOf(() => new LedgerWriter(join(folder, "taken")));
    expect(error.code).toBe("ledger-write");
    expect(error.message).toBe(
      `Cannot write ledger "${join(folder, "taken")}": illegal operation on a directory`,
    );
  });

  test("throws a KataError that names the file when the disk is full", () => {
    const ledger = new LedgerWriter("/dev/full");
    expect(errorOf(() => ledger.append(event("pass"))).message).toBe(
      'Cannot write ledger "/dev/full": no space left on device',
    );
    ledger.close();
  });

  test("throws a KataError that names the file when it is closed", () => {
    const path = freshPath();
    const ledger = new LedgerWriter(path);
    ledger.close();
    expect(errorOf(() => ledger.append(event("pass"))).message).toBe(
      `Cannot write ledger "${path}": it is closed`,
    );
  });
});

describe("readLedger()", () => {
  test.each(Object.keys(runs))("yields what was written when run is %s", (run) => {
    const events = runs[run] ?? [];
    const path = freshPath();
    const ledger = new LedgerWriter(path);
    for (const each of events) ledger.append(each);
    ledger.close();
    const read = [...readLedger(path)];
    expect(read).toEqual([...events]);
    // Not just equal: the order of keys survives too.
    expect(read.map((each) => JSON.stringify(each))).toEqual(
      events.map((each) => JSON.stringify(each)),
    );
  });

  test("yields any text again when it is fuzzed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(0xffff)), (text, units) => {
        const output: KataEvent = {
          v: 1,
          seq: 1,
          ulid: "0".repeat(26),
          ts: "",
          event: "Output",
          kata_id: text,
          lang: "ts",
          variation: "",
          stream: "stdout",
          text: String.fromCharCode(...units),
        };
        expect([...parseLedger(written([output]))]).toEqual([
          { ...output, kata_id: text.toWellFormed(), text: output.text.toWellFormed() },
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test("throws a KataError that names the file when it is missing or a folder", () => {
    const missing = join(folder, "missing.ndjson");
    expect(errorOf(() => [...readLedger(missing)]).message).toBe(
      `Cannot read ledger "${missing}": no such file or directory`,
    );
    expect(errorOf(() => [...readLedger(folder)]).message).toStartWith(
      `Cannot read ledger "${folder}": `,
    );
  });

  test("reads lines that span chunks and characters that are cut by them", () => {
    const path = freshPath();
    const text = "漢".repeat(200_000);
    const outputs = [1, 2].map((seq) => ({ ...event("hostile", 2), seq, text }) as KataEvent);
    writeFileSync(path, written(outputs));
    expect([...readLedger(path)]).toEqual(outputs);
  });

  test("closes the file when the reader stops early", () => {
    const path = freshPath();
    writeFileSync(path, `${line()}\n${line()}\n`);
    for (let round = 0; round < 3000; round++) {
      for (const found of readLedger(path)) {
        expect(found.event).toBe("TestStarted");
        break;
      }
    }
  });
});

describe("parseLedger()", () => {
  test("yields every whole line when the text is cut anywhere", () => {
    const text = written(runs["several"] ?? []);
    const whole = [...parseLedger(text)];
    for (let end = 0; end < text.length; end += 7) {
      const events = [...parseLedger(text.slice(0, end))];
      expect(events).toEqual(whole.slice(0, events.length));
      expect(events.length).toBeGreaterThanOrEqual(text.slice(0, end).split("\n").length - 1);
    }
  });

  test("takes a last line without a line end when it is whole", () => {
    expect([...parseLedger(`${line()}\n${line({ seq: 2 })}`)]).toHaveLength(2);
  });

  test("takes empty lines, CRLF and an empty ledger", () => {
    expect([...parseLedger(`\n${line()}\r\n\r\n${line({ seq: 2 })}\n\n`)]).toHaveLength(2);
    expect([...parseLedger("")]).toEqual([]);
  });

  test("takes an event of an unknown name and unknown fields, which later versions may add", () => {
    const [one, two] = parseLedger(
      `${line({ event: "constructor", inputs: { a: 1 } })}\n${line({ seq: 2, more: 1 })}\n`,
    );
    expect(JSON.stringify(one)).toContain('"event":"constructor","a":1');
    expect(two?.event).toBe("TestStarted");
  });

  test.each([
    ["garbage", "it is no JSON"],
    ['{"v":1', "it is no JSON"],
    ["[]", "expected a JSON object"],
    ["null", "expected a JSON object"],
    ["{}", '"v" is missing'],
    [line({ policy_version: 3 }), '"policy_version" is missing'],
    [line({ seq: undefined }), '"seq" is missing'],
    [line({ seq: "1" }), '"seq" is no number'],
    [line({ ulid: "x" }), '"ulid" is no ULID'],
    [line({ inputs: undefined }), '"inputs" is missing'],
    [line({ actions: {} }), '"actions" is missing'],
    [line({ inputs: {} }), '"test_id" is missing'],
    [line({ inputs: { test_id: 1, attempt: 1 } }), '"test_id" is number, expected string'],
    [
      line({ event: "RunFinished", inputs: { interrupted: false, duration_ms: 1, next: [] } }),
      '"next" is a list, expected object',
    ],
    [
      line({ event: "RunFinished", inputs: { interrupted: false, duration_ms: 1, next: {} } }),
      '"next.kata_id" is missing',
    ],
    [
      line({ event: "RunStarted", inputs: { ...inputsOf(0), plan: {} } }),
      '"plan" is object, expected a list',
    ],
    [
      line({ event: "RunStarted", inputs: { ...inputsOf(0), plan: [null] } }),
      '"plan[0]" is null, expected object',
    ],
    [
      line({
        event: "RunStarted",
        inputs: { ...inputsOf(0), plan: [{ kata_id: "a", lang: "rb" }] },
      }),
      '"plan[0].lang" is "rb", expected ts or py',
    ],
    [
      line({
        event: "RunStarted",
        inputs: { ...inputsOf(0), plan: [{ ...planOf(), dependencies: [1] }] },
      }),
      '"plan[0].dependencies" is a list, expected string[]',
    ],
    [
      line({
        event: "TestFinished",
        inputs: { ...inputsOf(5), failure: { message: "", type: "", first_difference: ["x"] } },
      }),
      '"failure.first_difference" is a list, expected number[]',
    ],
  ])("throws a KataError with the line's number when it is %s", (text, problem) => {
    const error = errorOf(() => [...parseLedger(`${line()}\n${text}\n${line()}\n`, "run.ndjson")]);
    expect(error.message).toBe(`Cannot read ledger "run.ndjson": line 2: ${problem}`);
    expect(error.code).toBe("ledger-broken");
  });

  test("refuses a ledger from which lines were taken, or whose order is another", () => {
    const lines = written(runs["gate"] ?? [])
      .trimEnd()
      .split("\n");
    const read = (some: readonly string[]) => () => [...parseLedger(some.join("\n"), "a")];
    expect(read(lines)()).toHaveLength(lines.length);
    for (const at of lines.keys()) {
      // From its end on it is the log of a run that was killed.
      expect(read(lines.slice(0, at))()).toHaveLength(at);
      const wrong = [
        lines.with(at, lines[0] ?? "").concat(lines),
        lines.toSpliced(at, 0, lines[at] ?? ""),
      ];
      if (at < lines.length - 1) wrong.push(lines.toSpliced(at, 1));
      for (const some of wrong) expect(errorOf(read(some)).code).toBe("ledger-broken");
    }
    const gone = lines.filter((each) => !each.includes("ExtensionFinished"));
    expect(errorOf(read(gone)).message).toMatch(
      /^Cannot read ledger "a": event \d+ stands where event \d+ belongs$/,
    );
  });

  test("refuses a newer version of events and of the contract by name", () => {
    expect(errorOf(() => [...parseLedger(line({ v: 2 }), "a")]).message).toBe(
      'Cannot read ledger "a": its events have version 2, this kata knows 1',
    );
    for (const version of ["1.1.1", "1.2.0", "2.0.0", "10.0.0"]) {
      expect(errorOf(() => [...parseLedger(line({ policy_version: version }), "a")]).message).toBe(
        `Cannot read ledger "a": its contract has version ${version}, this kata knows ${POLICY_VERSION}`,
      );
    }
    expect([...parseLedger(line({ policy_version: "0.9.9" }))]).toHaveLength(1);
    expect([...parseLedger(line({ policy_version: "1" }))]).toHaveLength(1);
  });

  test("throws nothing but KataErrors when lines are fuzzed", () => {
    const good = written(runs["hostile"] ?? []).slice(0, 20_000);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.string(), (at, text) => {
        try {
          for (const found of parseLedger(good.slice(0, at) + text + good.slice(at + 1))) {
            expect(found.event).toBeString();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(KataError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function inputsOf(at: number): Record<string, unknown> {
  const found = event("pass", at === 5 ? 4 : at);
  return { ...found, test_id: "t" };
}

function planOf(): object {
  const started = event("pass");
  return started.event === "RunStarted" ? { ...started.plan[0] } : {};
}
