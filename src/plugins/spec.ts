/** What a plugin says of itself: `plugin.spec.json`, written by a person. */
import type { Contract } from "./contract.ts";
import { readRules, type Rule } from "./rules.ts";

export interface PluginSpec {
  /** Kebab-case. */
  name: string;
  /** SemVer, X.Y.Z. */
  version: string;
  /** Names of events of the contract. */
  handles_event: string[];
  /** The fields of these events that it looks at. */
  inputs: string[];
  /** Names of actions of the contract. */
  outputs: string[];
  /** Free, but for `rules`. */
  policy: Readonly<Record<string, unknown>>;
  /** What `policy.rules` say. */
  rules: Rule[];
}

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const SEMVER = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;
/** What each event has beside its payload. */
const STAMP = ["v", "seq", "ulid", "ts", "event"];

/** Reads a spec; what is wrong with it, all of it, is in `problems`. */
export function readSpec(
  value: unknown,
  contract: Contract,
): { spec: PluginSpec; problems: string[] } {
  const problems: string[] = [];
  const given = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    problems.push("the spec has to be an object");
  const text = (field: string, form: RegExp, expected: string): string => {
    const found = given[field];
    if (typeof found === "string" && form.test(found)) return found;
    problems.push(`"${field}" is ${shown(found)}, expected ${expected}`);
    return "";
  };
  const names = (field: string, known: Iterable<string>, what: string): string[] => {
    const found = given[field] ?? [];
    if (!Array.isArray(found) || found.some((name) => typeof name !== "string")) {
      problems.push(`"${field}" is ${shown(found)}, expected a list of names`);
      return [];
    }
    const all = new Set(known);
    for (const name of found as string[])
      if (!all.has(name)) problems.push(`"${field}" names ${shown(name)}, which is no ${what}`);
    return found as string[];
  };
  const events = readEvents(given["handles_event"], contract, problems);
  const fields = events.flatMap((name) => [...(contract.events.get(name)?.keys() ?? [])]);
  const policy = given["policy"] ?? {};
  if (typeof policy !== "object" || Array.isArray(policy))
    problems.push(`"policy" is ${shown(policy)}, expected an object`);
  const { rules, problems: wrong } = readRules(
    (policy as { rules?: unknown }).rules ?? [],
    contract,
  );
  problems.push(...wrong);
  return {
    spec: {
      name: text("name", KEBAB, "kebab-case, such as path-classifier"),
      version: text("version", SEMVER, "X.Y.Z without leading zeros"),
      handles_event: events,
      inputs: names("inputs", [...STAMP, ...fields], "field of the events that it handles"),
      outputs: names("outputs", contract.actions.keys(), "action of the contract"),
      policy: policy as PluginSpec["policy"],
      rules,
    },
    problems,
  };
}

/** One event or a list of them. */
function readEvents(value: unknown, contract: Contract, problems: string[]): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) problems.push('"handles_event" is empty, expected an event or a list');
  return list.filter((name): name is string => {
    const known = typeof name === "string" && contract.events.has(name);
    if (!known)
      problems.push(`"handles_event" names ${shown(name)}, which is no event of the contract`);
    return known;
  });
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
