/** `compile`, `eval`, `exec`, `globals`, `locals` and `__import__`. */
import { fault } from "../fault.ts";
import { isDict } from "../objects/dict.ts";
import { PyBuiltin } from "../objects/function.ts";
import { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { dictOf } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { compileValue, evaluate, moduleOf } from "../operations/execution.ts";
import { type FrameFunction, frameFunctions, localsOf } from "../operations/frames.ts";
import { importedName, loadFrom } from "../operations/imports.ts";
import { toArray } from "../operations/iterate.ts";
import { textOf } from "../operations/repr.ts";
import { frameAt } from "../operations/traceback.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";

/** `ast.PyCF_ONLY_AST`. */
const ONLY_TREE = 0x400;

/** The globals of whoever calls. */
function globalsHere(): Value {
  const globals = frameAt(0)?.globals;
  return globals === undefined ? None : dictOf(globals)!;
}

function imported(
  name: Value,
  globals: Value | undefined,
  wanted: Value | undefined,
  level: Value | undefined,
): Value {
  const text = textOf(name);
  if (text === undefined)
    fault("TypeError", `__import__() argument 1 must be str, not ${typeName(name)}`);
  const dots = Number(level ?? 0);
  const full = String(text);
  if (dots < 0) fault("ValueError", "level must be >= 0");
  if (full === "" && dots === 0) fault("ValueError", "Empty module name");
  const from = globals !== undefined && isDict(globals) ? moduleOf(globals) : new PyModule("");
  const module = loadFrom(from, full, dots);
  if (wanted !== undefined && wanted !== None && truth(wanted)) {
    if (module.get("__path__") !== undefined) {
      for (const one of toArray(wanted)) if (one !== "*") importedName(module, String(one));
    }
    return module;
  }
  const dot = full.indexOf(".");
  return dot < 0 || dots > 0 ? module : runtime().load(full.slice(0, dot));
}

/** Puts these functions into the module of built-in names. */
export function fillDynamic(module: PyModule): void {
  const put = (
    name: string,
    what: ConstructorParameters<typeof PyBuiltin>[1],
    here?: FrameFunction,
  ): void => {
    const builtin = new PyBuiltin(name, what, module);
    if (here !== undefined) frameFunctions.set(builtin, here);
    module.set(name, builtin);
  };
  put(
    "compile",
    signed(
      "source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1",
      (source: Value, filename: Value, mode: Value, flags?: Value) => {
        if (typeof flags !== "number" || (flags & ONLY_TREE) === 0) {
          return compileValue(source, filename, mode);
        }
        return call(runtime().load("ast").get("parse")!, [source, filename, mode]);
      },
    ),
  );
  for (const name of ["eval", "exec"] as const) {
    put(
      name,
      signed(
        "source, globals=None, locals=None, /",
        (source: Value, globals?: Value, locals?: Value) => evaluate(name, source, globals, locals),
      ),
      (args, globals, locals) =>
        evaluate(name, args[0]!, undefined, undefined, { globals, locals: locals?.() }),
    );
  }
  module.set("__debug__", true);
  put("globals", globalsHere, (_args, globals) => dictOf(globals)!);
  put("locals", globalsHere, (_args, globals, locals) => localsOf(globals, locals));
  put(
    "__import__",
    signed(
      "name, globals=None, locals=None, fromlist=(), level=0",
      (name: Value, globals?: Value, _locals?: Value, wanted?: Value, level?: Value) =>
        imported(name, globals, wanted, level),
    ),
  );
}
