/**
 * Declarative rules: what a plugin proposes, without code. They are tried in
 * order, and the first that matches decides.
 *
 *   { "if_path_match": "^src/.*", "propose_move": { "to": "${path}", "why": "already-src" } }
 *   { "else": { "propose_quarantine": { "reason_code": "unknown_type" } } }
 */
import type { Contract } from "./contract.ts";

export interface Rule {
  /** A regular expression for the path; absent: any path. */
  path?: string;
  /** The exact type; absent: any. */
  mime?: string;
  action: string;
  /** The payload's fields; `${path}` and `${filename}` are filled in. */
  payload: Readonly<Record<string, string>>;
}

/** A proposal that rules make. */
export interface Proposal {
  action: string;
  payload: Record<string, string>;
}

type Table = Readonly<Record<string, unknown>>;

const CONDITIONS = ["if_path_match", "if_mime", "else"];
/** What rules say in fewer letters. */
const SHORT: Readonly<Record<string, string>> = { why: "rationale" };

/** Reads `policy.rules`; what is wrong with them, all of it, is in `problems`. */
export function readRules(
  value: unknown,
  contract: Contract,
): { rules: Rule[]; problems: string[] } {
  const problems: string[] = [];
  if (!Array.isArray(value)) return { rules: [], problems: ['"policy.rules" has to be a list'] };
  const list = value as unknown[];
  const rules = list.flatMap((item, at) => {
    const read = readRule(item, contract, at === list.length - 1);
    if (typeof read !== "string") return [read];
    problems.push(`rule ${at + 1}: ${read}`);
    return [];
  });
  return { rules, problems };
}

/** What the first rule that matches an event proposes; nothing where none does. */
export function applyRules(rules: readonly Rule[], event: object): Proposal[] {
  const fields: { path?: unknown; mime?: unknown } = event;
  const file = { path: String(fields.path ?? ""), mime: String(fields.mime ?? "") };
  const rule = rules.find(
    ({ path, mime }) =>
      (path === undefined || new RegExp(path).test(file.path)) &&
      (mime === undefined || mime === file.mime),
  );
  if (rule === undefined) return [];
  const filename = file.path.slice(file.path.lastIndexOf("/") + 1);
  const fill = (text: string): string =>
    text.replaceAll(/\$\{(path|filename)\}/g, (_, name) =>
      name === "path" ? file.path : filename,
    );
  const payload = Object.entries(rule.payload).map(([name, text]) => [name, fill(text)]);
  return [{ action: rule.action, payload: Object.fromEntries(payload) as Record<string, string> }];
}

function readRule(item: unknown, contract: Contract, last: boolean): Rule | string {
  const rule = tableOf(item);
  if (rule === undefined) return "it has to be an object";
  const { if_path_match: path, if_mime: mime } = rule;
  const otherwise = Object.hasOwn(rule, "else");
  if (path === undefined && mime === undefined && !otherwise)
    return `it has no condition, expected ${CONDITIONS.join(", ")}`;
  if (otherwise && !last) return "else matches everything, and rules follow it";
  if (path !== undefined && (typeof path !== "string" || !isPattern(path)))
    return `if_path_match is ${JSON.stringify(path)}, expected a regular expression`;
  if (mime !== undefined && typeof mime !== "string")
    return `if_mime is ${JSON.stringify(mime)}, expected a type such as text/x-python`;
  const proposed = proposalOf(rule);
  if (typeof proposed === "string") return proposed;
  const fields = contract.actions.get(proposed.action);
  if (fields === undefined) return `${proposed.action} is no action of the contract`;
  const payload: Record<string, string> = {};
  for (const [key, text] of Object.entries(proposed.fields)) {
    const name = SHORT[key] ?? key;
    if (typeof text !== "string") return `${key} is ${JSON.stringify(text)}, expected a text`;
    if (!fields.has(name)) return `${proposed.action} has no field ${name}`;
    payload[name] = text;
  }
  for (const [name, { type, optional }] of fields) {
    if (type !== "string" && (!optional || payload[name] !== undefined))
      return `${proposed.action} takes a ${type} as ${name}, and rules have texts alone: write a handler`;
    // What a rule need not say: which file, and why.
    if (!optional) payload[name] ??= name === "from" || name === "path" ? "${path}" : "";
  }
  return {
    ...(path === undefined ? {} : { path }),
    ...(mime === undefined ? {} : { mime }),
    action: proposed.action,
    payload,
  };
}

/** The one action of a rule: beside its condition, or in `else`. */
function proposalOf(rule: Table): { action: string; fields: Table } | string {
  const inner = tableOf(rule["else"]) ?? rule;
  const named = Object.entries(inner).filter(([key]) => !CONDITIONS.includes(key));
  const [only, second] = named;
  const payload = tableOf(only?.[1]);
  if (only === undefined || second !== undefined || payload === undefined)
    return 'expected one action with its fields, as in "propose_move": { "to": "${path}" }';
  return { action: only[0], fields: payload };
}

function tableOf(value: unknown): Table | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Table;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
