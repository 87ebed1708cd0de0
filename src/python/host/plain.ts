/**
 * What may cross between a program and its host: plain data, in one text form.
 *
 * The text is JSON. What JSON lacks is a record with the key `$`: `{"$":"int","v":"9007199254740993"}`,
 * `{"$":"float","v":"nan"}`, `{"$":"bytes","v":"<base64>"}`; a record that has a key `$` of its own
 * becomes `{"$":"record","v":{…}}`. One value has one text, so texts can be compared.
 */
import { failWith } from "./failure.ts";

/** Plain data; `null` is Python's None. */
export type Plain =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** How deep lists and records may lie in one another. */
const DEPTH = 100;

/**
 * A copy of what a host's function returned, plain through and through: `undefined` becomes null, and
 * is left out of records. Fails with a TypeError that says what is wrong and where.
 */
export function plainCopy(value: unknown, where: string): Plain {
  return copy(value, where, 0);
}

function copy(value: unknown, where: string, depth: number): Plain {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return value;
    case "undefined":
      return null;
    case "object":
      break;
    default:
      return failWith("TypeError", `${where} is a ${typeof value}, which is no plain data`);
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (depth === DEPTH) failWith("TypeError", `${where} is nested too deep or contains itself`);
  if (Array.isArray(value)) {
    return Array.from(value, (one: unknown, index) => copy(one, `${where}[${index}]`, depth + 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const name = (value.constructor as { name?: unknown } | undefined)?.name;
    failWith("TypeError", `${where} is a ${String(name)}, which is no plain data`);
  }
  const record: Record<string, Plain> = {};
  for (const [name, one] of Object.entries(value)) {
    if (one !== undefined) set(record, name, copy(one, `${where}.${name}`, depth + 1));
  }
  return record;
}

/** The name `__proto__` is a name like any other. */
function set(record: Record<string, Plain>, name: string, value: Plain): void {
  if (name !== "__proto__") record[name] = value;
  else {
    Object.defineProperty(record, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

/** The one text of a value. Fails with a TypeError for what is nested too deep. */
export function plainText(value: Plain, depth = 0): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value === null) return "null";
  if (typeof value === "bigint") return `{"$":"int","v":"${value}"}`;
  if (value instanceof Uint8Array) return `{"$":"bytes","v":"${value.toBase64()}"}`;
  if (depth === DEPTH) failWith("TypeError", "the data are nested too deep or contain themselves");
  if (isList(value)) return `[${value.map((one) => plainText(one, depth + 1)).join(",")}]`;
  const members = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}:${plainText(one, depth + 1)}`,
  );
  const text = `{${members.join(",")}}`;
  return Object.hasOwn(value, "$") ? `{"$":"record","v":${text}}` : text;
}

/** Whether data are a list; `Array.isArray` does not tell readonly ones. */
export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function numberText(value: number): string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return String(value);
  const name = Object.is(value, -0)
    ? "-0"
    : Number.isNaN(value)
      ? "nan"
      : value > 0
        ? "inf"
        : "-inf";
  return `{"$":"float","v":"${name}"}`;
}

const FLOATS: Readonly<Record<string, number>> = {
  "-0": -0,
  nan: NaN,
  inf: Infinity,
  "-inf": -Infinity,
};

/**
 * The value that parsed JSON stands for, freshly made. Throws an Error that says what no
 * {@link plainText} has.
 */
export function plainValue(json: unknown, depth = 0): Plain {
  if (typeof json !== "object" || json === null) return json as Plain;
  if (depth > DEPTH) throw new Error("the data are nested too deep");
  if (Array.isArray(json)) return json.map((one) => plainValue(one, depth + 1));
  const record = json as Record<string, unknown>;
  if (!Object.hasOwn(record, "$")) return members(record, depth);
  const { $: tag, v } = record;
  if (Object.keys(record).length === 2) {
    if (tag === "int" && typeof v === "string" && /^-?(0|[1-9]\d*)$/.test(v)) return BigInt(v);
    if (tag === "float" && typeof v === "string" && Object.hasOwn(FLOATS, v)) return FLOATS[v]!;
    if (tag === "bytes" && typeof v === "string") return Uint8Array.fromBase64(v);
    if (tag === "record" && typeof v === "object" && v !== null && !Array.isArray(v)) {
      return members(v as Record<string, unknown>, depth);
    }
  }
  throw new Error(`no value is written ${JSON.stringify(json).slice(0, 60)}`);
}

function members(json: Record<string, unknown>, depth: number): Plain {
  const record: Record<string, Plain> = {};
  for (const [name, one] of Object.entries(json)) set(record, name, plainValue(one, depth + 1));
  return record;
}
