/** Python 3.12 as a syntax tree. */
import { type CharacterNames, Cursor } from "./cursor.ts";
import { PythonSyntaxError } from "./error.ts";
import { readSource } from "./source.ts";
import { statement } from "./statements.ts";
import type { Module, Stmt } from "./tree.ts";

/** What the first reading says where it knows nothing better. */
const GENERIC = new Set(["invalid syntax", "unexpected indent", "unexpected unindent"]);

/**
 * Parses a module: a text, or a file's bytes in the encoding they declare.
 * `names` finds the characters of `\N{…}`; without it every name is unknown.
 * Throws {@link PythonSyntaxError}, and nothing else.
 */
export function parseModule(
  source: string | Uint8Array,
  names: CharacterNames = () => undefined,
): Module {
  const p = new Cursor(readSource(source), names);
  try {
    return file(p);
  } catch (error) {
    if (!isGeneric(error)) throw error;
    p.restart();
    try {
      file(p);
    } catch (better) {
      if (!isGeneric(better)) throw better;
    }
    throw error;
  }
}

function isGeneric(error: unknown): boolean {
  return error instanceof PythonSyntaxError && GENERIC.has(error.message);
}

function file(p: Cursor): Module {
  const body: Stmt[] = [];
  while (p.kind !== "end") statement(p, body);
  return { type: "Module", body };
}
