/** Writes the files of a plugin from its spec, all of them or none. */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KataError } from "../errors.ts";
import { type Contract, CONTRACT_TEXT } from "./contract.ts";
import { editedLines, sealHandler, splitHandler } from "./region.ts";
import type { Rule } from "./rules.ts";
import type { PluginSpec } from "./spec.ts";

export const SPEC_FILE = "plugin.spec.json";
export const HANDLER_FILE = "handler.ts";
const TEST_FILE = "handler.test.ts";
/** What a plugin has beside its spec; its test may go. */
export const GENERATED: readonly string[] = [
  "manifest.json",
  "policy_snapshot.json",
  "ledger_contract.json",
  HANDLER_FILE,
  "README_PLUGIN.md",
  "healthcheck.md",
];
/** The fields of a line of the ledger. */
export const LEDGER_FIELDS: readonly string[] = [
  "ulid",
  "ts",
  "event",
  "policy_version",
  "inputs",
  "actions",
  "status",
];

export interface ScaffoldOptions {
  /** Replaces what was edited outside of the handler's region. */
  force: boolean;
  /** ISO 8601. */
  now: string;
}

/**
 * Writes the plugin's files into its folder; returns their names. A handler
 * that is there keeps its region, a test that is there stays as it is.
 *
 * @throws KataError, with nothing written, when a handler was edited outside of its region
 */
export function scaffold(
  dir: string,
  spec: PluginSpec,
  contract: Contract,
  { force, now }: ScaffoldOptions,
): string[] {
  const files = new Map<string, string>([
    ["manifest.json", json(manifestOf(spec, contract, now))],
    ["policy_snapshot.json", json(snapshotOf(spec, contract))],
    ["ledger_contract.json", json({ required: LEDGER_FIELDS })],
    [HANDLER_FILE, handlerText(join(dir, HANDLER_FILE), newHandler(spec, contract), force)],
    ["README_PLUGIN.md", readme(spec)],
    ["healthcheck.md", healthcheck(spec)],
  ]);
  if (!existsSync(join(dir, TEST_FILE))) files.set(TEST_FILE, testText(spec, contract));
  writeAll(dir, files);
  return [...files.keys()];
}

/** What `manifest.json` says. */
export function manifestOf(
  { name, version, handles_event }: PluginSpec,
  contract: Contract,
  now: string,
): Readonly<Record<string, unknown>> {
  return { name, version, handles_event, generated_at: now, contract_version: contract.version };
}

/** What `policy_snapshot.json` says. */
export function snapshotOf(
  { policy }: PluginSpec,
  contract: Contract,
): Readonly<Record<string, unknown>> {
  return {
    policy,
    contract_allowed_actions: [...contract.actions.keys()],
    contract_allowed_events: [...contract.events.keys()],
  };
}

function handlerText(path: string, text: string, force: boolean): string {
  const fresh = splitHandler(text);
  if (typeof fresh === "string") throw new Error(fresh);
  if (!existsSync(path)) return sealHandler(fresh);
  const old = splitHandler(readFileSync(path, "utf8"));
  const wrong = typeof old === "string" ? old : edited(editedLines(old));
  if (wrong !== undefined && !force) {
    throw new KataError("handler-edited", `Cannot write ${path}: ${wrong}`, {
      hint: "move your code between the markers, or overwrite the rest with --force",
    });
  }
  return sealHandler(typeof old === "string" ? fresh : { ...fresh, region: old.region });
}

function edited(lines: string | undefined): string | undefined {
  if (lines === undefined) return undefined;
  const which = lines.includes("-") ? `lines ${lines} were` : `line ${lines} was`;
  return `${which} edited outside of the auto section`;
}

function newHandler({ name, handles_event, rules }: PluginSpec, contract: Contract): string {
  return `/** ${name}: handles ${handles_event.join(", ")}. */
${contract.text === CONTRACT_TEXT ? ownTypes(handles_event) : ANY_TYPES}
/** What the rules of ${SPEC_FILE} propose. */
function byRules(event: Handled): Action[] {
${rulesText(rules)}
}

/** Called once for each event; proposes what kata is to do, and does nothing itself. */
export function handle(event: Handled): Action[] | null {
  // BEGIN AUTO SECTION
  return byRules(event);
  // END AUTO SECTION
}
`;
}

/** Of kata's own contract editors know every field. */
function ownTypes(events: readonly string[]): string {
  const names = events.map((name) => JSON.stringify(name)).join(" | ");
  return `import type { Action, KataEvent } from "kata/plugin";

/** What it is handed. */
export type Handled = Extract<KataEvent, { event: ${names} }>;
`;
}

const ANY_TYPES = `
export interface Action {
  action: string;
  payload: Record<string, unknown>;
}

/** What it is handed. */
export type Handled = { event: string } & Readonly<Record<string, unknown>>;
`;

function rulesText(rules: readonly Rule[]): string {
  if (rules.length === 0) return "  void event;\n  return [];";
  const lines = [
    '  const { path = "", mime = "" }: { path?: string; mime?: string } = Object(event);',
    '  const filename = path.slice(path.lastIndexOf("/") + 1);',
    "  void mime;",
    "  void filename;",
  ];
  for (const { path, mime, action, payload } of rules) {
    const conditions = [
      ...(path === undefined ? [] : [`new RegExp(${JSON.stringify(path)}).test(path)`]),
      ...(mime === undefined ? [] : [`mime === ${JSON.stringify(mime)}`]),
    ];
    const fields = Object.entries(payload).map(([name, text]) => `${name}: ${template(text)}`);
    const proposal = `return [{ action: ${JSON.stringify(action)}, payload: { ${fields.join(", ")} } }];`;
    lines.push(
      conditions.length === 0
        ? `  ${proposal}`
        : `  if (${conditions.join(" && ")}) {\n    ${proposal}\n  }`,
    );
  }
  const last = rules.at(-1);
  if (last?.path !== undefined || last?.mime !== undefined) lines.push("  return [];");
  return lines.join("\n");
}

/** A text with `${path}` and `${filename}`, as an expression. */
function template(text: string): string {
  const parts = text.split(/(\$\{(?:path|filename)\})/);
  const code = parts.map((part, at) => (at % 2 === 1 ? part.slice(2, -1) : JSON.stringify(part)));
  const needed = code.filter((part) => part !== '""');
  return needed.length === 0 ? '""' : needed.join(" + ");
}

function readme({ name, version, handles_event, inputs, outputs }: PluginSpec): string {
  const list = (items: readonly string[]): string =>
    items.length === 0 ? "- none" : items.map((item) => `- \`${item}\``).join("\n");
  return `# ${name}

Version ${version}. Handles ${handles_event.map((event) => `\`${event}\``).join(", ")}.

## Develop

Edit \`${HANDLER_FILE}\` between the two markers of the auto section, and nothing else of it. After a change of \`${SPEC_FILE}\` write the other files again, then check the plugin:

\`\`\`sh
kata plugin new --spec ${SPEC_FILE}
kata plugin check .
\`\`\`

A plugin proposes and kata acts: starting programs, the network and evaluating texts are refused, and it runs confined.

## Inputs

${list(inputs)}

## Outputs

${list(outputs)}

## CI

\`\`\`yaml
- name: check ${name}
  run: kata plugin check .
\`\`\`
`;
}

function healthcheck({ name }: PluginSpec): string {
  return `# Is ${name} well?

A dry run, in this folder: the files are compared, the code is read, and the handler is called once for each event that it handles, confined. Nothing is changed.

\`\`\`sh
kata plugin check .
\`\`\`

It exits 0 when all is well; else it lists every error and exits 1.
`;
}

function testText(spec: PluginSpec, contract: Contract): string {
  const samples = spec.handles_event.map((name) => sampleEvent(name, contract));
  return `import { expect, test } from "bun:test";
import { handle } from "./${HANDLER_FILE}";

const SAMPLES = ${JSON.stringify(samples, null, 2)};

for (const event of SAMPLES) {
  test(\`handle() answers a \${event.event}\`, () => {
    const proposals = handle(event as never) ?? [];
    for (const { action, payload } of proposals) {
      expect(${JSON.stringify(spec.outputs)}).toContain(action);
      expect(payload).toBeObject();
    }
  });
}
`;
}

/** An event as a plugin could meet it. */
export function sampleEvent(
  name: string,
  contract: Contract,
): { event: string } & Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = {
    string: "sample",
    number: 1,
    boolean: false,
    list: [],
    object: {},
  };
  const known: Readonly<Record<string, unknown>> = {
    path: "notes/readme.md",
    mime: "text/markdown",
    mtime: "2026-01-01T00:00:00.000Z",
    sha256: new Bun.CryptoHasher("sha256").update("").digest("hex"),
  };
  const fields = [...(contract.events.get(name) ?? [])].map(([field, { type, nullable }]) => [
    field,
    known[field] ?? (nullable ? null : (values[type] ?? "sample")),
  ]);
  const stamp = { v: 1, seq: 1, ulid: "0".repeat(26), ts: "2026-01-01T00:00:00.000Z" };
  return { ...stamp, event: name, ...Object.fromEntries(fields) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Each file beside its place first: what is in the way is met before anything is replaced. */
function writeAll(dir: string, files: ReadonlyMap<string, string>): void {
  const partial = (name: string): string => join(dir, `${name}.${process.pid}.partial`);
  try {
    for (const [name, text] of files) {
      if (statSync(join(dir, name), { throwIfNoEntry: false })?.isDirectory() === true)
        throw new Error(`${name} is a folder`);
      writeFileSync(partial(name), text, { flag: "wx" });
    }
    for (const name of files.keys()) renameSync(partial(name), join(dir, name));
  } catch (cause) {
    for (const name of files.keys()) rmSync(partial(name), { force: true });
    throw new KataError(
      "plugin-write",
      `Cannot write the plugin's files to ${dir}: ${(cause as Error).message}`,
      {
        hint: "nothing was written",
        cause,
      },
    );
  }
}
