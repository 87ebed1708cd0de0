/** The tables of a manifest below `[kata]`: rules, variations, and mutants that are none. */
import type { Equivalent, Rules, Variation } from "./kata.ts";
import {
  display,
  isTable,
  type ManifestReader,
  type Table,
  takeInteger,
  takeNames,
  takeParams,
  takeString,
} from "./manifest-reader.ts";
import type { TomlPath } from "./toml-positions.ts";

const VARIATION_KEYS = ["name", "description", "params"];
const EQUIVALENT_KEYS = ["from", "to", "reason"];
const RULE_KEYS = ["forbid", "must_use", "max_lines", "no_loops"];

/** The mutants that the manifest says are no mistakes, each with the reason why. */
export function readEquivalent(value: unknown, reader: ManifestReader): Equivalent[] {
  const all: Equivalent[] = [];
  for (const { path, item } of tablesOf("equivalent", value, reader)) {
    reader.unknownKeys(path, item, EQUIVALENT_KEYS);
    const take = (key: string, hint: string, nonEmpty: boolean): string | undefined => {
      const at = [...path, key];
      if (item[key] === undefined) return reader.missing(at, hint);
      return takeString(reader, at, item[key], { hint, nonEmpty })?.trim();
    };
    const from = take("from", "copy the line after - that kata check --mutants shows", true);
    const to = take("to", "copy the line after + that kata check --mutants shows", false);
    const reason = take("reason", 'write reason = "why no test can tell them apart"', true);
    if (from !== undefined && to !== undefined && reason !== undefined) {
      all.push({ from, to, reason });
    }
  }
  return all;
}

/** The tables of an array of tables; what is none is noted and left out. */
function tablesOf(
  name: string,
  value: unknown,
  reader: ManifestReader,
): { path: (string | number)[]; item: Table }[] {
  if (value === undefined) return [];
  const hint = `write [[${name}]] with double brackets`;
  if (!Array.isArray(value)) {
    reader.wrong([name], value, "an array of tables", hint);
    return [];
  }
  return (value as unknown[]).flatMap((item, i) => {
    if (isTable(item)) return [{ path: [name, i], item }];
    reader.wrong([name, i], item, "a table", hint);
    return [];
  });
}

export function readPositive(
  table: Table,
  path: TomlPath,
  reader: ManifestReader,
  max: number,
): number | undefined {
  const key = path.at(-1) ?? "";
  if (table[key] === undefined) return undefined;
  return takeInteger(reader, path, table[key], { min: 1, max, hint: `write ${key} = 1000` });
}

export function readRules(value: unknown, reader: ManifestReader): Rules {
  const path = ["kata", "rules"];
  if (value === undefined) return { forbid: [], must_use: [] };
  if (!isTable(value)) {
    reader.wrong(path, value, "a table", 'write rules = { forbid = ["for"] }');
    return { forbid: [], must_use: [] };
  }
  // A rule that is not understood is not enforced, so it is never a mere warning.
  reader.unknownKeys(path, value, RULE_KEYS, "error");
  const maxLines = readPositive(value, [...path, "max_lines"], reader, Number.MAX_SAFE_INTEGER);
  const noLoops = value["no_loops"];
  if (noLoops !== undefined && typeof noLoops !== "boolean") {
    reader.wrong([...path, "no_loops"], noLoops, "true or false", "write no_loops = true");
  }
  const list = (key: string): string[] =>
    takeNames(reader, [...path, key], value[key], `write ${key} = ["name"]`);
  return {
    forbid: list("forbid"),
    must_use: list("must_use"),
    ...(maxLines === undefined ? {} : { max_lines: maxLines }),
    ...(noLoops === true ? { no_loops: true } : {}),
  };
}

/** The tables of `[[variations]]`; `word` is what a name may be. */
export function readVariations(value: unknown, reader: ManifestReader, word: RegExp): Variation[] {
  const variations: Variation[] = [];
  const names = new Set<string>();
  for (const { path, item } of tablesOf("variations", value, reader)) {
    const hint = 'write name = "small-input"';
    reader.unknownKeys(path, item, VARIATION_KEYS);
    const name =
      item["name"] === undefined
        ? reader.missing([...path, "name"], hint)
        : takeString(reader, [...path, "name"], item["name"], { hint, oneLine: true });
    const description = takeString(reader, [...path, "description"], item["description"] ?? "", {
      hint: 'write description = "What is different"',
    });
    const params = takeParams(reader, [...path, "params"], item["params"]);
    if (name === undefined) continue;
    checkVariationName([...path, "name"], name, names, reader, word);
    variations.push({ name, description: description ?? "", params });
  }
  return variations;
}

function checkVariationName(
  path: TomlPath,
  name: string,
  names: Set<string>,
  reader: ManifestReader,
  word: RegExp,
): void {
  if (!word.test(name)) {
    const expected = "letters, digits, and - _ . within";
    reader.wrong(path, name, expected, 'write name = "small-input"');
  } else if (names.has(name)) {
    const message = `Cannot tell variations apart: ${display(path)} is "${name}" again`;
    reader.note(path, { message, expected: "a name of its own", hint: "rename one of them" });
  }
  names.add(name);
}
