import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import type { KataEvent, PluginFailed } from "../../src/events/event.ts";
import { LedgerWriter, readLedger, readLedgerLines } from "../../src/events/ledger.ts";
import { createStamper } from "../../src/events/stamp.ts";
import type { GuestListener, StartGuest } from "../../src/plugins/guest.ts";
import {
  createHost,
  type Host,
  type HostOptions,
  type HostReporter,
} from "../../src/plugins/host.ts";
import type { Stream } from "../../src/plugins/live-line.ts";
import type {
  Action,
  AnnotateAction,
  CreateReporter,
  ReporterContext,
} from "../../src/plugins/reporter.ts";
import { write } from "../../src/plugins/reporter.ts";
import { runs } from "../golden/runs.ts";

let folder = "";
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kata-host-"));
  folders.push(folder);
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

const events = runs["pass"] ?? [];

interface Captured extends Stream {
  text: string;
}

function stream(isTTY = false, columns = 0): Captured {
  const captured: Captured = {
    text: "",
    isTTY,
    columns,
    write: (text) => void (captured.text += text),
  };
  return captured;
}

/** Says the name of each event. */
const names: CreateReporter = () => ({ handle: (event) => [write(`${event.event}\n`)] });
/** The whole of what `names` writes for a run. */
const allNames = events.map((event) => `${event.event}\n`).join("");

function returning(value: unknown, at = "RunStarted"): CreateReporter {
  // A stranger's reporter returns what it likes.
  return () => ({ handle: (event) => (event.event === at ? (value as Action[]) : []) });
}

interface Ran {
  stdout: Captured;
  stderr: Captured;
  failures: PluginFailed[];
}

async function run(
  reporters: HostReporter[],
  options: Partial<HostOptions> & { stdout?: Captured; stderr?: Captured; list?: KataEvent[] } = {},
): Promise<Ran> {
  const { stdout = stream(), stderr = stream(), list = events, ...rest } = options;
  const failures: PluginFailed[] = [];
  const host = createHost({
    reporters,
    surroundings: { stdout, stderr, color: false },
    cwd: folder,
    onPluginFailed: (failure) => failures.push(failure),
    ...rest,
  });
  // Events of the host's own stand between those of the run.
  for (const event of list) host.handle(rest.stamper?.stamp(event) ?? event);
  await host.finish();
  return { stdout, stderr, failures };
}

async function errorOf(act: () => unknown): Promise<KataError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("expected a KataError");
}

describe("createHost() outputs", () => {
  test("writes one reporter to stdout and others to files", async () => {
    const { stdout, failures } = await run([
      { name: "names", reporter: names },
      { name: "file", reporter: names, output: "deep/er/names.txt" },
    ]);
    expect(stdout.text).toBe(allNames);
    expect(readFileSync(join(folder, "deep/er/names.txt"), "utf8")).toBe(allNames);
    expect(readdirSync(join(folder, "deep/er"))).toEqual(["names.txt"]);
    expect(failures).toEqual([]);
  });

  test("throws a usage error that says so when two want stdout", async () => {
    const error = await errorOf(() =>
      run([
        { name: "json", reporter: names },
        { name: "tap", reporter: names },
      ]),
    );
    expect(error.message).toBe(
      'Cannot give stdout to both "json" and "tap": only one reporter can write there',
    );
    expect(error.hint).toBe("give one of them a file: --reporter tap:FILE");
    expect(error.exit).toBe(2);
  });

  test("throws a usage error when two want the same file by different names", async () => {
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real"), join(folder, "link"));
    for (const other of ["a/../real/x", join(folder, "real/x"), "link/x"]) {
      const error = await errorOf(() =>
        run([
          { name: "json", reporter: names, output: "real/x" },
          { name: "tap", reporter: names, output: other },
        ]),
      );
      expect(error.message).toBe(
        `Cannot write report "${other}" (--reporter tap:${other}): "json" writes there`,
      );
      expect(readdirSync(join(folder, "real"))).toEqual([]);
    }
  });

  test("throws a usage error when a report wants the ledger's file", async () => {
    const ledger = new LedgerWriter(join(folder, "run.ndjson"));
    const error = await errorOf(() =>
      run([{ name: "json", reporter: names, output: "run.ndjson" }], { ledger }),
    );
    expect(error.message).toContain("the ledger writes there");
    ledger.close();
  });

  test("removes an old report before anything runs", () => {
    const path = join(folder, "old.xml");
    writeFileSync(path, "green");
    createHost({
      reporters: [{ name: "junit", reporter: names, output: path }],
      surroundings: { stdout: stream(), stderr: stream(), color: false },
    });
    expect(existsSync(path)).toBe(false);
  });

  test("has no report at its place until the run finished", async () => {
    const path = join(folder, "report");
    const host = createHost({
      reporters: [{ name: "names", reporter: names, output: "report" }],
      surroundings: { stdout: stream(), stderr: stream(), color: false },
      cwd: folder,
    });
    for (const event of events) host.handle(event);
    expect(existsSync(path)).toBe(false);
    await host.finish();
    expect(readFileSync(path, "utf8")).toBe(allNames);
    expect(readdirSync(folder).filter((name) => name.startsWith("report."))).toEqual([]);
  });

  test("writes through a link and leaves it a link", async () => {
    writeFileSync(join(folder, "target"), "old");
    symlinkSync(join(folder, "target"), join(folder, "link"));
    await run([{ name: "names", reporter: names, output: "link" }]);
    expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "target"), "utf8")).toBe(allNames);
  });

  test("writes to devices as they are", async () => {
    await run([{ name: "names", reporter: names, output: "/dev/null" }]);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
    await run([
      { name: "bad", reporter: returning(7), output: "/dev/null" },
      { name: "names", reporter: names, output: "/dev/null" },
    ]);
  });

  test.each([
    ["folder", "x", "it is a folder"],
    ["file as a folder", "file/x", "not a directory"],
    ["slash at the end", "new/", "it names a folder"],
    ["name that is too long", "x".repeat(300), "name too long"],
  ])(
    "throws a KataError that names path and flag before anything runs when the output is a %s",
    async (_, output, why) => {
      mkdirSync(join(folder, "x"));
      writeFileSync(join(folder, "file"), "");
      let ran = false;
      const watch: CreateReporter = () => {
        ran = true;
        return names(context);
      };
      const error = await errorOf(() =>
        run([
          { name: "good", reporter: watch, output: "good" },
          { name: "tap", reporter: watch, output },
        ]),
      );
      expect(error.message).toStartWith("Cannot write report ");
      expect(error.message).toContain(`(--reporter tap:${output})`);
      expect(error.message).toContain(why);
      expect(ran).toBe(false);
      // The one that was opened before leaves nothing behind.
      expect(readdirSync(folder).toSorted()).toEqual(["file", "x"]);
    },
  );

  test("finish() throws a KataError after the others are in place when a report cannot be written", async () => {
    const failures: PluginFailed[] = [];
    const host = createHost({
      reporters: [
        { name: "full", reporter: names, output: "/dev/full" },
        { name: "good", reporter: names, output: "good" },
      ],
      surroundings: { stdout: stream(), stderr: stream(), color: false },
      cwd: folder,
      onPluginFailed: (failure) => failures.push(failure),
    });
    for (const event of events) host.handle(event);
    const error = await errorOf(() => host.finish());
    expect(error.message).toBe(
      'Cannot write report "/dev/full" (--reporter full:/dev/full): no space left on device',
    );
    expect(readFileSync(join(folder, "good"), "utf8")).toBe(allNames);
    expect(failures).toMatchObject([{ plugin: "full" }]);
    await host.finish();
  });

  test("finish() throws a KataError when the report's place was taken in between", async () => {
    const host = createHost({
      reporters: [{ name: "names", reporter: names, output: "report" }],
      surroundings: { stdout: stream(), stderr: stream(), color: false },
      cwd: folder,
    });
    for (const event of events) host.handle(event);
    mkdirSync(join(folder, "report/full"), { recursive: true });
    expect((await errorOf(() => host.finish())).message).toStartWith(
      `Cannot write report "${join(folder, "report")}"`,
    );
    expect(readdirSync(folder)).toEqual(["report"]);
  });

  test("finish() throws a KataError when stdout is gone", async () => {
    const stdout: Captured = {
      ...stream(),
      write: () => {
        throw new Error("EPIPE");
      },
    };
    const error = await errorOf(() => run([{ name: "names", reporter: names }], { stdout }));
    expect(error.message).toBe("Cannot write the report of names: Error: EPIPE");
  });
});

const context: ReporterContext = { columns: 80, terminal: false, color: false, options: {} };

describe("createHost() context", () => {
  test("gives the terminal's width and colours to the reporter on stdout alone", async () => {
    const seen: ReporterContext[] = [];
    const watch: CreateReporter = (given) => {
      seen.push(given);
      return names(given);
    };
    const terminal = stream(true, 120);
    await run(
      [
        { name: "a", reporter: watch },
        { name: "b", reporter: watch, output: "b", options: { x: "1" } },
      ],
      {
        surroundings: { stdout: terminal, stderr: stream(), color: true },
      },
    );
    await run([{ name: "c", reporter: watch }], { stdout: stream(false, 120) });
    await run([{ name: "d", reporter: watch }], { stdout: stream(true, 0) });
    expect(seen).toEqual([
      { columns: 120, terminal: true, color: true, options: {} },
      { columns: 80, terminal: false, color: false, options: { x: "1" } },
      { columns: 80, terminal: false, color: false, options: {} },
      { columns: 80, terminal: true, color: false, options: {} },
    ]);
  });
});

describe("createHost() with a bad reporter", () => {
  const hostile: [string, CreateReporter, string][] = [
    [
      "throws",
      () => ({
        handle: () => {
          throw new TypeError("x is undefined");
        },
      }),
      "TypeError: x is undefined",
    ],
    [
      "throws no error",
      () => ({
        handle: () => {
          throw "text";
        },
      }),
      "threw text",
    ],
    [
      "throws what cannot be printed",
      () => ({
        handle: () => {
          throw Object.create(null);
        },
      }),
      "threw something that cannot be printed",
    ],
    [
      "cannot be created",
      () => {
        throw new Error("no");
      },
      "Error: no",
    ],
    [
      "is none",
      (() => ({})) as unknown as CreateReporter,
      "TypeError: createReporter returned no reporter",
    ],
    [
      "is null",
      (() => null) as unknown as CreateReporter,
      "TypeError: createReporter returned no reporter",
    ],
    ["returns a string", returning("text"), 'expected a list of actions, got "text"'],
    ["returns an object", returning({}), "expected a list of actions, got an object"],
    [
      "returns a promise",
      returning(Promise.resolve([])),
      "expected a list of actions, got a promise",
    ],
    ["returns a number", returning(3), "expected a list of actions, got a number"],
    ["returns a null action", returning([null]), "expected an action, got null"],
    ["returns a nested list", returning([[]]), "expected an action, got a list"],
    [
      "returns an action without a name",
      returning([{ payload: {} }]),
      'expected "action" to be a name, got undefined',
    ],
    [
      "returns an unknown action",
      returning([{ action: "delete", payload: {} }]),
      'unknown action "delete", expected write, write_file, annotate, status, propose_failure, propose_move, propose_quarantine or propose_dedupe',
    ],
    [
      "returns no payload",
      returning([{ action: "write" }]),
      'expected the payload of "write" to be an object, got undefined',
    ],
    [
      "returns a wrong text",
      returning([{ action: "write", payload: { text: 1 } }]),
      'expected "text" of "write" to be a string, got a number',
    ],
    [
      "returns a wrong path",
      returning([{ action: "write_file", payload: { text: "" } }]),
      'expected "path" of "write_file" to be a string, got undefined',
    ],
    [
      "returns a file with a wrong append",
      returning([{ action: "write_file", payload: { path: "a", text: "", append: 1 } }]),
      'expected "append" of "write_file" to be true or false, got a number',
    ],
    [
      "returns a file without text",
      returning([{ action: "write_file", payload: { path: "" } }]),
      'expected "text" of "write_file" to be a string, got undefined',
    ],
    [
      "returns a wrong level",
      returning([{ action: "annotate", payload: { level: "loud" } }]),
      'expected "level" of "annotate" to be error, warning or notice, got "loud"',
    ],
    [
      "returns no file",
      returning([annotation({ file: null })]),
      'expected "file" of "annotate" to be a string, got null',
    ],
    [
      "returns no line",
      returning([annotation({ line: "1" })]),
      'expected "line" of "annotate" to be a number, got "1"',
    ],
    [
      "returns no title",
      returning([annotation({ title: 1 })]),
      'expected "title" of "annotate" to be a string, got a number',
    ],
    [
      "returns no message",
      returning([annotation({ message: 1 })]),
      'expected "message" of "annotate" to be a string, got a number',
    ],
    [
      "has a trap",
      returning([
        new Proxy(
          {},
          {
            get: () => {
              throw new Error("trap");
            },
          },
        ),
      ]),
      "Error: trap",
    ],
    [
      "changes an event",
      () => ({
        handle: (event) => {
          (event as { seq: number }).seq = 9;
          return [];
        },
      }),
      expect.stringContaining("TypeError"),
    ],
  ];

  test.each(hostile)(
    "switches it off, says so once and runs the others when it %s",
    async (_, reporter, message) => {
      const path = join(folder, "run.ndjson");
      const ledger = new LedgerWriter(path);
      const stamper = createStamper();
      const { failures } = await run(
        [
          { name: "bad", reporter, output: "bad" },
          { name: "good", reporter: names, output: "good" },
        ],
        { ledger, stamper, list: events.slice(0, -1) },
      );
      ledger.close();
      expect(failures).toEqual([{ event: "PluginFailed", plugin: "bad", message }]);
      // A half report is none.
      expect(readdirSync(folder).toSorted()).toEqual(["good", "run.ndjson"]);
      const read = [...readLedger(path)];
      expect(read.filter((event) => event.event === "PluginFailed")).toMatchObject([
        { plugin: "bad", message },
      ]);
      expect(read[0]?.event).toBe("RunStarted");
      expect(readFileSync(join(folder, "good"), "utf8")).toContain(
        "RunStarted\nPluginFailed\nKataStarted\n",
      );
    },
  );

  test("keeps what stdout already has when it throws later", async () => {
    const { stdout, failures } = await run([
      {
        name: "late",
        reporter: () => ({
          handle: (event) => {
            if (event.event === "KataStarted") throw new Error("late");
            return [write(`${event.event}\n`)];
          },
        }),
      },
    ]);
    expect(stdout.text).toBe("RunStarted\n");
    expect(failures).toHaveLength(1);
  });

  test("copies actions, so that they cannot change while they are applied", async () => {
    const action = { action: "write", payload: { text: "one" } };
    const { stdout } = await run([{ name: "x", reporter: returning([action, action]) }]);
    action.payload.text = "two";
    expect(stdout.text).toBe("oneone");
  });

  test("takes null and undefined for nothing", async () => {
    for (const nothing of [null, undefined]) {
      const { failures } = await run([{ name: "x", reporter: returning(nothing) }]);
      expect(failures).toEqual([]);
    }
  });
});

describe("Host.handle()", () => {
  test("gives events from within a call their turn after it", async () => {
    const order: string[] = [];
    const watch =
      (name: string): CreateReporter =>
      () => ({
        handle: (event) => {
          order.push(`${name} ${event.event}`);
          return [];
        },
      });
    const stamper = createStamper();
    const host = createHost({
      reporters: [
        { name: "bad", reporter: returning(1), output: "bad" },
        { name: "a", reporter: watch("a"), output: "a" },
        { name: "b", reporter: watch("b"), output: "b" },
      ],
      surroundings: { stdout: stream(), stderr: stream(), color: false },
      cwd: folder,
      onPluginFailed: (failure) => host.handle(stamper.stamp(failure)),
    });
    const [first] = events;
    if (first !== undefined) host.handle(first);
    await host.finish();
    expect(order.slice(0, 4)).toEqual([
      "a RunStarted",
      "b RunStarted",
      "a PluginFailed",
      "b PluginFailed",
    ]);
  });

  test("freezes events to the bottom", async () => {
    const list = structuredClone(events);
    await run([], { list });
    const [started] = list;
    expect(started?.event === "RunStarted" && Object.isFrozen(started.plan[0])).toBe(true);
  });
});

describe("Host.finish()", () => {
  const ends: CreateReporter = () => ({
    handle: (event) => (event.event === "RunFinished" ? [write(`${JSON.stringify(event)}\n`)] : []),
  });

  test("ends a run that broke off as interrupted, the same way each time", async () => {
    const list = events.slice(0, 5);
    const [one, two] = [
      await run([{ name: "x", reporter: ends }], { list }),
      await run([{ name: "x", reporter: ends }], { list }),
    ];
    expect(JSON.parse(one.stdout.text)).toMatchObject({
      event: "RunFinished",
      interrupted: true,
      next: null,
      seq: 6,
      duration_ms: 6,
    });
    expect(one.stdout.text).toBe(two.stdout.text);
  });

  test("ends a run of which nothing was seen", async () => {
    const { stdout } = await run([{ name: "x", reporter: ends }], { list: [] });
    expect(JSON.parse(stdout.text)).toMatchObject({
      interrupted: true,
      seq: 1,
      duration_ms: 0,
      ts: "1970-01-01T00:00:00.000Z",
    });
  });

  test("stamps that end with the run's own stamper and records it", async () => {
    const path = join(folder, "run.ndjson");
    const ledger = new LedgerWriter(path);
    const stamper = createStamper();
    await run([{ name: "x", reporter: ends }], { list: events.slice(0, 1), ledger, stamper });
    ledger.close();
    expect([...readLedger(path)].map((event) => [event.seq, event.event])).toEqual([
      [1, "RunStarted"],
      [2, "RunFinished"],
    ]);
  });

  test("makes what comes after it have no effect", async () => {
    const stdout = stream();
    const host = createHost({
      reporters: [{ name: "names", reporter: names, output: "report" }],
      surroundings: { stdout, stderr: stream(), color: false },
      cwd: folder,
    });
    await host.finish();
    for (const event of events) host.handle(event);
    await host.finish();
    expect(readFileSync(join(folder, "report"), "utf8")).toBe("RunFinished\n");
  });

  test("adds no second end to a run that has one", async () => {
    const { stdout } = await run([{ name: "x", reporter: ends }]);
    expect(stdout.text.split("\n")).toHaveLength(2);
  });
});

describe("Host ledger", () => {
  test("holds events, proposals and outcomes in order, with ids that sort", async () => {
    const path = join(folder, "run.ndjson");
    const ledger = new LedgerWriter(path);
    const both: CreateReporter = () => ({
      handle: (event) =>
        event.event === "RunStarted"
          ? [write("text"), { action: "status", payload: { text: "busy" } }]
          : [],
    });
    await run([{ name: "both", reporter: both, output: "x" }], { ledger });
    ledger.close();
    expect(readFileSync(path, "utf8")).not.toContain("busy");
    const lines = [...readLedgerLines(path)];
    expect(
      lines
        .slice(0, 4)
        .map((line) => [line.event, line.status, line.actions.map((each) => each.action)]),
    ).toEqual([
      ["RunStarted", "recorded", []],
      ["RunStarted", "applied", ["write"]],
      ["RunStarted", "ignored", ["status"]],
      ["KataStarted", "recorded", []],
    ]);
    expect(lines[1]?.inputs).toEqual({ event: lines[0]?.ulid, plugin: "both" });
  });

  test("ends with a KataError and lets the reports go on when it cannot be written", async () => {
    const ledger = new LedgerWriter("/dev/full");
    const stdout = stream();
    const error = await errorOf(() =>
      run([{ name: "names", reporter: names }], { ledger, stdout }),
    );
    expect(error.message).toBe('Cannot write ledger "/dev/full": no space left on device');
    expect(stdout.text).toBe(allNames);
  });
});

describe("Host write_file", () => {
  const files = (path: string): CreateReporter =>
    returning([{ action: "write_file", payload: { path, text: "inner" } }]);

  test("writes below the folder of the output", async () => {
    const { failures } = await run([
      { name: "x", reporter: files("more/a.txt"), output: "out/main.txt" },
    ]);
    expect(failures).toEqual([]);
    expect(readFileSync(join(folder, "out/more/a.txt"), "utf8")).toBe("inner");
  });

  test.each([
    ["../a.txt", 'write_file may not leave the folder of its output: "../a.txt"'],
    ["a/../../b", 'write_file may not leave the folder of its output: "a/../../b"'],
    [
      "/tmp/kata-host-escape",
      'write_file may not leave the folder of its output: "/tmp/kata-host-escape"',
    ],
    ["", 'write_file may not leave the folder of its output: ""'],
    ["escape/a.txt", 'write_file may not leave the folder of its output: "escape/a.txt"'],
    ["main.txt", 'write_file may not replace another report, or what the run reads: "main.txt"'],
    [
      "main.txt.1-0123456789abcdef.partial",
      'write_file may not replace another report, or what the run reads: "main.txt.1-0123456789abcdef.partial"',
    ],
    ["other.txt", 'write_file may not replace another report, or what the run reads: "other.txt"'],
    [
      "run.ndjson",
      'write_file may not replace another report, or what the run reads: "run.ndjson"',
    ],
  ])("is refused when the path is %p", async (path, message) => {
    mkdirSync(join(folder, "out"));
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "out/escape"));
    const ledger = new LedgerWriter(join(folder, "out/run.ndjson"));
    const { failures } = await run(
      [
        { name: "x", reporter: files(path), output: "out/main.txt" },
        { name: "y", reporter: names, output: "out/other.txt" },
      ],
      { ledger },
    );
    ledger.close();
    expect(failures).toEqual([{ event: "PluginFailed", plugin: "x", message }]);
    expect(readdirSync(join(folder, "out")).toSorted()).toEqual([
      "escape",
      "other.txt",
      "run.ndjson",
    ]);
    expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
    const refused = [...readLedgerLines(ledger.path)].filter((line) => line.status === "refused");
    expect(refused).toMatchObject([
      { message, actions: [{ plugin: "x", action: "write_file", size: 5 }] },
    ]);
  });

  test("is refused when the run reads the file", async () => {
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out/solution.ts"), "mine");
    const { failures } = await run(
      [{ name: "x", reporter: files("solution.ts"), output: "out/main.txt" }],
      { inputs: [join(folder, "out/solution.ts")] },
    );
    expect(failures[0]?.message).toContain("what the run reads");
    expect(readFileSync(join(folder, "out/solution.ts"), "utf8")).toBe("mine");
  });

  test("adds to what the file holds, in the folder that was given, when it says so", async () => {
    const reporter = returning([
      { action: "write_file", payload: { path: "s.md", text: "more\n", append: true } },
    ]);
    for (const expected of ["more\n", "more\nmore\n"]) {
      const { failures } = await run([{ name: "x", reporter, folder: join(folder, "given") }]);
      expect(failures).toEqual([]);
      expect(readFileSync(join(folder, "given/s.md"), "utf8")).toBe(expected);
    }
  });

  test("is refused when the reporter writes to stdout", async () => {
    const { failures } = await run([{ name: "x", reporter: files("a.txt") }]);
    expect(failures[0]?.message).toBe("write_file needs an output: --reporter x:FILE");
  });

  test("fails the run with a KataError when the file cannot be written", async () => {
    mkdirSync(join(folder, "taken"));
    const error = await errorOf(() =>
      run([{ name: "x", reporter: files("taken"), output: "main.txt" }]),
    );
    expect(error.message).toContain("taken");
    expect(readdirSync(folder)).toEqual(["taken"]);
  });
});

describe("Host annotate", () => {
  test("is written in the words of the surroundings, and ignored without them", async () => {
    const seen: AnnotateAction["payload"][] = [];
    const reporter = returning([annotation({})]);
    const annotate = (given: AnnotateAction["payload"]): string => {
      seen.push(given);
      return "words\n";
    };
    const { stdout } = await run([{ name: "x", reporter }], { annotate });
    expect(seen[0]).toEqual({ level: "error", file: "a.ts", line: 1, title: "t", message: "m" });
    expect(stdout.text).toBe("words\n".repeat(seen.length));
    const { failures } = await run([{ name: "x", reporter }]);
    expect(failures).toEqual([]);
  });
});

describe("Host live line", () => {
  const live: CreateReporter = () => ({
    handle: (event) => {
      switch (event.event) {
        case "RunStarted":
          return [{ action: "status", payload: { text: "one\x1b[2J\ntwo\x1b[31m three" } }];
        case "KataStarted":
          return [{ action: "status", payload: { text: "漢字".repeat(40) } }];
        case "KataFinished":
          return [write("kata\n")];
        default:
          return null;
      }
    },
  });
  const CLEAR = "\r\x1b[2K";

  test("is drawn once a change, cut to the width, cleared before text and at the end", async () => {
    const { stdout, stderr } = await run([{ name: "x", reporter: live }], {
      stdout: stream(true, 20),
    });
    expect(stdout.text).toBe(
      [
        `${CLEAR}one#x0Atwo three`,
        `${CLEAR}${"漢字".repeat(4)}漢…`,
        `${CLEAR}kata\n`,
        `${CLEAR}${"漢字".repeat(4)}漢…`,
        CLEAR,
      ].join(""),
    );
    expect(stderr.text).toBe("");
  });

  test("keeps colours where colours may be", async () => {
    const terminal = stream(true, 40);
    await run([{ name: "x", reporter: live }], {
      surroundings: { stdout: terminal, stderr: stream(), color: true },
    });
    expect(terminal.text).toStartWith(`${CLEAR}one#x0Atwo\x1b[31m three`);
  });

  test("is on stderr when stdout is a pipe", async () => {
    const { stdout, stderr } = await run([{ name: "x", reporter: live }], {
      stderr: stream(true, 20),
    });
    expect(stdout.text).toBe("kata\n");
    expect(stderr.text).toStartWith(CLEAR);
    expect(stderr.text).toEndWith(CLEAR);
  });

  test("is nowhere when nothing is a terminal", async () => {
    const { stdout, stderr } = await run([{ name: "x", reporter: live }]);
    expect(stdout.text + stderr.text).toBe("kata\n");
  });

  test("goes when clear() is called and comes back with the next event", () => {
    const stdout = stream(true, 0);
    const host = createHost({
      reporters: [{ name: "x", reporter: live }],
      surroundings: { stdout, stderr: stream(), color: false },
    });
    const [first, , third] = events;
    if (first === undefined || third === undefined) throw new Error("no events");
    host.handle(first);
    host.clear();
    expect(stdout.text).toEndWith(CLEAR);
    host.clear();
    host.handle(third);
    expect(stdout.text).toBe(`${CLEAR}one#x0Atwo three${CLEAR}${CLEAR}one#x0Atwo three`);
  });
});

function annotation(fields: object): unknown {
  return {
    action: "annotate",
    payload: { level: "error", file: "a.ts", line: 1, title: "t", message: "m", ...fields },
  };
}

describe("createHost() with plugins that answer later", () => {
  /** A plugin without a process: it answers when it is told to. */
  function later(): {
    entry: HostReporter;
    told: GuestListener;
    sent: string[];
    calls: string[];
  } {
    const [sent, calls]: [string[], string[]] = [[], []];
    const told: GuestListener = { answered: () => {}, failed: () => {}, printed: () => {} };
    const start: StartGuest = (_, listener) => {
      Object.assign(told, listener);
      return {
        send: (event) => void sent.push(event),
        caughtUp: () => Promise.resolve(void calls.push("caughtUp")),
        hurry: () => void calls.push("hurry"),
        stop: () => void calls.push("stop"),
        end: () => {
          for (const event of sent) listener.answered([write(`${event.length}\n`)]);
          return Promise.resolve();
        },
      };
    };
    return {
      entry: { name: "later", reporter: { start }, output: "later.txt" },
      told,
      sent,
      calls,
    };
  }

  function open(entry: HostReporter, failures: PluginFailed[] = []): Host {
    return createHost({
      reporters: [entry],
      surroundings: { stdout: stream(), stderr: stream(), color: false },
      cwd: folder,
      onPluginFailed: (failure) => failures.push(failure),
    });
  }

  test("waits for them, and does what they propose", async () => {
    const { entry, sent, calls } = later();
    const host = open(entry);
    for (const event of events) host.handle(event);
    await host.caughtUp();
    await host.finish();
    expect(calls).toEqual(["caughtUp"]);
    expect(readFileSync(join(folder, "later.txt"), "utf8").split("\n").length).toBe(
      sent.length + 1,
    );
  });

  test("tells of one that failed before the run began once it has", async () => {
    const { entry, told } = later();
    const failures: PluginFailed[] = [];
    const host = open(entry, failures);
    told.failed("no");
    told.answered([]);
    expect(failures).toEqual([]);
    for (const event of events) host.handle(event);
    expect(failures).toEqual([{ event: "PluginFailed", plugin: "later", message: "no" }]);
    expect(host.failures).toEqual(failures);
    await host.finish();
    expect(existsSync(join(folder, "later.txt"))).toBe(false);
  });

  test("ends one that proposes nonsense", async () => {
    const { entry, told, calls } = later();
    const host = open(entry);
    for (const event of events) host.handle(event);
    told.answered(3);
    expect(calls).toEqual(["stop"]);
    await host.finish();
  });
});

test("createHost() leaves what is proposed about files to who walks them", async () => {
  const path = join(folder, "run.ndjson");
  const ledger = new LedgerWriter(path);
  const payload = { from: "a", to: "b", rationale: "c" };
  const { failures } = await run(
    [{ name: "mover", reporter: returning([{ action: "propose_move", payload }]), output: "m" }],
    { ledger },
  );
  ledger.close();
  expect(failures).toEqual([]);
  const lines = [...readLedgerLines(path)].filter(({ actions }) => actions.length > 0);
  expect(lines.map(({ status, actions }) => [status, actions[0]?.action])).toEqual([
    ["ignored", "propose_move"],
  ]);
});

test("createHost() survives a thrown proxy that throws when it is looked at", async () => {
  const trap = (): never => {
    throw new Error("trapped");
  };
  const bad: CreateReporter = () => {
    throw new Proxy({}, { getPrototypeOf: trap, get: trap });
  };
  const { failures } = await run([{ name: "bad", reporter: bad, output: "b" }]);
  expect(failures[0]?.message).toBe("threw something that cannot be printed");
});
