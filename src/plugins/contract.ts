/**
 * The operating contract: a document for people with two blocks for programs,
 * the events that plugins are handed and the actions that they may propose.
 */
import { KataError } from "../errors.ts";
import text from "./contract.md" with { type: "text" };

/** What a payload's field holds, in one of the types of JSON. */
export interface ContractField {
  /** `string`, `number`, `boolean`, `list` or `object`; anything where no type is named. */
  type: string;
  optional: boolean;
  nullable: boolean;
}

export type ContractFields = ReadonlyMap<string, ContractField>;

export interface Contract {
  /** The document itself. */
  text: string;
  version: string;
  /** The events' payloads, by name. */
  events: ReadonlyMap<string, ContractFields>;
  /** The actions' payloads, by name. */
  actions: ReadonlyMap<string, ContractFields>;
}

/** The document that kata carries. */
export const CONTRACT_TEXT: string = text;

type Table = Readonly<Record<string, unknown>>;

/**
 * Reads a contract. A version that is not named is 0.0.0.
 *
 * @throws KataError that says which block is missing, or what is wrong with it
 */
export function parseContract(document: string): Contract {
  const lines = document.replaceAll("\r\n", "\n");
  const front = /^---\n([^]*?)^---$/m.exec(lines.startsWith("---\n") ? lines : "")?.[1] ?? "";
  const blocks = [...lines.matchAll(/^```ya?ml *\n([^]*?)^```/gm)].map(([, block]) => block ?? "");
  const version = readYaml(front, "the front matter")["contract_version"] ?? "0.0.0";
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw wrong(`contract_version is ${JSON.stringify(version)}, expected X.Y.Z`);
  const find = (name: string): unknown => {
    for (const [at, block] of blocks.entries()) {
      const found = readYaml(block, `YAML block ${at + 1}`)[name];
      if (found !== undefined) return found;
    }
    throw wrong(`Cannot find YAML block: ${name}`);
  };
  return {
    text: document,
    version,
    events: readEvents(find("lifecycle_events")),
    actions: readActions(find("allowed_actions_contract")),
  };
}

/** What a payload lacks or has wrong, in words; nothing when it fits. */
export function payloadProblems(fields: ContractFields, payload: Table): string[] {
  const problems: string[] = [];
  for (const [name, { type, optional, nullable }] of fields) {
    const value = payload[name];
    if (value === undefined ? optional : value === null && nullable) continue;
    const got = value === undefined ? "nothing" : typeOf(value);
    if (got !== type && !(type === "anything" && value !== undefined))
      problems.push(`"${name}" is ${got}, expected ${type}`);
  }
  for (const name of Object.keys(payload))
    if (!fields.has(name)) problems.push(`"${name}" is no field of the contract's`);
  return problems;
}

function readEvents(value: unknown): Map<string, ContractFields> {
  if (!Array.isArray(value)) throw wrong("lifecycle_events has to be a list");
  return new Map(
    (value as unknown[]).map((item) => {
      const { name, ...rest } = tableOf(item, "an event");
      if (typeof name !== "string") throw wrong("an event of lifecycle_events has no name");
      return [name, readFields(rest["payload"] ?? {}, name)];
    }),
  );
}

function readActions(value: unknown): Map<string, ContractFields> {
  const table = tableOf(value, "allowed_actions_contract");
  return new Map(Object.entries(table).map(([name, fields]) => [name, readFields(fields, name)]));
}

/** Fields with their types, or their names alone. */
function readFields(value: unknown, of: string): ContractFields {
  if (Array.isArray(value)) return readFields(nulls(value), of);
  return new Map(
    Object.entries(tableOf(value ?? {}, `the payload of ${of}`)).map(([key, type]) => {
      const words = typeof type === "string" ? type.split("|").map((word) => word.trim()) : [];
      return [
        key.replace(/\?$/, ""),
        {
          type: words[0] ?? "anything",
          optional: key.endsWith("?"),
          nullable: words.includes("null"),
        },
      ];
    }),
  );
}

function nulls(names: readonly unknown[]): Table {
  return Object.fromEntries(names.map((name) => [String(name), null]));
}

function readYaml(source: string, what: string): Table {
  try {
    return tableOf(Bun.YAML.parse(source) ?? {}, what);
  } catch (error) {
    if (error instanceof KataError) throw error;
    throw wrong(`${what} is no YAML: ${(error as Error).message}`);
  }
}

function tableOf(value: unknown, what: string): Table {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(`${what} has to be a table, and is ${typeOf(value)}`);
  return value as Table;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function wrong(message: string): KataError {
  const text = message.startsWith("Cannot") ? message : `Cannot read the contract: ${message}`;
  return new KataError("contract-wrong", text, {
    hint: "kata plugin contract prints one that is right",
  });
}
