/** Whether what a plugin returned is a list of actions that the host knows. */
import type { Action } from "./reporter.ts";

/**
 * The proposals, copied, so that a plugin cannot change them afterwards; or
 * what is wrong with them, in words. Null and undefined are no proposals.
 */
export function readActions(value: unknown): Action[] | string {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return `expected a list of actions, got ${nameOf(value)}`;
  const actions: Action[] = [];
  for (const item of value) {
    const action = readAction(item);
    if (typeof action === "string") return action;
    actions.push(action);
  }
  return actions;
}

type Kind = "a string" | "a number" | "true or false" | readonly string[];

/** The fields of each action's payload; `?` marks one that may be left out. */
export const ACTIONS: Readonly<Record<Action["action"], Readonly<Record<string, Kind>>>> = {
  write: { text: "a string" },
  write_file: { path: "a string", text: "a string", "append?": "true or false" },
  annotate: {
    level: ["error", "warning", "notice"],
    file: "a string",
    line: "a number",
    title: "a string",
    message: "a string",
  },
  status: { text: "a string" },
  propose_failure: { message: "a string" },
  propose_move: { from: "a string", to: "a string", rationale: "a string" },
  propose_quarantine: { path: "a string", reason_code: "a string", note: "a string" },
  propose_dedupe: { path: "a string", same_as: "a string", rationale: "a string" },
};

function readAction(item: unknown): Action | string {
  const given = fieldsOf(item);
  if (given === undefined) return `expected an action, got ${nameOf(item)}`;
  const { action } = given;
  const payload = fieldsOf(given["payload"]);
  if (typeof action !== "string") return `expected "action" to be a name, got ${nameOf(action)}`;
  if (payload === undefined) {
    return `expected the payload of "${action}" to be an object, got ${nameOf(given["payload"])}`;
  }
  if (!isAction(action)) return `unknown action "${action}", expected ${words(NAMES)}`;
  const read: Record<string, unknown> = {};
  for (const [key, kind] of Object.entries(ACTIONS[action])) {
    const name = key.replace("?", "");
    const value = payload[name];
    if (value === undefined && key !== name) continue;
    if (!fits(kind, value)) {
      const expected = typeof kind === "string" ? kind : words(kind);
      return `expected "${name}" of "${action}" to be ${expected}, got ${nameOf(value)}`;
    }
    read[name] = value;
  }
  // The table holds the types' own fields, which a test sees to.
  return { action, payload: read } as unknown as Action;
}

const NAMES = Object.keys(ACTIONS);

function isAction(name: string): name is Action["action"] {
  return Object.hasOwn(ACTIONS, name);
}

function fits(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case "a string":
      return typeof value === "string";
    case "a number":
      return typeof value === "number";
    case "true or false":
      return typeof value === "boolean";
    default:
      return typeof value === "string" && kind.includes(value);
  }
}

function words(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  // Any object can be asked for any field.
  return value as Record<string, unknown>;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Promise) return "a promise";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
