/** Whether a plugin is in order: its files agree, its code is allowed, and it answers. */
import { readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { KataError } from "../errors.ts";
import type { Walls } from "../sandbox/layers.ts";
import { type Contract, payloadProblems } from "./contract.ts";
import { findForbidden } from "./forbidden.ts";
import { guestOf, PATIENCE, type Patience } from "./guest.ts";
import { importsBelow, locatePlugin } from "./locate.ts";
import { splitHandler } from "./region.ts";
import {
  GENERATED,
  HANDLER_FILE,
  LEDGER_FIELDS,
  manifestOf,
  sampleEvent,
  snapshotOf,
  SPEC_FILE,
} from "./scaffold.ts";
import { type PluginSpec, readSpec } from "./spec.ts";

const CONTEXT = { columns: 80, terminal: false, color: false, options: {} };

/**
 * Every error of the plugin in a folder; none when it is in order. Its handler
 * is called only where nothing else is wrong.
 *
 * @param walls builds the walls for the call, or says that it goes without
 */
export async function checkPlugin(
  dir: string,
  contract: Contract,
  walls: () => Promise<Walls | undefined>,
  patience: Patience = PATIENCE,
): Promise<string[]> {
  const texts = new Map<string, string>();
  const errors: string[] = [];
  for (const name of [SPEC_FILE, ...GENERATED]) {
    try {
      texts.set(name, readFileSync(join(dir, name), "utf8"));
    } catch {
      errors.push(`${name} is missing`);
    }
  }
  const json = (name: string): unknown => {
    try {
      return JSON.parse(texts.get(name) ?? "null") as unknown;
    } catch (error) {
      errors.push(`${name} is no JSON: ${(error as Error).message}`);
      return null;
    }
  };
  let spec: PluginSpec | undefined;
  if (texts.has(SPEC_FILE)) {
    const read = readSpec(json(SPEC_FILE), contract);
    ({ spec } = read);
    errors.push(...read.problems.map((problem) => `${SPEC_FILE}: ${problem}`));
    errors.push(...disagreements(spec, contract, texts, json));
  }
  const handler = texts.get(HANDLER_FILE);
  if (handler !== undefined) errors.push(...codeErrors(dir, handler));
  if (errors.length > 0 || spec === undefined) return errors;
  return await answers(dir, spec, contract, await walls(), patience);
}

function disagreements(
  spec: PluginSpec,
  contract: Contract,
  texts: ReadonlyMap<string, string>,
  json: (name: string) => unknown,
): string[] {
  const expected: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "manifest.json": manifestOf(spec, contract, ""),
    "policy_snapshot.json": snapshotOf(spec, contract),
    "ledger_contract.json": { required: LEDGER_FIELDS },
  };
  return Object.entries(expected).flatMap(([file, fields]) => {
    if (!texts.has(file)) return [];
    const found = Object(json(file)) as Readonly<Record<string, unknown>>;
    return Object.entries(fields).flatMap(([field, value]) => {
      const ok =
        field === "generated_at"
          ? !Number.isNaN(Date.parse(String(found[field])))
          : Bun.deepEquals(found[field], value);
      return ok ? [] : [`${file}: "${field}" is not what ${SPEC_FILE} and the contract say`];
    });
  });
}

function codeErrors(dir: string, handler: string): string[] {
  const parts = splitHandler(handler);
  const errors = typeof parts === "string" ? [`${HANDLER_FILE}: ${parts}`] : [];
  for (const file of importsBelow(realpathSync(join(dir, HANDLER_FILE)))) {
    for (const { line, message } of findForbidden(readFileSync(file, "utf8")))
      errors.push(`${basename(file)}:${line}: ${message}`);
  }
  return errors;
}

async function answers(
  dir: string,
  { handles_event, outputs }: PluginSpec,
  contract: Contract,
  walls: Walls | undefined,
  patience: Patience,
): Promise<string[]> {
  const errors: string[] = [];
  const asked = [...handles_event];
  const start = guestOf(locatePlugin(`./${HANDLER_FILE}`, dir), "handler", walls, patience);
  const guest = start(CONTEXT, {
    answered: (value) => {
      const event = asked.shift() ?? "";
      errors.push(...answerErrors(value, outputs, contract).map((error) => `${event}: ${error}`));
    },
    failed: (message) => errors.push(`${asked[0] ?? HANDLER_FILE}: ${message}`),
    printed: (text) =>
      errors.push(`it prints, which no plugin may: ${JSON.stringify(text.trimEnd())}`),
  });
  for (const event of handles_event) guest.send(JSON.stringify(sampleEvent(event, contract)));
  await guest.end();
  return errors;
}

/** What is wrong with a handler's answer, all of it. */
export function answerErrors(
  value: unknown,
  outputs: readonly string[],
  contract: Contract,
): string[] {
  if (value === null) return [];
  if (!Array.isArray(value)) return [`handle() returned ${typeof value}, expected a list or null`];
  return (value as unknown[]).flatMap((item) => {
    const { action, payload } = Object(item) as { action?: unknown; payload?: unknown };
    if (typeof action !== "string") return ["handle() proposed something without an action"];
    const fields = contract.actions.get(action);
    if (fields === undefined) return [`${action} is no action of the contract`];
    if (!outputs.includes(action)) return [`${action} is not among the outputs of ${SPEC_FILE}`];
    if (typeof payload !== "object" || payload === null || Array.isArray(payload))
      return [`the payload of ${action} has to be an object`];
    return payloadProblems(fields, payload as Readonly<Record<string, unknown>>).map(
      (problem) => `${action}: ${problem}`,
    );
  });
}

/** Reads a plugin's spec from its file. Throws a KataError that lists what is wrong with it. */
export function loadSpec(path: string, contract: Contract): PluginSpec {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new KataError("spec-unreadable", `Cannot read ${path}: ${(cause as Error).message}`);
  }
  const { spec, problems } = readSpec(value, contract);
  if (problems.length === 0) return spec;
  throw new KataError("spec-wrong", `Cannot use ${path}:\n  ${problems.join("\n  ")}`, {
    hint: "kata help plugins shows a spec that is right",
  });
}
