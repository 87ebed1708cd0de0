/** `_traceback`: what `traceback` and `linecache` are made of. */
import { fault } from "../../fault.ts";
import { PyException } from "../../objects/exception.ts";
import { PyList } from "../../objects/list.ts";
import type { PyModule } from "../../objects/module.ts";
import { None, type Value } from "../../objects/object.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { toArray } from "../../operations/iterate.ts";
import { textOf } from "../../operations/repr.ts";
import {
  entriesOf,
  type Entry,
  formatEntries,
  formatException,
  formatOnly,
} from "../../operations/traceback-text.ts";
import { typeName } from "../../operations/typeof.ts";
import { lineOf } from "../../text-lines.ts";
import { fromJs, toJs } from "../../text/wide.ts";
import { functions } from "../native.ts";

function limitOf(limit: Value): number | undefined {
  if (typeof limit === "number") return limit;
  const set = runtime().modules.get("sys")?.get("tracebacklimit");
  return typeof set === "number" ? Math.max(0, set) : undefined;
}

function exceptionOf(value: Value): PyException {
  if (value instanceof PyException) return value;
  fault("TypeError", `Exception expected for value, ${typeName(value)} found`);
}

function entryValue({ file, line, name, text, place }: Entry): Value {
  const known = place !== undefined && place.lineno === line;
  return new PyTuple([
    fromJs(file),
    line,
    fromJs(name),
    text === undefined ? None : fromJs(text),
    known ? place.end_lineno : None,
    known ? place.col_offset : None,
    known ? place.end_col_offset : None,
  ]);
}

function entryOf(value: Value): Entry {
  const [file, line, name, text, endLine, start, end] = toArray(value);
  const known = typeof start === "number" && typeof end === "number";
  return {
    file: String(file),
    line: Number(line),
    name: String(name),
    text: textOf(text!) === undefined ? undefined : toJs(textOf(text!)!).replace(/\n$/, ""),
    place: known
      ? {
          lineno: Number(line),
          end_lineno: Number(endLine),
          col_offset: start,
          end_col_offset: end,
        }
      : undefined,
  };
}

/** The source of a file that runs. */
function sourceOf(file: Value): string | undefined {
  for (const { program } of runtime().programs.values()) {
    if (program.filename === file && program.source !== undefined) return program.source;
  }
  return undefined;
}

const list = (texts: readonly string[]): PyList => new PyList(texts.map(fromJs));

export function fillNativeTraceback(module: PyModule): void {
  functions(module, {
    entries: (traceback: Value, limit: Value) =>
      new PyList(entriesOf(traceback, limitOf(limit)).map(entryValue)),
    format_entries: (entries: Value) => list(formatEntries(toArray(entries).map(entryOf))),
    format: (exception: Value, traceback: Value, limit: Value, chain: Value) =>
      list(
        formatException(exceptionOf(exception), {
          limit: limitOf(limit),
          chain: chain !== false,
          traceback,
        }),
      ),
    format_only: (exception: Value) => list(formatOnly(exceptionOf(exception))),
    source_line: (file: Value, line: Value) => {
      const source = sourceOf(file);
      const text = source === undefined ? undefined : lineOf(source, Number(line));
      return text === undefined ? "" : fromJs(text.endsWith("\n") ? text : `${text}\n`);
    },
    source_lines: (file: Value) => {
      const lines = (sourceOf(file) ?? "").split(/(?<=\n)/);
      return list(
        lines
          .filter((line) => line !== "")
          .map((line) => (line.endsWith("\n") ? line : `${line}\n`)),
      );
    },
  });
}
