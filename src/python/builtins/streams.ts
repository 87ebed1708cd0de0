/** Built-in functions of streams: `open` and `input`. */
import { fault } from "../fault.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { inputLine, isInput } from "../library/streams.ts";
import { requireText } from "../operations/arguments.ts";
import { getAttribute } from "../operations/attributes.ts";
import { call, call0, call1 } from "../operations/call.ts";
import { str } from "../operations/repr.ts";
import { toJs } from "../text/wide.ts";

/** Puts these functions into a module. */
export function fillStreams(module: PyModule): void {
  const table: Readonly<Record<string, Native | Signed>> = {
    open: signed(
      "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None",
      open,
    ),
    input: signed("prompt='', /", input),
    // What CPython's `site` adds for prompts.
    exit: signed("code=None", leave),
    quit: signed("code=None", leave),
  };
  for (const name in table) module.set(name, new PyBuiltin(name, table[name]!));
}

function leave(code?: Value): never {
  throwException(exceptionType("SystemExit"), code ?? None);
}

const DEFAULTS: readonly Value[] = ["r", -1, None, None, None, true, None];

function open(file: Value, ...rest: (Value | undefined)[]): Value {
  const own = getAttribute(runtime().load("io"), "open");
  return call(own, [file, ...rest.map((one, i) => one ?? DEFAULTS[i]!)]);
}

/** Prompts on standard output; through `sys.stdin` and `sys.stdout` where a program has put its own there. */
function input(prompt?: Value): Value {
  const sys = runtime().load("sys");
  const [source, target] = ["stdin", "stdout"].map((name) => sys.get(name) ?? None);
  if (source === None) fault("RuntimeError", "input(): lost sys.stdin");
  if (target === None) fault("RuntimeError", "input(): lost sys.stdout");
  if (prompt !== undefined) call1(getAttribute(target!, "write"), str(prompt));
  call0(getAttribute(target!, "flush"));
  if (!isInput(source)) return ownLine(source!);
  return inputLine(source) ?? fault("EOFError", "EOF when reading a line");
}

function ownLine(source: Value): Value {
  const line = toJs(
    requireText(call0(getAttribute(source, "readline")), "object.readline() returned non-string "),
  );
  if (line === "") fault("EOFError", "EOF when reading a line");
  return line.replace(/\n$/, "");
}
