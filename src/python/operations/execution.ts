/** `compile`, `eval` and `exec`: https://docs.python.org/3/library/functions.html#exec */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { compileTree, type Kind, parseFor, type Program } from "../compiler/compile.ts";
import { PyBytes, PyByteArray } from "../objects/bytes.ts";
import { PyCode } from "../objects/code.ts";
import { AttributeDict, isDict, PyDict } from "../objects/dict.ts";
import { exceptionType, makeException, PyException, raising, setField } from "../objects/exception.ts";
import type { Code } from "../objects/function.ts";
import { PyModule } from "../objects/module.ts";
import { bag, None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup } from "../objects/type.ts";
import { PythonSyntaxError } from "../syntax/error.ts";
import type { Module } from "../syntax/tree.ts";
import { dictOf } from "./attributes.ts";
import { textOf } from "./repr.ts";
import { frameAt } from "./traceback.ts";
import { typeName, typeOf } from "./typeof.ts";

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
    return (this.apartProgram ??= compileTree(this.tree, filename, kind, source, true));
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

/** Compiles a source; what is wrong with it is a SyntaxError of the program. */
export function compileText(source: string | Uint8Array, filename: string, kind: Kind): PyProgram {
  spend(source.length);
  let tree: Module | undefined;
  try {
    tree = parseFor(source, kind);
    const text = typeof source === "string" ? source : undefined;
    return new PyProgram(tree, compileTree(tree, filename, kind, text));
  } catch (error) {
    // The symbol table does not know the text any more.
    const text = tree === undefined ? lineOf(source, error, kind) : None;
    throw asSyntaxError(error, filename, text) ?? error;
  }
}

function lineOf(source: string | Uint8Array, error: unknown, kind: Kind): Value {
  if (!(error instanceof PythonSyntaxError)) return None;
  const text = typeof source === "string" ? source : new TextDecoder("latin1").decode(source);
  const line = text.split(/\r\n?|\n/)[error.lineno - 1];
  if (line === undefined || error.lineno === 0) return error.lineno === 0 ? "" : None;
  return kind === "eval" ? line : `${line}\n`;
}

/** The exception for what the parser or the symbol table refuses; `undefined` for other errors. */
export function asSyntaxError(
  error: unknown,
  filename: string,
  text: Value,
): PyException | undefined {
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
    ["filename", filename],
    ["lineno", error.lineno],
    ["offset", error.offset],
    ["text", text],
    ["end_lineno", error.end_lineno],
    ["end_offset", error.end_offset ?? None],
  ];
  const details = new PyTuple(place.map(([, value]) => value));
  const exception = makeException(exceptionType(error.kind), [error.message, details]);
  setField(exception, "msg", error.message);
  for (const [name, value] of place) setField(exception, name, value);
  return raising(exception);
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
  globals.set("__builtins__", runtime().builtins);
  return runtime().builtins;
}

/** The source that a program gives as text or bytes. */
function sourceOf(value: Value): string | Uint8Array | undefined {
  const text = textOf(value);
  if (typeof text === "string") return text;
  if (text !== undefined) {
    fault("UnicodeEncodeError", "utf-8", value, 0, 1, "surrogates not allowed");
  }
  return value instanceof PyBytes || value instanceof PyByteArray ? value.data : undefined;
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
  if (text === undefined) fault("TypeError", "compile() arg 1 must be a string, bytes or AST object");
  return compileText(text, String(name), mode);
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
    fault("TypeError", what === "eval" ? "globals must be a dict" : `exec() globals must be a dict, not ${typeName(own)}`);
  }
  if (names !== undefined && lookup(typeOf(names), "__getitem__") === undefined) {
    fault("TypeError", what === "eval" ? "locals must be a mapping" : `locals must be a mapping or None, not ${typeName(names)}`);
  }
  const globals =
    own !== undefined ? moduleOf(own) : (here?.globals ?? frameAt(0)?.globals ?? fault("SystemError", "globals and locals cannot be NULL"));
  const space = names ?? (own === undefined ? here?.locals : undefined);
  const code = codeFor(what, source);
  const isApart = space !== undefined && space !== own && space !== dictOf(globals);
  const value = runtime().execute(isApart ? code.apart : code.program, globals, builtinsOf(globals), isApart ? space : undefined);
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
  if (text === undefined) fault("TypeError", `${what}() arg 1 must be a string, bytes or code object`);
  const trimmed = what === "eval" && typeof text === "string" ? text.replace(/^[ \t]+/, "") : text;
  return compileText(trimmed, "<string>", what);
}
