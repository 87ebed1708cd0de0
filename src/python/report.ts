/** How what ended a run is told, as data. */
import { KataError } from "../errors.ts";
import { Suspended } from "./host/log.ts";
import { LimitError } from "./limit.ts";
import { isException, type PyException } from "./objects/exception.ts";
import { None } from "./objects/object.ts";
import { PyTraceback } from "./objects/traceback.ts";
import { asException } from "./operations/handlers.ts";
import { str } from "./operations/repr.ts";
import { formatException, messageOf } from "./operations/traceback-text.ts";
import { going, tracebackOf } from "./operations/traceback.ts";
import type { ErrorKind, RunError, TracebackFrame } from "./result.ts";
import type { Run } from "./run.ts";
import { PythonSyntaxError } from "./syntax/error.ts";
import type { Place } from "./syntax/tree.ts";
import { lineOf } from "./text-lines.ts";

/** The source that was to run. */
export interface Source {
  readonly filename: string;
  readonly text: string;
}

/** What `sys.exit()` asks for: the process's exit code, and what is to be said on standard error. */
export function exitOf(thrown: unknown): { code: number; message?: string } | undefined {
  if (!isException(thrown, "SystemExit")) return undefined;
  const { items } = thrown.args;
  const value = items.length > 1 ? thrown.args : (items[0] ?? None);
  if (value === None) return { code: 0 };
  if (typeof value === "number") return { code: value & 0xff };
  if (typeof value === "boolean") return { code: Number(value) };
  try {
    return { code: 1, message: String(str(value)) };
  } catch {
    return { code: 1, message: "<exit status without text>" };
  }
}

/** The error that something thrown is. Throws what is the caller's own: a log that does not fit. */
export function describe(run: Run, thrown: unknown, source: Source): RunError {
  if (thrown instanceof PythonSyntaxError) return syntaxError(thrown, source);
  if (thrown instanceof LimitError) {
    const kind = thrown.what === "time" ? "timeout" : "limit";
    return placed(run, thrown, { kind, message: thrown.message });
  }
  if (thrown instanceof Suspended) {
    return placed(run, thrown, { kind: "suspended", message: thrown.message });
  }
  const exception = asException(thrown);
  if (exception !== undefined) return pythonError(run, exception);
  if (thrown instanceof KataError) throw thrown;
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const error = thrown instanceof Error ? thrown : undefined;
  return { ...placed(run, error, { kind: "internal", message }), text: error?.stack ?? message };
}

/** An error of syntax, as data. */
export function syntaxError(error: PythonSyntaxError, source: Source): RunError {
  const { message, lineno, offset, kind: exceptionType } = error;
  const line = lineOf(source.text, lineno)?.trim();
  const shown = line === undefined ? "" : `    ${line}\n`;
  return {
    kind: "syntax",
    message,
    ...(lineno > 0 ? { line: lineno } : {}),
    ...(offset > 0 ? { column: offset } : {}),
    exceptionType,
    traceback: [],
    text: `  File "${source.filename}", line ${lineno}\n${shown}${exceptionType}: ${message}\n`,
  };
}

function pythonError(run: Run, exception: PyException): RunError {
  // Who had caught it let it go on.
  exception.caughtDepth = undefined;
  const entries: Entry[] = [];
  const first = tracebackOf(exception);
  for (let at = first instanceof PyTraceback ? first : undefined; at !== undefined; at = at.next) {
    const { code } = at.frame;
    entries.push({ file: code.filename, line: at.line, name: code.name, place: at.place });
  }
  const own = messageOf(exception);
  const words = { kind: kindOf(exception), message: own, exceptionType: exception.type.name };
  return { ...located(run, entries, words), text: formatException(exception).join("") };
}

function kindOf(exception: PyException): ErrorKind {
  if (isException(exception, "ImportError")) return "import";
  return isException(exception, "OSError") ? "io" : "python";
}

/** An error that is no exception of the program's, with the calls that it ended. */
function placed(run: Run, thrown: Error | undefined, error: Words): RunError {
  const calls = thrown === undefined ? [] : going(thrown, Infinity).toReversed();
  const entries = calls.map(({ loaded, site, place }) => {
    return { file: loaded.program.filename, line: place.lineno, name: site.name, place };
  });
  return located(run, entries, error);
}

type Words = Pick<RunError, "kind" | "message" | "exceptionType">;

interface Entry {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly place: Place | undefined;
}

function located(run: Run, entries: readonly Entry[], error: Words): RunError {
  const traceback = entries.map((entry): TracebackFrame => {
    const source = sourceLine(run, entry);
    const { file, line, name } = entry;
    return { file, line, function: name, ...(source === undefined ? {} : { source }) };
  });
  const last = entries.at(-1);
  const column = last?.place === undefined ? {} : { column: last.place.col_offset + 1 };
  const where = last === undefined ? {} : { line: last.line, ...column };
  return { ...error, ...where, traceback, text: textOf(error, traceback) };
}

function textOf(error: Words, traceback: readonly TracebackFrame[]): string {
  const lines = traceback.map(({ file, line, function: name, source }) => {
    const shown = source === undefined ? "" : `    ${source}\n`;
    return `  File "${file}", line ${line}, in ${name}\n${shown}`;
  });
  const head = traceback.length === 0 ? "" : "Traceback (most recent call last):\n";
  const words = [error.exceptionType ?? error.kind, error.message].filter((one) => one !== "");
  return `${head}${lines.join("")}${words.join(": ")}\n`;
}

function sourceLine(run: Run, { file, line }: Entry): string | undefined {
  // What is typed at a prompt is many programs of one name.
  if (file === "<stdin>") return undefined;
  for (const { program } of run.programs.values()) {
    if (program.filename === file && program.source !== undefined) {
      return lineOf(program.source, line)?.trim();
    }
  }
  return undefined;
}
