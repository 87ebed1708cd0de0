/** Python 3.12 as a syntax tree. */
import { type CharacterNames, Cursor } from "./cursor.ts";
import { PythonSyntaxError } from "./error.ts";
import { expressions } from "./expressions.ts";
import { readSource } from "./source.ts";
import { statement } from "./statements.ts";
import { type Module, span, type Stmt } from "./tree.ts";

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
  return parseBy(file, source, names);
}

/** Parses one expression, the body of a module that holds nothing else: what `eval` takes. */
export function parseExpression(
  source: string | Uint8Array,
  names: CharacterNames = () => undefined,
): Module {
  return parseBy(onlyExpression, source, names);
}

function parseBy(
  parse: (p: Cursor) => Module,
  source: string | Uint8Array,
  names: CharacterNames,
): Module {
  const p = new Cursor(readSource(source), names);
  try {
    return parse(p);
  } catch (error) {
    if (!isGeneric(error)) throw error;
    p.restart();
    try {
      parse(p);
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
  return ended(p, body);
}

function ended({ warnings }: Cursor, body: Stmt[]): Module {
  return { type: "Module", body, ...(warnings.length > 0 ? { warnings } : {}) };
}

function onlyExpression(p: Cursor): Module {
  const first = p.token;
  const value = expressions(p);
  while (p.accept("newline"));
  p.expect("end");
  return ended(p, [{ type: "Expr", value, ...span(first, p.previous) }]);
}
