/** Python for TypeScript: `import { compile, run } from "kata/python"`. */
import { compileSource, type Program } from "./compiler/compile.ts";
import { LimitError } from "./limit.ts";
import { PyException } from "./objects/exception.ts";
import { PyModule } from "./objects/module.ts";
import { PyTraceback } from "./objects/traceback.ts";
import { str } from "./operations/repr.ts";
import { tracebackOf } from "./operations/traceback.ts";
import { Run } from "./run.ts";
import { PythonSyntaxError } from "./syntax/error.ts";

/** What a run may use, and what it is called. */
export interface RunOptions {
  filename?: string;
  maxSteps?: number;
  maxTimeMs?: number;
  maxMemory?: number;
  maxOutput?: number;
}

/** One call that was going on where an error came up, outermost first. */
export interface TracebackFrame {
  file: string;
  line: number;
  function: string;
  source?: string;
}

/** Why a run failed. */
export interface RunError {
  kind: "syntax" | "python" | "timeout" | "limit" | "import" | "io" | "internal";
  message: string;
  line?: number;
  column?: number;
  exceptionType?: string;
  traceback: TracebackFrame[];
}

export type RunResult =
  | { ok: true; output: string; stderr: string }
  | { ok: false; output: string; stderr: string; error: RunError };

/** Compiles a program. Throws PythonSyntaxError. */
export function compile(source: string, options: { filename?: string } = {}): Program {
  return compileSource(source, options.filename ?? "<string>");
}

/** Runs a program; whatever it does, this returns. */
export function run(source: string | Program, options: RunOptions = {}): RunResult {
  const output = { stdout: "", stderr: "" };
  const failed = (error: RunError): RunResult => ({
    ok: false,
    output: output.stdout,
    stderr: output.stderr,
    error,
  });
  let program: Program;
  try {
    program =
      typeof source === "string" ? compileSource(source, options.filename ?? "<string>") : source;
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return failed({
      kind: "syntax",
      message: error.message,
      line: error.lineno,
      column: error.offset,
      exceptionType: error.kind,
      traceback: [],
    });
  }
  const running = new Run(
    {
      steps: options.maxSteps ?? 1e12,
      timeMs: options.maxTimeMs ?? 60_000,
      bytes: options.maxMemory ?? 1 << 30,
      output: options.maxOutput ?? 10_000_000,
      depth: 1000,
    },
    (stream, text) => {
      output[stream] += text;
    },
  );
  return running.enter(() => {
    try {
      const main = new PyModule("__main__");
      running.modules.set("__main__", main);
      running.execute(program, main);
      return { ok: true, output: output.stdout, stderr: output.stderr };
    } catch (error) {
      if (error instanceof LimitError) {
        const kind = error.what === "time" ? "timeout" : "limit";
        return failed({ kind, message: error.message, traceback: [] });
      }
      if (!(error instanceof PyException)) throw error;
      const traceback: TracebackFrame[] = [];
      const first = tracebackOf(error);
      for (let at = first instanceof PyTraceback ? first : undefined; at !== undefined; at = at.next) {
        const { code } = at.frame;
        traceback.push({ file: code.filename, line: at.line, function: code.name });
      }
      const last = traceback.at(-1);
      return failed({
        kind: "python",
        message: String(str(error)),
        exceptionType: error.type.name,
        traceback,
        ...(last === undefined ? {} : { line: last.line }),
      });
    }
  });
}
