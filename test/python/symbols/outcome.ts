/** A program's scopes in one line, as the recording script writes CPython's, or its syntax error. */
import { analyse } from "../../../src/python/symbols/analyse.ts";
import type { Scope, Use } from "../../../src/python/symbols/scope.ts";
import { PythonSyntaxError } from "../../../src/python/syntax/error.ts";
import { parseModule } from "../../../src/python/syntax/parse.ts";

export type Outcome = string | unknown[];

export function outcome(source: string | Uint8Array): Outcome {
  try {
    const out: string[] = [];
    write(analyse(parseModule(source, () => "x")).root, out);
    return out.join("");
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    const { kind, message, lineno, offset, end_lineno, end_offset } = error;
    return [kind, message, lineno, offset, end_lineno, end_offset];
  }
}

function write({ kind, node, names, children }: Scope, out: string[]): void {
  const shown = kind === "module" || kind === "class" ? kind : "function";
  const line = "lineno" in node ? node.lineno : 0;
  const uses = [...names].map(([name, use]) => `${name}:${place(use)}`).toSorted(byCodePoint);
  out.push(`(${shown}@${line} ${uses.join(" ")}`);
  for (const child of children) write(child, out);
  out.push(")");
}

function place(use: Use): string {
  return use.explicitGlobal ? "global!" : use.place;
}

function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
