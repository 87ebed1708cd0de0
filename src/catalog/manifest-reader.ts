/**
 * The values of a parsed manifest, taken one by one.
 *
 * Each `take…` function returns the value when it is right. When it is not, it
 * notes a problem at the key's own place and returns `undefined`, so that one
 * pass over a manifest finds everything that is wrong with it.
 */
import { TomlDate } from "smol-toml";
import { nearest } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import type { KeyPositions, TomlPath } from "./toml-positions.ts";

export type Table = Readonly<Record<string, unknown>>;

/** What a problem says besides where it is. */
type Words = Pick<Problem, "message" | "expected" | "hint"> & Partial<Pick<Problem, "severity">>;

/** C0 controls but for tab and line feed, DEL, and C1: they would drive a terminal. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Where problems of one manifest are gathered. */
export class ManifestReader {
  readonly problems: Problem[] = [];
  readonly #positions: KeyPositions;
  readonly #file: string;
  /** What a flaw is that a bundled kata may not have and a stranger's may. */
  readonly lenient: "error" | "warning";

  constructor(positions: KeyPositions, file: string, bundled: boolean) {
    this.#positions = positions;
    this.#file = file;
    this.lenient = bundled ? "error" : "warning";
  }

  /** True when the text names this key, even if its line could not be parsed. */
  mentions(path: TomlPath): boolean {
    return this.#positions.at(path) !== undefined;
  }

  /** Notes a problem at the place of a path, or of the nearest table around it. */
  note(path: TomlPath, words: Words): undefined {
    let place = this.#positions.at(path);
    for (let length = path.length - 1; place === undefined && length > 0; length--) {
      place = this.#positions.at(path.slice(0, length));
    }
    this.problems.push({
      severity: "error",
      file: this.#file,
      ...(place ?? { line: 1, column: 1 }),
      ...words,
    });
    return undefined;
  }

  /** Notes a value of the wrong kind. */
  wrong(path: TomlPath, value: unknown, expected: string, hint: string): undefined {
    return this.note(path, {
      message: `Cannot read ${display(path)}: it is ${describe(value)}`,
      expected,
      hint,
    });
  }

  /** Notes a required field that is not there. */
  missing(path: TomlPath, hint: string, severity: "error" | "warning" = "error"): undefined {
    if (this.mentions(path)) return undefined;
    const field = path.at(-1) ?? "";
    return this.note(path, { severity, message: `Missing required field: ${field}`, hint });
  }

  /** Notes every key of a table that is not among the known ones. */
  unknownKeys(
    path: TomlPath,
    table: Table,
    known: readonly string[],
    severity: "error" | "warning" = this.lenient,
  ): void {
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      this.note([...path, key], {
        severity,
        message: `Unknown key: ${display([...path, key])}`,
        expected: `one of ${known.join(", ")}`,
        hint: meant === undefined ? "remove it" : `did you mean "${meant}"?`,
      });
    }
  }
}

/** A string without control characters; CRLF becomes LF. */
export function takeString(
  reader: ManifestReader,
  path: TomlPath,
  value: unknown,
  options: { hint: string; oneLine?: boolean; nonEmpty?: boolean },
): string | undefined {
  if (typeof value !== "string") return reader.wrong(path, value, "a string", options.hint);
  const text = value.replaceAll("\r\n", "\n");
  const { hint } = options;
  if (CONTROL.test(text)) {
    const message = `Cannot read ${display(path)}: it holds a control character`;
    return reader.note(path, { message, expected: "printable text", hint });
  }
  if (options.oneLine === true && text.includes("\n")) {
    const message = `Cannot read ${display(path)}: it has more than one line`;
    return reader.note(path, { message, expected: "a single line", hint });
  }
  if (options.nonEmpty === true && text.trim() === "") {
    const message = `Cannot read ${display(path)}: it is empty`;
    return reader.note(path, { message, expected: "some text", hint });
  }
  return text;
}

/** A list of strings that are not empty; the wrong ones are noted and left out. */
export function takeStrings(
  reader: ManifestReader,
  path: TomlPath,
  value: unknown,
  options: { hint: string; oneLine?: boolean },
): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    reader.wrong(path, value, "a list of strings", options.hint);
    return [];
  }
  const items = value.map((item: unknown, i) =>
    takeString(reader, [...path, i], item, { ...options, nonEmpty: true }),
  );
  return items.filter((item) => item !== undefined);
}

/** A list of strings in which none stands twice: a second one is a warning and left out. */
export function takeNames(
  reader: ManifestReader,
  path: TomlPath,
  value: unknown,
  hint: string,
): string[] {
  const items = takeStrings(reader, path, value, { hint, oneLine: true });
  const names = new Set(items);
  if (names.size < items.length) {
    const seen = new Set<string>();
    const twice = items.find((item) => seen.size === seen.add(item).size);
    reader.note(path, {
      severity: "warning",
      message: `Repeated in ${display(path)}: ${twice}`,
      hint: "write it once",
    });
  }
  return [...names];
}

/** An integer in a range; TOML's `1.0` is none. */
export function takeInteger(
  reader: ManifestReader,
  path: TomlPath,
  value: unknown,
  range: { min: number; max: number; hint: string },
): number | undefined {
  const expected = `an integer from ${range.min} to ${range.max}`;
  if (typeof value !== "bigint") return reader.wrong(path, value, expected, range.hint);
  if (value < BigInt(range.min) || value > BigInt(range.max)) {
    const message = `Cannot read ${display(path)}: ${value} is out of range`;
    return reader.note(path, { message, expected, hint: range.hint });
  }
  return Number(value);
}

/** A table, as plain data that survives JSON: no dates, no NaN, no integers past 2^53. */
export function takeParams(
  reader: ManifestReader,
  path: TomlPath,
  value: unknown,
): Record<string, unknown> {
  if (value === undefined) return {};
  if (!isTable(value)) {
    reader.wrong(path, value, "a table", 'write params = { size = 3, mode = "fast" }');
    return {};
  }
  return plainTable(reader, path, value);
}

function plainTable(reader: ManifestReader, path: TomlPath, table: Table): Record<string, unknown> {
  const entries = Object.entries(table);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, plain(reader, [...path, key], item)]),
  );
}

function plain(reader: ManifestReader, path: TomlPath, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, i) => plain(reader, [...path, i], item));
  if (isTable(value)) return plainTable(reader, path, value);
  if (typeof value === "bigint") {
    if (Number.isSafeInteger(Number(value))) return Number(value);
    return reader.wrong(path, value, "an integer that a double holds exactly", "write a string");
  }
  if (value instanceof TomlDate || (typeof value === "number" && !Number.isFinite(value))) {
    return reader.wrong(path, value, "a value that JSON can hold", "write a string");
  }
  return value;
}

export function isTable(value: unknown): value is Table {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof TomlDate)
  );
}

/** A path as a person writes it: `variations[0].name`. */
export function display(path: TomlPath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else {
      const name = /^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part);
      text += text === "" ? name : `.${name}`;
    }
  }
  return text;
}

/** A value's kind, with the value itself when it is short. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value instanceof TomlDate) return "a date or a time";
  if (typeof value === "bigint") return `the integer ${value}`;
  if (typeof value === "number") return `the float ${value}`;
  if (typeof value === "boolean") return `the boolean ${value}`;
  if (typeof value !== "string") return "a table";
  return value.length > 40 ? "a string" : `the string ${JSON.stringify(value)}`;
}
