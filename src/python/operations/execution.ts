/** `compile`, `eval` and `exec`: https://docs.python.org/3/library/functions.html#exec */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { compileTree, type Kind, type Program } from "../compiler/compile.ts";
import { PyBytes, PyByteArray } from "../objects/bytes.ts";
import { PyCode } from "../objects/code.ts";
import { AttributeDict, isDict, PyDict } from "../objects/dict.ts";
import type { Code } from "../objects/function.ts";
import { PyMemoryView } from "../objects/memoryview.ts";
import { PyModule } from "../objects/module.ts";
import { bag, None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { lookup, PyType } from "../objects/type.ts";
import type { Module } from "../syntax/tree.ts";
import { encode } from "../text/encode.ts";
import { toJs } from "../text/wide.ts";
import { dictOf } from "./attributes.ts";
import { call } from "./call.ts";
import { requireBytes } from "./bytes.ts";
import { textOf } from "./repr.ts";
import { compileText } from "./source.ts";
import { frameAt } from "./traceback.ts";
import { isInstance, typeName, typeOf } from "./typeof.ts";

/** What `compile` gives: a program that runs in the globals, or apart from them. */
export class PyProgram extends PyCode {
  readonly program: Program;
  private readonly tree: Module;
  private apartProgram: Program | undefined;

  constructor(tree: Module, program: Program) {
    super(codeOf(program.filename));
    this.tree = tree;
    this.program = program;
  }

  /** The program whose names live in a namespace of their own. */
  get apart(): Program {
    const { filename, kind, source } = this.program;
    return (this.apartProgram ??= compileTree(this.tree, filename, kind, source, { apart: true }));
  }
}

function codeOf(filename: string): Code {
  return {
    name: "<module>",
    qualname: "<module>",
    filename,
    line: 1,
    parameters: [],
    positionalOnly: 0,
    positional: 0,
    keywordOnly: 0,
    args: false,
    kwargs: false,
    kind: "function",
    doc: undefined,
    locals: [],
    free: [],
  };
}

function programOf(source: string | Uint8Array, filename: string, kind: Kind): PyProgram {
  spend(source.length);
  const { tree, program } = compileText(source, filename, kind);
  // Tracebacks show the lines of files, and of the program itself.
  return new PyProgram(tree, { ...program, source: undefined });
}

/** The namespace that a dict is: from now on the dict shows a module's attributes. */
export function moduleOf(dict: PyDict): PyModule {
  if (dict instanceof AttributeDict && dict.owner instanceof PyModule) return dict.owner;
  const module = new PyModule("");
  delete bag(module)["a___name__"];
  (module as { attributeDict?: PyDict }).attributeDict = dict;
  AttributeDict.adopt(dict, module);
  return module;
}

/** The built-in names that a namespace brings along under `__builtins__`. */
function builtinsOf(globals: PyModule): PyModule {
  const own = globals.get("__builtins__");
  if (own instanceof PyModule) return own;
  if (own !== undefined && isDict(own)) return moduleOf(own);
  const { builtins } = runtime();
  if (own === undefined) globals.set("__builtins__", dictOf(builtins)!);
  return builtins;
}

/** The source that a program gives as text or bytes. */
function sourceOf(value: Value): string | Uint8Array | undefined {
  const text = textOf(value);
  if (typeof text === "string") return text;
  if (text !== undefined) {
    // A lone surrogate is no source: encoding says where it stands.
    encode(text);
    return toJs(text);
  }
  const isBuffer =
    value instanceof PyBytes || value instanceof PyByteArray || value instanceof PyMemoryView;
  return isBuffer ? requireBytes(value) : undefined;
}

/** `compile(source, filename, mode)`. */
export function compileValue(source: Value, filename: Value, mode: Value): PyCode {
  if (mode !== "exec" && mode !== "eval" && mode !== "single") {
    fault("ValueError", "compile() mode must be 'exec', 'eval' or 'single'");
  }
  const name = textOf(filename);
  if (name === undefined) {
    fault("TypeError", `expected str, bytes or os.PathLike object, not ${typeName(filename)}`);
  }
  const text = sourceOf(source);
  if (text !== undefined) return programOf(text, String(name), mode);
  // A tree can only come from `ast`, which knows how to take one apart.
  const ast = runtime().modules.get("ast");
  const node = ast?.get("AST");
  if (!(node instanceof PyType) || !isInstance(source, node)) {
    fault("TypeError", "compile() arg 1 must be a string, bytes or AST object");
  }
  return call(ast!.get("_compile")!, [source, name as Value, mode]) as PyCode;
}

/** `eval` and `exec`, where `globals` and `locals` were not given, in the frame that calls them. */
export function evaluate(
  what: "eval" | "exec",
  source: Value,
  given: Value | undefined,
  locals: Value | undefined,
  here?: { globals: PyModule; locals: Value | undefined },
): Value {
  const own = given === None ? undefined : given;
  const names = locals === None ? undefined : locals;
  if (own !== undefined && !isDict(own)) {
    fault(
      "TypeError",
      what === "eval"
        ? lookup(typeOf(own), "__getitem__") === undefined
          ? "globals must be a dict"
          : "globals must be a real dict; try eval(expr, {}, mapping)"
        : `exec() globals must be a dict, not ${typeName(own)}`,
    );
  }
  if (names !== undefined && lookup(typeOf(names), "__getitem__") === undefined) {
    fault(
      "TypeError",
      what === "eval"
        ? "locals must be a mapping"
        : `locals must be a mapping or None, not ${typeName(names)}`,
    );
  }
  // A class of the program says itself what its names are: they are asked of it.
  const asked = own !== undefined && typeOf(own).open;
  const globals =
    own !== undefined
      ? moduleOf(asked ? PyDict.ofEntries(own.entries()) : own)
      : (here?.globals ??
        frameAt(0)?.globals ??
        fault("SystemError", "globals and locals cannot be NULL"));
  const space = names ?? (own === undefined ? here?.locals : asked ? own : undefined);
  const code = codeFor(what, source);
  const isApart = space !== undefined && (asked || space !== own) && space !== dictOf(globals);
  const value = runtime().execute(
    isApart ? code.apart : code.program,
    globals,
    builtinsOf(globals),
    isApart ? space : undefined,
  );
  return what === "exec" || code.program.kind !== "eval" ? None : value;
}

function codeFor(what: "eval" | "exec", source: Value): PyProgram {
  if (source instanceof PyProgram) return source;
  if (source instanceof PyCode) {
    const { func } = source;
    if (func === undefined || source.code.parameters.length > 0 || source.code.free.length > 0) {
      fault("TypeError", `code object passed to ${what}() may not contain free variables`);
    }
    fault("TypeError", `code objects of functions cannot be run by ${what}()`);
  }
  const text = sourceOf(source);
  if (text === undefined)
    fault("TypeError", `${what}() arg 1 must be a string, bytes or code object`);
  const trimmed = what === "eval" && typeof text === "string" ? text.replace(/^[ \t]+/, "") : text;
  return programOf(trimmed, "<string>", what);
}
