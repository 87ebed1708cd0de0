/** Sources that a program compiles while it runs: what is wrong with them is its own SyntaxError. */
import {
  compileTree,
  type Kind,
  parseFor,
  type Program,
  type TreeOptions,
} from "../compiler/compile.ts";
import {
  exceptionType,
  isException,
  makeException,
  type PyException,
  raising,
  setField,
} from "../objects/exception.ts";
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PythonSyntaxError } from "../syntax/error.ts";
import { readSource } from "../syntax/source.ts";
import type { Module } from "../syntax/tree.ts";
import { lineOf } from "../text-lines.ts";
import { getAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { fromJs } from "../text/wide.ts";

/** Compiles; throws the Python exception for a source that is none. */
export function compileText(
  source: string | Uint8Array,
  filename: string,
  kind: Kind = "exec",
  options: TreeOptions = {},
): { tree: Module; program: Program } {
  let tree: Module | undefined;
  let text: string | undefined;
  try {
    text = typeof source === "string" ? source : readSource(source);
    tree = parseFor(text, kind);
    const program = compileTree(tree, filename, kind, text, options);
    tellWarnings(program);
    return { tree, program };
  } catch (error) {
    // The symbol table does not know the text any more.
    const line = tree === undefined ? shown(text ?? source, error, kind) : None;
    throw asSyntaxError(error, filename, line) ?? error;
  }
}

/** The line of an error, as its `text` holds it. */
function shown(source: string | Uint8Array, error: unknown, kind: Kind): Value {
  if (!(error instanceof PythonSyntaxError)) return None;
  if (error.lineno === 0) return "";
  const text = typeof source === "string" ? source : new TextDecoder("latin1").decode(source);
  const line = lineOf(text, error.lineno)?.replace(/\n$/, "");
  return line === undefined ? None : fromJs(kind === "exec" ? `${line}\n` : line);
}

/** The exception for what the parser or the symbol table refuses; `undefined` for other errors. */
function asSyntaxError(error: unknown, filename: string, text: Value): PyException | undefined {
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    const words = "maximum recursion depth exceeded during compilation";
    return raising(makeException(exceptionType("RecursionError"), [words]));
  }
  if (!(error instanceof PythonSyntaxError)) return undefined;
  if (error.message === "source code string cannot contain null bytes") {
    const made = makeException(exceptionType("SyntaxError"), [error.message]);
    setField(made, "msg", error.message);
    return raising(made);
  }
  const place: [string, Value][] = [
    ["filename", fromJs(filename)],
    ["lineno", error.lineno],
    ["offset", error.offset],
    ["text", text],
    ["end_lineno", error.end_lineno],
    ["end_offset", error.end_offset ?? None],
  ];
  const details = new PyTuple(place.map(([, value]) => value));
  const exception = makeException(exceptionType(error.kind), [fromJs(error.message), details]);
  setField(exception, "msg", fromJs(error.message));
  for (const [name, value] of place) setField(exception, name, value);
  return raising(exception);
}

/** Hands on what compiling warns of; a filter may make a SyntaxError of it. */
export function tellWarnings({ warnings = [], filename, source }: Program): void {
  for (const { category, message, lineno, offset } of warnings) {
    const { modules } = runtime();
    // Nobody who did not ask for them sees the others.
    if (category === "DeprecationWarning" && !modules.has("warnings")) continue;
    const told = getAttribute(runtime().load("warnings"), "warn_explicit");
    const line = lineOf(source ?? "", lineno);
    // The program is not known yet to those who look for the lines of files.
    const shown = filename.startsWith("<") || line === undefined ? None : fromJs(line);
    try {
      call(
        told,
        [message, exceptionType(category), fromJs(filename), lineno],
        new Map([["_line", shown]]),
      );
    } catch (error) {
      if (!isException(error, category)) throw error;
      throw asSyntaxError(
        new PythonSyntaxError(message, { lineno, offset, end_lineno: lineno, end_offset: offset }),
        filename,
        line === undefined ? None : fromJs(line),
      );
    }
  }
}
