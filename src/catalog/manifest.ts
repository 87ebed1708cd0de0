import { parse, TomlError } from "smol-toml";
import type { Kata } from "./kata.ts";
import { isTable, ManifestReader, takeNames, takeString, takeStrings } from "./manifest-reader.ts";
import type { Table } from "./manifest-reader.ts";
import { readEquivalent, readPositive, readRules, readVariations } from "./manifest-tables.ts";
import { nearest } from "./nearest.ts";
import { hasErrors } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { MAX_DEPTH, position, scanKeys, startsOfLines } from "./toml-positions.ts";
import type { KeyPositions } from "./toml-positions.ts";

/** What a manifest alone says of a kata. */
export type ManifestFields = Omit<Kata, "id" | "dir" | "files">;

export interface ManifestOptions {
  /** How problems name the file. */
  file: string;
  /** The name of the kata's folder, which is its id. */
  dirName: string;
  /** Katas that kata ships have no excuse: some warnings are errors for them. */
  bundled: boolean;
  /** The folder that groups katas, in the place of a `category` that is missing. */
  parentName?: string;
}

const UNCATEGORISED = "uncategorised";

const SECTIONS = ["kata", "variations", "equivalent"];
const KATA_KEYS = [
  "name",
  "category",
  "base_difficulty",
  "description",
  "dependencies",
  "tags",
  "hints",
  "timeout_ms",
  "device",
  "rules",
  "passes_on_template",
];
const DEVICES = ["any", "webgpu"];
/** A timer's longest wait in milliseconds; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** How many syntax errors of one manifest are worth reading. */
const MAX_SYNTAX_ERRORS = 20;
/** What an id and a variation's name may be: on a command line, in a glob, as a file's name. */
const WORD = /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u;
/** What would take a category apart or make it a pattern, in `category/id`. */
const NOT_IN_CATEGORY = /[/\\*?[\]{}!]/;

/**
 * Reads a manifest. Everything that is wrong with it is in `problems`, in the
 * order of the text; `kata` is null when one of them is an error. Never throws.
 */
export function parseManifest(
  text: string,
  options: ManifestOptions,
): { kata: ManifestFields | null; problems: Problem[] } {
  const positions = scanKeys(text);
  const reader = new ManifestReader(positions, options.file, options.bundled);
  if (!WORD.test(options.dirName)) {
    reader.problems.push({
      severity: "error",
      file: options.file,
      line: 0,
      column: 0,
      message: `Cannot use "${options.dirName}" as a kata's id`,
      expected: "letters, digits, and - _ . within",
      hint: "rename the kata's folder",
    });
  }
  const document = parseToml(text, positions, reader, options.file);
  const kata = document === undefined ? null : readDocument(document, reader, options);
  const problems = reader.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { kata: hasErrors(problems) ? null : kata, problems };
}

/**
 * Parses what can be parsed. The parser stops at its first syntax error; when
 * that is within one line, the line is blanked and the rest parsed again, so
 * that one look shows every line to mend. `undefined` when the rest is not to be
 * trusted.
 */
export function parseToml(
  text: string,
  positions: KeyPositions,
  reader: ManifestReader,
  file: string,
): Table | undefined {
  if (positions.tooDeep !== undefined) {
    const message = `Cannot parse ${file}: it nests deeper than ${MAX_DEPTH} levels`;
    reader.problems.push({ severity: "error", file, ...positions.tooDeep, message });
    return undefined;
  }
  const lineStarts = startsOfLines(text);
  let rest = text;
  for (let i = 0; i < MAX_SYNTAX_ERRORS; i++) {
    try {
      return parse(rest, {
        integersAsBigInt: true,
        unsafeKeyBehaviour: "throw",
        maxDepth: MAX_DEPTH,
      });
    } catch (error) {
      const { message, line, column } =
        error instanceof TomlError ? error : { message: String(error), line: 1, column: 1 };
      reader.problems.push({
        severity: "error",
        file,
        line,
        column,
        message: `Cannot parse ${file}: ${firstLine(message)}`,
        expected: "TOML 1.0",
        hint: 'write key = "value", one to a line',
      });
      const start = lineStarts[line - 1] ?? 0;
      const end = (lineStarts[line] ?? text.length + 1) - 1;
      if (!isPairOrGarbage(positions, lineStarts, line)) return undefined;
      if (rest.slice(start, end).trim() === "") return undefined;
      rest = rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end);
    }
  }
  return undefined;
}

/** True when nothing but this line depends on this line. */
function isPairOrGarbage(
  positions: KeyPositions,
  lineStarts: readonly number[],
  line: number,
): boolean {
  for (const statement of positions.statements) {
    const first = position(lineStarts, statement.start).line;
    const last = position(lineStarts, statement.end).line;
    if (first > line || last < line) continue;
    if (first < last || statement.kind === "header") return false;
  }
  return true;
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace("Invalid TOML document: ", "");
}

function readDocument(
  document: Table,
  reader: ManifestReader,
  options: ManifestOptions,
): ManifestFields | null {
  reader.unknownKeys([], document, SECTIONS);
  const variations = readVariations(document["variations"], reader, WORD);
  const equivalent = readEquivalent(document["equivalent"], reader);
  const section = document["kata"];
  if (section === undefined) {
    // The fields are often there, above any section or under a misspelt one.
    const others = Object.keys(document).filter(
      (key) => key !== "variations" && key !== "equivalent",
    );
    const meant = nearest("kata", others);
    reader.note(["kata"], {
      message: "Missing [kata] section in manifest",
      expected: "a [kata] section with name, category, base_difficulty and description",
      hint:
        meant !== undefined && isTable(document[meant])
          ? `write [kata] in the place of [${meant}]`
          : "write [kata] on a line of its own above the fields",
    });
    return null;
  }
  if (!isTable(section)) {
    return reader.wrong(["kata"], section, "a table", "write [kata] with single brackets") ?? null;
  }
  const kata = readKata(section, reader, options);
  return kata === null ? null : { ...kata, variations, equivalent };
}

function readKata(
  section: Table,
  reader: ManifestReader,
  options: ManifestOptions,
): Omit<ManifestFields, "variations" | "equivalent"> | null {
  const path = ["kata"];
  reader.unknownKeys(path, section, KATA_KEYS);
  const required = (key: string, hint: string, oneLine: boolean): string | undefined => {
    const at = [...path, key];
    if (section[key] === undefined) return reader.missing(at, hint);
    return takeString(reader, at, section[key], { hint, oneLine, nonEmpty: oneLine });
  };
  const name = required("name", 'write name = "What the kata is called"', true);
  const description = required("description", 'write description = "What to do"', false);
  const category = readCategory(section, reader, options);
  const difficulty = readDifficulty(section, reader);
  const dependencies = takeNames(
    reader,
    [...path, "dependencies"],
    section["dependencies"],
    'write dependencies = ["the-kata-before"]',
  );
  const tags = takeNames(reader, [...path, "tags"], section["tags"], 'write tags = ["shapes"]');
  const hints = takeStrings(reader, [...path, "hints"], section["hints"], {
    hint: 'write hints = ["the first hint", "the next one"]',
  });
  const timeoutMs = readPositive(section, [...path, "timeout_ms"], reader, MAX_TIMEOUT_MS);
  const device = readDevice(section, reader);
  const rules = readRules(section["rules"], reader);
  const passesOnTemplate = takeNames(
    reader,
    [...path, "passes_on_template"],
    section["passes_on_template"],
    'write passes_on_template = ["the name of a test"]',
  );
  if (name === undefined || description === undefined || difficulty === undefined) return null;
  return {
    name,
    category,
    difficulty,
    description,
    dependencies,
    tags,
    hints,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    device,
    rules,
    passesOnTemplate,
  };
}

function readCategory(table: Table, reader: ManifestReader, options: ManifestOptions): string {
  const path = ["kata", "category"];
  const hint = 'write category = "the group it belongs to"';
  const fallback = options.parentName ?? UNCATEGORISED;
  if (table["category"] === undefined) {
    reader.missing(path, `${hint}; until then it is "${fallback}"`, reader.lenient);
    return fallback;
  }
  const text = takeString(reader, path, table["category"], { hint, oneLine: true, nonEmpty: true });
  if (text !== undefined && NOT_IN_CATEGORY.test(text)) {
    reader.wrong(path, text, "a name without / \\ * ? ! and brackets", hint);
  }
  return text ?? fallback;
}

function readDifficulty(table: Table, reader: ManifestReader): number | undefined {
  const path = ["kata", "base_difficulty"];
  const hint = "write base_difficulty = 1 for first steps, up to 5 for the hardest";
  const value = table["base_difficulty"];
  if (value === undefined) return reader.missing(path, hint);
  if (typeof value !== "bigint") {
    return reader.wrong(path, value, "an integer from 1 to 5", hint);
  }
  if (value >= 1n && value <= 5n) return Number(value);
  const nearestValue = value < 1n ? 1 : 5;
  reader.note(path, {
    severity: reader.lenient,
    message: `Cannot rate a kata ${value}: base_difficulty is from 1 to 5`,
    expected: "an integer from 1 to 5",
    hint: reader.lenient === "error" ? hint : `${hint}; until then it counts as ${nearestValue}`,
  });
  return nearestValue;
}

function readDevice(table: Table, reader: ManifestReader): Kata["device"] {
  const value = table["device"];
  if (value === undefined || value === "any" || value === "webgpu") return value ?? "any";
  const meant = typeof value === "string" ? nearest(value, DEVICES) : undefined;
  const hint = meant === undefined ? 'write device = "webgpu" or leave it out' : undefined;
  reader.wrong(["kata", "device"], value, '"any" or "webgpu"', hint ?? `did you mean "${meant}"?`);
  return "any";
}
