/** Plugins of `kata.toml` in runs: what they see, what comes of it, and what a gate may do. */
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import { readLedger, readLedgerLines } from "../../src/events/ledger.ts";
import { mergeLogs, replayLog } from "../../src/session/replay.ts";
import type { RunRequest, RunSurroundings } from "../../src/session/request.ts";
import { runKatas } from "../../src/session/session.ts";
import { folder, removeFolders, sample } from "../e2e/kata.ts";

afterAll(removeFolders);

const TESTS =
  'import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add(1, 2)).toBe(3); });\ntest.skip("adds zero", () => { expect(add(0, 0)).toBe(0); });\n';
const GOOD = "export const add = (a: number, b: number): number => a + b;\n";
const OUTPUTS = ["annotate", "propose_failure", "propose_move", "status", "write", "write_file"];

const katas = sample({ tests: TESTS });

interface Screen extends RunSurroundings {
  out: string;
  err: string;
}

function screen(): Screen {
  const made: Screen = {
    out: "",
    err: "",
    color: false,
    env: {},
    signal: new AbortController().signal,
    stdout: { write: (text) => void (made.out += text), isTTY: false, columns: 80 },
    stderr: { write: (text) => void (made.err += text), isTTY: false, columns: 80 },
  };
  return made;
}

interface Plugin {
  /** The body of `handle(event)`. */
  body?: string;
  events?: string | string[];
  rules?: object[];
  outputs?: string[];
  gate?: boolean;
  /** What stands in `kata.toml` in the place of its folder. */
  entry?: string;
}

/** A folder with a solution and these plugins. */
function project(plugins: Record<string, Plugin>): string {
  const files: Record<string, string> = { "sample.ts": GOOD };
  let toml = "";
  for (const [name, { body, events = "KatasFinished", ...given }] of Object.entries(plugins)) {
    const { outputs = OUTPUTS, rules = [], gate = false, entry } = given;
    toml += `[plugins.${name}]\n${entry ?? `path = "plugins/${name}"`}\ngate = ${gate}\n`;
    const spec = { name, version: "1.0.0", handles_event: events, outputs, policy: { rules } };
    files[`plugins/${name}/plugin.spec.json`] = JSON.stringify(spec);
    if (body === undefined) continue;
    files[`plugins/${name}/handler.ts`] =
      `let seen: string[] = [];\nexport function handle(event: any): unknown {\n  seen.push(event.event);\n  ${body}\n}\n`;
  }
  files["kata.toml"] = toml;
  return folder(files);
}

function request(cwd: string, given: Partial<RunRequest> = {}): RunRequest {
  return {
    selector: "sample",
    katas,
    reference: false,
    device: "cpu",
    bail: false,
    reporters: [{ name: "json" }],
    sandbox: {},
    log: "run.ndjson",
    cwd,
    ...given,
  };
}

async function run(plugins: Record<string, Plugin>, given: Partial<RunRequest> = {}) {
  const cwd = project(plugins);
  const shown = screen();
  const { verdict, exit } = await runKatas(request(cwd, given), shown);
  const said = Object.fromEntries(
    (verdict.extensions ?? []).map(({ id, slot, outcome, message }) => [
      id,
      [slot, outcome, message],
    ]),
  );
  return { cwd, exit, verdict, said, out: shown.out, err: shown.err };
}

async function refusal(cwd: string): Promise<KataError> {
  try {
    await runKatas(request(cwd), screen());
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("The run was carried out");
}

const fail = (message: string): string =>
  `return [{ action: "propose_failure", payload: { message: ${message} } }];`;

describe("a plugin of kata.toml", () => {
  test("sees the events that its spec names, in order, and has the last word", async () => {
    const all = ["RunStarted", "KataStarted", "TestFinished", "KataFinished", "KatasFinished"];
    const { said, exit, err, cwd } = await run({
      watcher: { events: all, body: fail('seen.join(" ")') },
    });
    const words = "RunStarted KataStarted TestFinished TestFinished KataFinished KatasFinished";
    expect(said["watcher"]?.slice(0, 2)).toEqual(["after:run", "warned"]);
    expect(said["watcher"]?.[2]).toEndWith(`; ${words}`);
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    const story = [...readLedger(join(cwd, "run.ndjson"))].map(({ event }) => event).slice(-3);
    expect<string[]>(story).toEqual(["KatasFinished", "ExtensionFinished", "RunFinished"]);
    const lines = [...readLedgerLines(join(cwd, "run.ndjson"))];
    const proposed = lines.filter(({ inputs }) => inputs["plugin"] === "watcher");
    expect(proposed.map(({ event, status, actions }) => [event, status, actions.length])).toEqual(
      ["RunStarted", "KataStarted", "TestFinished", "TestFinished", "KataFinished"]
        .concat("KatasFinished")
        .map((event) => [event, "applied", 1]),
    );
  });

  test("shows its annotations in every report, and moves and writes nothing", async () => {
    const note =
      '{ action: "annotate", payload: { level: "error", file: "sample.ts", line: 1, title: "short", message: "name it" } }';
    const move = '{ action: "propose_move", payload: { from: "a", to: "b", rationale: "" } }';
    const { verdict, said, exit, cwd, out } = await run({
      notes: { body: `return [${note}, ${move}];` },
      writes: { body: 'return [{ action: "write_file", payload: { path: "x", text: "" } }];' },
      prints: { body: 'return [{ action: "write", payload: { text: "{}" } }];' },
    });
    expect(said).toEqual({
      notes: ["after:run", "suggested", "1 note on the source"],
      writes: ["after:run", "skipped", "did not finish: only reporters may propose write_file"],
      prints: ["after:run", "skipped", "did not finish: only reporters may propose write"],
    });
    expect(verdict.extensions?.[0]?.anchors).toEqual([
      { file: "sample.ts", line: 1, message: "short: name it" },
    ]);
    expect({ exit, passed: JSON.parse(out).passed }).toEqual({ exit: 0, passed: true });
    expect(existsSync(join(cwd, "x"))).toBe(false);
    const shown = screen();
    await replayLog({ log: "run.ndjson", cwd, reporters: [{ name: "github" }] }, shown);
    expect(shown.out).toContain("file=sample.ts,line=1::short: name it\n");
  });

  test("needs no code where it has rules", async () => {
    const { said, exit } = await run({
      "never-passes": {
        gate: true,
        rules: [{ else: { propose_failure: { message: "not on ${path}weekdays" } } }],
      },
    });
    expect(said["never-passes"]).toEqual(["gate", "failed", "not on weekdays"]);
    expect(exit).toBe(1);
  });
});

test("what a plugin says too often is said once, and what is too much is not kept", async () => {
  const propose = (message: string): string =>
    `({ action: "propose_failure", payload: { message: ${message} } })`;
  const note =
    '({ action: "annotate", payload: { level: "error", file: "a", line: -1.5 + n, title: "", message: "m" } })';
  const many = "Array.from({ length: 1000 }, (_, n) => ";
  const { verdict, cwd } = await run({
    often: { body: `return ${many}${propose('"again"')});` },
    much: { body: `return ${many}${propose('"x".repeat(999) + n')}).concat(${many}${note}));` },
  });
  const [often, much] = verdict.extensions ?? [];
  expect(often?.message).toBe("again");
  expect(much?.message.length).toBe(4000);
  expect(much?.anchors?.map(({ line }) => line)).toEqual(
    Array.from({ length: 20 }, (_, at) => Math.max(0, at - 2)),
  );
  const lines = [...readLedgerLines(join(cwd, "run.ndjson"))];
  const kept = lines.filter(({ inputs }) => inputs["plugin"] === "much");
  expect<[string, number][]>(kept.map(({ status, actions }) => [status, actions.length])).toEqual([
    ["applied", 24],
    ["ignored", 1976],
  ]);
});

describe("a gate of kata.toml", () => {
  test("passes the run, or fails it in every report and replay", async () => {
    const body = "return event.event === 'TestFinished' && event.status === 'skipped' ? ";
    const events = ["TestFinished", "KatasFinished"];
    const no = `[{ action: "propose_failure", payload: { message: "a test was skipped" } }]`;
    const open = await run({ open: { gate: true, body: "return null;" } });
    expect({ exit: open.exit, said: open.said }).toEqual({
      exit: 0,
      said: { open: ["gate", "passed", ""] },
    });
    const { cwd, exit, out, err, verdict } = await run({
      "no-skips": { gate: true, events, body: `${body}${no} : null;` },
    });
    expect({ exit, err, error: verdict.error }).toEqual({
      exit: 1,
      err: "",
      error: "no-skips failed: a test was skipped",
    });
    expect(JSON.parse(out)).toMatchObject({ passed: false, num_failed: 0, num_passed: 1 });
    for (const name of ["json", "junit", "tap", "html", "ctrf", "pretty"]) {
      const shown = screen();
      const again = await replayLog({ log: "run.ndjson", cwd, reporters: [{ name }] }, shown);
      expect({ name, exit: again.exit }).toEqual({ name, exit: 1 });
      expect(shown.out).toContain("a test was skipped");
      if (name === "json") expect(shown.out).toBe(out);
    }
  });

  test("fails the run where it cannot say anything, and the others are whole", async () => {
    const gates: Record<string, [body: string, words: string]> = {
      throws: ['throw new Error("no")', "Error: no"],
      exits: ["process.exit(0)", "its process ended with 0"],
      nonsense: ["return 42", "KatasFinished"],
      unknown: ['return [{ action: "set_verdict", payload: { passed: true } }]', "set_verdict"],
      promises: ["return Promise.resolve([])", "did not finish"],
      writes: ['require("node:fs").writeFileSync("/tmp/harm", ""); return null', "EACCES"],
      hangs: ["for (;;);", "it did not answer within 5000 ms"],
    };
    const plugins = Object.entries(gates).map(([name, [body]]) => [
      name,
      { gate: true, body: `${body};` },
    ]);
    const { said, exit, verdict, err, out } = await run(Object.fromEntries(plugins));
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ passed: false, num_passed: 1 });
    expect(verdict.extensions).toHaveLength(plugins.length);
    for (const [name, [, words]] of Object.entries(gates)) {
      expect(said[name]?.slice(0, 2)).toEqual(["gate", "failed"]);
      expect(said[name]?.[2]).toStartWith("did not finish: ");
      if (name !== "nonsense") expect(said[name]?.[2]).toContain(words);
      expect(err).toContain(`warning: plugin "${name}" was switched off: `);
    }
  }, 30_000);

  test("that is no gate changes nothing, but with --strict-plugins", async () => {
    const plugins = { throws: { body: 'throw new Error("no");' } };
    const { said, exit } = await run(plugins);
    expect({ said, exit }).toEqual({
      said: { throws: ["after:run", "skipped", "did not finish: Error: no"] },
      exit: 0,
    });
    expect((await run(plugins, { strictPlugins: true })).exit).toBe(2);
  });

  test("of one shard fails the merged run, and says the same only once", async () => {
    const cwd = project({ "says-no": { gate: true, body: fail('"never"') } });
    for (const shard of ["1/2", "2/2"])
      await runKatas(request(cwd, { shard, log: `${shard[0]}.ndjson` }), screen());
    const shown = screen();
    const logs = ["2.ndjson", "1.ndjson"];
    const reporters = [{ name: "json" }];
    const { exit, verdict } = await mergeLogs({ logs, cwd, reporters }, shown);
    expect({ exit, error: verdict.error }).toEqual({ exit: 1, error: "says-no failed: never" });
    expect(verdict.extensions).toHaveLength(1);
  });

  test("is not overwritten by a report of the same run", async () => {
    const cwd = project({ open: { gate: true, body: "return null;" } });
    const handler = join(cwd, "plugins/open/handler.ts");
    const before = readFileSync(handler, "utf8");
    const evil = `export const createReporter = () => ({ handle: () => [{ action: "write_file", payload: { path: "plugins/open/handler.ts", text: "" } }] });\n`;
    await Bun.write(join(cwd, "evil.ts"), evil);
    const shown = screen();
    const reporters = [{ name: "./evil.ts", file: "out.txt" }];
    await runKatas(request(cwd, { reporters }), shown);
    expect(shown.err).toContain('reporter "./evil.ts" was switched off: write_file may not');
    expect(readFileSync(handler, "utf8")).toBe(before);
  });
});

describe("kata.toml is refused before anything runs where a plugin", () => {
  const CASES: [what: string, plugin: Plugin, message: RegExp][] = [
    [
      "is not there",
      { entry: 'path = "elsewhere"' },
      /there is no .*elsewhere.plugin\.spec\.json$/,
    ],
    ["is no package", { entry: 'package = "none-such"' }, /no package none-such in .*node_modules/],
    ["has another name", { entry: 'path = "plugins/other"' }, /its spec calls it other$/],
    ["has a wrong spec", { outputs: ["fly"] }, /"outputs" names "fly"/],
    ["waits for the end", { events: "RunFinished" }, /it handles RunFinished, which comes after/],
    ["is a gate of files", { events: "FileDetected", gate: true }, /handles no event of a run$/],
  ];
  test.each(CASES)("%s", async (_, plugin, message) => {
    const cwd = project({ mine: plugin, other: {} });
    const error = await refusal(cwd);
    expect(error.message).toMatch(message);
    expect(existsSync(join(cwd, "run.ndjson"))).toBe(false);
  });
});

test("a plugin from a package is found in node_modules, one of files is in no run", async () => {
  const spec = {
    name: "house",
    version: "1.0.0",
    handles_event: "KatasFinished",
    outputs: OUTPUTS,
  };
  const cwd = folder({
    "sample.ts": GOOD,
    "kata.toml": '[plugins.house]\npackage = "@me/house"\n[plugins.files]\npath = "files"\n',
    "files/plugin.spec.json": JSON.stringify({
      ...spec,
      name: "files",
      handles_event: "FileDetected",
    }),
    "node_modules/@me/house/plugin.spec.json": JSON.stringify(spec),
    "node_modules/@me/house/handler.ts":
      'import { words } from "./words.ts";\nexport const handle = () => [{ action: "propose_failure", payload: { message: words } }];\n',
    "node_modules/@me/house/words.ts": 'export const words = "of the house";\n',
  });
  const { verdict, exit } = await runKatas(request(cwd), screen());
  expect(exit).toBe(0);
  expect(verdict.extensions?.map(({ id, message }) => [id, message])).toEqual([
    ["house", "of the house"],
  ]);
});
