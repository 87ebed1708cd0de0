/** A plugin's way: spec, generated files, check, and what its handler proposes. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPORTERS } from "../../src/session/reporters.ts";
import { KataError } from "../../src/errors.ts";
import { readActions } from "../../src/plugins/actions.ts";
import { checkPlugin, loadSpec } from "../../src/plugins/check.ts";
import { type Contract, CONTRACT_TEXT, parseContract } from "../../src/plugins/contract.ts";
import { findForbidden } from "../../src/plugins/forbidden.ts";
import { PATIENCE } from "../../src/plugins/guest.ts";
import { importsBelow } from "../../src/plugins/locate.ts";
import { applyRules, readRules } from "../../src/plugins/rules.ts";
import { GENERATED, sampleEvent, scaffold, SPEC_FILE } from "../../src/plugins/scaffold.ts";
import { readSpec } from "../../src/plugins/spec.ts";
import { requireWalls } from "../../src/sandbox/layers.ts";
import { folder, removeFolders } from "../e2e/kata.ts";
import { runs } from "../golden/runs.ts";

afterAll(removeFolders);

const CONTRACT = parseContract(CONTRACT_TEXT);
const ROOT = join(import.meta.dir, "../..");
const SHARED = join(ROOT, "reporters/shared");

/** The example of the contract's own documentation. */
const CLASSIFIER = {
  name: "path-classifier",
  version: "0.1.0",
  handles_event: "FileDetected",
  inputs: ["path", "size", "sha256", "mtime", "mime", "shebang"],
  outputs: ["propose_move", "propose_quarantine", "propose_dedupe"],
  policy: {
    rules: [
      { if_path_match: "^src/.*", propose_move: { to: "${path}", why: "already-src" } },
      { if_mime: "text/x-python", propose_move: { to: "src/${filename}", why: "py-to-src" } },
      { else: { propose_quarantine: { reason_code: "unknown_type" } } },
    ],
  },
};

function plugin(spec: object = CLASSIFIER, contract: Contract = CONTRACT): string {
  const dir = folder({ [SPEC_FILE]: JSON.stringify(spec) });
  generate(dir, contract);
  return dir;
}

function generate(dir: string, contract: Contract = CONTRACT, force = false): string[] {
  const spec = loadSpec(join(dir, SPEC_FILE), contract);
  return scaffold(dir, spec, contract, { force, now: "2026-01-02T03:04:05.000Z" });
}

async function check(dir: string, contract: Contract = CONTRACT): Promise<string[]> {
  return await checkPlugin(dir, contract, requireWalls, { ...PATIENCE, answer: 500 });
}

function read(dir: string, name: string): string {
  return readFileSync(join(dir, name), "utf8");
}

function edit(dir: string, name: string, from: string, to: string): void {
  const text = read(dir, name);
  expect(text).toContain(from);
  writeFileSync(
    join(dir, name),
    text.replace(from, () => to),
  );
}

function failure(act: () => unknown): KataError {
  try {
    act();
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error("It was done");
}

/** The body of a handler that passes every check but, maybe, this one. */
function withBody(body: string, spec: object = CLASSIFIER): string {
  const dir = plugin(spec);
  edit(dir, "handler.ts", "  return byRules(event);", body);
  return dir;
}

const FILES = ["src/a/b.py", "lib/tool.py", "notes.txt"].map((path) => ({
  ...sampleEvent("FileDetected", CONTRACT),
  path,
  mime: path.endsWith(".py") ? "text/x-python" : "text/plain",
}));
const PROPOSALS = [
  [
    {
      action: "propose_move",
      payload: { from: "src/a/b.py", to: "src/a/b.py", rationale: "already-src" },
    },
  ],
  [
    {
      action: "propose_move",
      payload: { from: "lib/tool.py", to: "src/tool.py", rationale: "py-to-src" },
    },
  ],
  [
    {
      action: "propose_quarantine",
      payload: { path: "notes.txt", reason_code: "unknown_type", note: "" },
    },
  ],
];

describe("scaffold()", () => {
  test("writes every file, and what passes the check", async () => {
    const dir = plugin();
    expect(readdirSync(dir).toSorted()).toEqual(
      [SPEC_FILE, "handler.test.ts", ...GENERATED].toSorted(),
    );
    expect(JSON.parse(read(dir, "manifest.json"))).toEqual({
      name: "path-classifier",
      version: "0.1.0",
      handles_event: ["FileDetected"],
      generated_at: "2026-01-02T03:04:05.000Z",
      contract_version: CONTRACT.version,
    });
    expect(JSON.parse(read(dir, "ledger_contract.json"))).toEqual({
      required: ["ulid", "ts", "event", "policy_version", "inputs", "actions", "status"],
    });
    expect(await check(dir)).toEqual([]);
    rmSync(join(dir, "handler.test.ts"));
    expect(await check(dir)).toEqual([]);
  });

  test("makes a handler that proposes what the rules say", async () => {
    const module = (await import(join(plugin(), "handler.ts"))) as {
      handle(event: object): unknown;
    };
    const { spec } = readSpec(CLASSIFIER, CONTRACT);
    for (const [at, file] of FILES.entries()) {
      const expected: unknown = PROPOSALS[at];
      expect<unknown>(module.handle(file)).toEqual(expected);
      expect<unknown>(applyRules(spec.rules, file)).toEqual(expected);
    }
    const partial = plugin({
      ...CLASSIFIER,
      policy: { rules: CLASSIFIER.policy.rules.slice(0, 1) },
    });
    const other = (await import(join(partial, "handler.ts"))) as typeof module;
    expect(FILES.map((file) => other.handle(file))).toEqual([PROPOSALS[0], [], []]);
    expect(
      applyRules(
        readSpec(CLASSIFIER, CONTRACT).spec.rules.slice(0, 1),
        FILES[2] ?? { path: "", mime: "" },
      ),
    ).toEqual([]);
    const none = (await import(
      join(plugin({ ...CLASSIFIER, policy: {} }), "handler.ts")
    )) as typeof module;
    expect(none.handle(FILES[0] ?? {})).toEqual([]);
  });

  test("makes tests that pass", () => {
    const dir = plugin();
    const { exitCode } = Bun.spawnSync([process.execPath, "test", join(dir, "handler.test.ts")], {
      cwd: dir,
    });
    expect(exitCode).toBe(0);
  });

  test("keeps the auto section, replaces the rest, and leaves a test alone", () => {
    const dir = withBody("  return []; // mine");
    writeFileSync(join(dir, "handler.test.ts"), "// mine");
    writeFileSync(
      join(dir, SPEC_FILE),
      JSON.stringify({ ...CLASSIFIER, version: "0.2.0", policy: {} }),
    );
    expect(generate(dir)).toEqual([...GENERATED]);
    expect(read(dir, "handler.ts")).toContain("  return []; // mine\n");
    expect(read(dir, "handler.ts")).not.toContain("already-src");
    expect(read(dir, "handler.test.ts")).toBe("// mine");
    expect(read(dir, "manifest.json")).toContain("0.2.0");
  });

  test("refuses what was edited outside of it, names the lines, and writes nothing", () => {
    const dir = plugin();
    const number = read(dir, "handler.ts").split("\n").indexOf("/** What it is handed. */") + 1;
    edit(dir, "handler.ts", "/** What it is handed. */", "/** Mine. */");
    const manifest = read(dir, "manifest.json");
    writeFileSync(join(dir, SPEC_FILE), JSON.stringify({ ...CLASSIFIER, version: "9.0.0" }));
    expect(failure(() => generate(dir)).message).toEndWith(
      `line ${number} was edited outside of the auto section`,
    );
    expect(read(dir, "manifest.json")).toBe(manifest);
    edit(dir, "handler.ts", "  void mime;\n  void filename;\n", "  void mime;\n");
    expect(failure(() => generate(dir)).message).toMatch(/lines \d+-\d+ were edited/);
    generate(dir, CONTRACT, true);
    expect(read(dir, "handler.ts")).toContain("/** What it is handed. */");
    edit(dir, "handler.ts", "// sealed:", "// mine\n// sealed:");
    expect(failure(() => generate(dir)).message).toMatch(/line \d+ was edited/);
    edit(dir, "handler.ts", "// BEGIN AUTO SECTION", "");
    expect(failure(() => generate(dir)).message).toContain('"// BEGIN AUTO SECTION" is missing');
    generate(dir, CONTRACT, true);
    expect(generate(dir)).toEqual([...GENERATED]);
    writeFileSync(join(dir, "handler.ts"), "");
    expect(failure(() => generate(dir)).message).toContain("is missing");
  });

  test("writes all files or none", () => {
    const dir = folder({ [SPEC_FILE]: JSON.stringify(CLASSIFIER) });
    mkdirSync(join(dir, "healthcheck.md"));
    expect(failure(() => generate(dir)).message).toContain("healthcheck.md is a folder");
    expect(readdirSync(dir).toSorted()).toEqual(["healthcheck.md", SPEC_FILE]);
  });
});

describe("readSpec()", () => {
  test("takes the example as it is", () => {
    expect(readSpec(CLASSIFIER, CONTRACT).problems).toEqual([]);
  });

  test("finds everything that is wrong", () => {
    const of = (change: object): string =>
      readSpec({ ...CLASSIFIER, ...change }, CONTRACT).problems.join("; ");
    for (const name of ["Path", "a--b", "-a", "a_b", "", 3, undefined])
      expect(of({ name })).toContain('"name" is');
    for (const version of ["1.0", "01.0.0", "1.0.0-a", "v1.0.0", 1])
      expect(of({ version })).toContain('"version" is');
    expect(of({ handles_event: "Nothing" })).toContain('"handles_event" names "Nothing"');
    expect(of({ handles_event: [] })).toContain('"handles_event" is empty');
    expect(of({ handles_event: undefined })).toContain("names missing");
    expect(of({ inputs: ["colour"] })).toContain('"inputs" names "colour"');
    expect(of({ outputs: ["delete"] })).toContain('"outputs" names "delete"');
    expect(of({ outputs: "delete" })).toContain("expected a list of names");
    expect(of({ policy: [] })).toContain('"policy" is []');
    expect(readSpec(null, CONTRACT).problems[0]).toBe("the spec has to be an object");
    expect(readSpec([], CONTRACT).problems[0]).toBe("the spec has to be an object");
    const dir = folder({ "a.json": "{", "b.json": "{}" });
    expect(failure(() => loadSpec(join(dir, "a.json"), CONTRACT)).code).toBe("spec-unreadable");
    expect(failure(() => loadSpec(join(dir, "b.json"), CONTRACT)).message.split("\n").length).toBe(
      4,
    );
  });
});

describe("readRules()", () => {
  test("says which rule is wrong, and why", () => {
    const move = { propose_move: { to: "x" } };
    const wrong: [unknown, string][] = [
      [3, "has to be an object"],
      [move, "no condition"],
      [{ if_path_match: "(", ...move }, "expected a regular expression"],
      [{ if_mime: 3, ...move }, "expected a type"],
      [{ if_mime: "a" }, "expected one action"],
      [{ if_mime: "a", ...move, propose_dedupe: {} }, "expected one action"],
      [{ if_mime: "a", delete: {} }, "delete is no action"],
      [{ if_mime: "a", propose_move: { to: 3 } }, "expected a text"],
      [{ if_mime: "a", propose_move: { into: "x" } }, "no field into"],
      [{ if_mime: "a", annotate: { file: "x" } }, "annotate takes a number as line"],
      [{ if_mime: "a", write_file: { append: "x" } }, "write_file takes a boolean as append"],
    ];
    for (const [rule, message] of wrong)
      expect(readRules([rule], CONTRACT).problems.join()).toContain(message);
    expect(readRules({}, CONTRACT).problems).toEqual(['"policy.rules" has to be a list']);
    const { problems } = readRules([{ else: move }, { if_mime: "a", ...move }], CONTRACT);
    expect(problems).toEqual(["rule 1: else matches everything, and rules follow it"]);
  });
});

describe("findForbidden()", () => {
  const forbidden = [
    'import { spawn as s } from "child_process"; s("ls");',
    'import * as x from "node:net";',
    'export { get } from "node:http";',
    'export * from "dgram";',
    'const a = await import("node:vm");',
    'const a = await import("bun");',
    "const name = 'vm'; await import(name);",
    'const { exec } = require("child_process");',
    "require(String(1));",
    'import { spawn as s } from "bun";',
    'import bun from "bun";',
    'import * as bun from "bun";',
    "eval('1');",
    "const e = eval;",
    "new Function('return 1')();",
    "const { x = fetch } = {};",
    "fetch('http://a');",
    "globalThis.fetch('x');",
    "globalThis['ev' + 'al']('1');",
    "globalThis['eval']('1');",
    "Bun.spawn(['ls']);",
    "Bun?.spawnSync(['ls']);",
    "const { spawn } = Bun;",
    "const { ...all } = Bun;",
    "const b = Bun;",
    "Bun.$`ls`;",
    "process.binding('fs');",
    "import.meta.require('vm');",
    "[].map.constructor('return 1')();",
    "new (() => {}).constructor('x');",
    "setTimeout('x()', 1);",
    "new WebSocket('ws://a');",
    "const o = { run: fetch };",
    "this is no module",
  ];
  test.each(forbidden)("finds %s", (source) => {
    expect(findForbidden(source).length).toBeGreaterThan(0);
  });

  const allowed = [
    "// import { spawn } from 'child_process'; eval('1'); fetch()",
    "const text = \"require('child_process'); eval('1')\";",
    'import { readFileSync } from "node:fs";',
    'import { YAML } from "bun";',
    'import type { Socket } from "node:net";',
    "const o = { fetch: 1, eval: 2 }; o.fetch; o.eval;",
    "const { fetch: own } = { fetch: 1 }; own;",
    "class A { fetch() {} eval = 1; } new A().fetch();",
    "const o = { fetch() {} };",
    'import { fetch as own } from "./own.ts"; export { own as eval };',
    "const { version } = process; Bun.hash('x'); process.version;",
    "let f: typeof fetch | Function;",
    "setTimeout(() => {}, 1);",
    'const a = await import("./own.ts");',
    "export const b = 1; let c; c = b;",
  ];
  test.each(allowed)("lets pass %s", (source) => {
    expect(findForbidden(source)).toEqual([]);
  });
});

describe("checkPlugin()", () => {
  test("lists every error", async () => {
    const dir = plugin();
    rmSync(join(dir, "healthcheck.md"));
    writeFileSync(join(dir, "ledger_contract.json"), "{");
    edit(dir, "manifest.json", "0.1.0", "0.1.1");
    edit(dir, "policy_snapshot.json", "FileDetected", "Other");
    edit(dir, "handler.ts", "  return byRules(event);", "  eval('1');\n  fetch('x');");
    edit(
      dir,
      "handler.ts",
      "  // END AUTO SECTION\n",
      "  // END AUTO SECTION\n  // END AUTO SECTION\n",
    );
    const errors = await check(dir);
    for (const part of [
      "healthcheck.md is missing",
      "ledger_contract.json is no JSON",
      'manifest.json: "version"',
      'policy_snapshot.json: "contract_allowed_events"',
      '"// END AUTO SECTION" is there 2 times',
      "eval evaluates text as code",
      "fetch uses the network",
    ])
      expect(errors.join("\n")).toContain(part);
    expect(await check(folder())).toHaveLength(GENERATED.length + 1);
    const turned = plugin();
    edit(turned, "handler.ts", "// BEGIN AUTO SECTION", "// X");
    edit(turned, "handler.ts", "// END AUTO SECTION", "// BEGIN AUTO SECTION");
    edit(turned, "handler.ts", "// X", "// END AUTO SECTION");
    expect(await check(turned)).toEqual([
      'handler.ts: "// END AUTO SECTION" stands before "// BEGIN AUTO SECTION"',
    ]);
    edit(turned, SPEC_FILE, "path-classifier", "Path");
    expect((await check(turned)).join("\n")).toContain('plugin.spec.json: "name" is "Path"');
  });

  test("reads the code that the handler imports, too", async () => {
    const dir = plugin();
    writeFileSync(join(dir, "more.ts"), 'export const run = () => fetch("x");\n');
    edit(
      dir,
      "handler.ts",
      "  return byRules(event);",
      '  void import("./more.ts");\n  return [];',
    );
    expect(await check(dir)).toEqual(["more.ts:1: fetch uses the network"]);
  });

  const bad: [string, string][] = [
    ["process.exit(0);", "FileDetected: its process ended with 0"],
    ["throw new Error('no');", "FileDetected: Error: no"],
    ["for (;;);", "did not answer within 500 ms"],
    ["return 3 as never;", "handle() returned number"],
    ["return Promise.resolve([]) as never;", "handle() returned object"],
    ["return [{} as never];", "without an action"],
    ["return [{ action: 'delete', payload: {} }];", "delete is no action of the contract"],
    ["return [{ action: 'write', payload: { text: '' } }];", "write is not among the outputs"],
    ["return [{ action: 'propose_move', payload: [] as never }];", "has to be an object"],
    ["return [{ action: 'propose_move', payload: { from: 1 } }];", '"from" is number'],
    ["console.log('x'); return null;", "it prints, which no plugin may"],
    ["require('node:fs').writeFileSync('/tmp/harm', 'x'); return null;", "EACCES"],
  ];
  test.each(bad)("is not passed by %s", async (body, message) => {
    expect((await check(withBody(`  ${body}`))).join("\n")).toContain(message);
  });

  test("is passed by null, and under another contract", async () => {
    expect(await check(withBody("  return null;"))).toEqual([]);
    const contract = parseContract(
      "---\ncontract_version: 7.1.0\n---\n```yaml\nlifecycle_events:\n  - name: Rang\n    payload: { bell: string }\n```\n```yaml\nallowed_actions_contract:\n  answer: { who: string }\n```\n",
    );
    const spec = { name: "door", version: "1.0.0", handles_event: ["Rang"], outputs: ["answer"] };
    const dir = plugin(spec, contract);
    edit(
      dir,
      "handler.ts",
      "  return byRules(event);",
      "  return [{ action: 'answer', payload: { who: String(event['bell']) } }];",
    );
    expect(await check(dir, contract)).toEqual([]);
  });
});

describe("built-in reporters", () => {
  test.each(Object.entries(REPORTERS))(
    "%s passes what a plugin passes",
    (name, { spec, create }) => {
      expect(readSpec(spec, CONTRACT).problems).toEqual([]);
      expect(spec.name).toBe(name);
      const shared = [...new Bun.Glob("*.ts").scanSync({ cwd: SHARED, absolute: true })];
      for (const file of [...importsBelow(join(ROOT, "reporters", name, "index.ts")), ...shared])
        expect({ file, found: findForbidden(readFileSync(file, "utf8")) }).toEqual({
          file,
          found: [],
        });
      const reporter = create({ columns: 80, terminal: false, color: false, options: {} });
      for (const event of runs["fail"] ?? runs["pass"] ?? [])
        expect(readActions(reporter.handle(event))).toBeArray();
    },
  );
});
