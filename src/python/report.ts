/** How what ended a run is told, as data. */
import { HostFailure } from "./host/failure.ts";
import { Suspended } from "./host/log.ts";
import { LimitError } from "./limit.ts";
import { isException, type PyException } from "./objects/exception.ts";
import { None } from "./objects/object.ts";
import { asException } from "./operations/handlers.ts";
import { str } from "./operations/repr.ts";
import type { RunError, TracebackFrame } from "./result.ts";
import type { Run } from "./run.ts";
import { PythonSyntaxError } from "./syntax/error.ts";
import { lineOf } from "./text-lines.ts";

/** The source that was to run. */
interface Source {
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
  return { code: 1, message: String(str(value)) };
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
  if (isKataError(thrown)) throw thrown;
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const error = thrown instanceof Error ? thrown : undefined;
  return { ...placed(run, error, { kind: "internal", message }), text: error?.stack ?? message };
}

function isKataError(thrown: unknown): boolean {
  return thrown instanceof KataError;
}
