/** Exceptions: their classes, how they are made, and where they were raised. */
import { DEPTH, meter } from "../budget.ts";
import { setFaultMaker } from "../fault.ts";
import { fromJs } from "../text/wide.ts";
import { PyBytes } from "./bytes.ts";
import { bag, PyObject, type Value } from "./object.ts";
import { state } from "./state.ts";
import type { PyTraceback } from "./traceback.ts";
import { PyTuple } from "./tuple.ts";
import { type Maker, PyType } from "./type.ts";
import { objectType } from "./root.ts";

/** One time that an exception was raised. */
export interface Raise {
  readonly trace: Error;
  readonly raisedDepth: number;
  readonly caughtDepth: number | undefined;
  readonly earlier: Raise | undefined;
  /** How many there were before. */
  readonly count: number;
}

/** An exception of the program, thrown as it is. */
export class PyException extends PyObject {
  args: PyTuple;
  cause: Value | undefined = undefined;
  context: PyException | undefined = undefined;
  suppress = false;
  /** The JavaScript stack where it was raised last; operations/traceback.ts reads it. */
  trace: Error | undefined = undefined;
  /** Calls that were left in depth where it was raised, and where it was caught: how much of the stack is its own. */
  raisedDepth = 0;
  caughtDepth: number | undefined = undefined;
  /** Where it was raised before that. */
  earlier: Raise | undefined = undefined;
  /** What `with_traceback` and `__traceback__ =` gave it: the innermost part. */
  given: PyTraceback | undefined = undefined;
  /** The traceback as it was last made, and for which catch. */
  made:
    | { readonly depth: number | undefined; readonly traceback: PyTraceback | undefined }
    | undefined = undefined;

  constructor(args: readonly Value[]) {
    super();
    this.args = new PyTuple([...args]);
  }
}

/** What some classes keep beside `args`, such as `name` and `errno`: a property of the JavaScript object, under a prefix of its own. */
export function setField(exception: PyException, name: string, value: Value): void {
  bag(exception)[`x_${name}`] = value;
}

/** Forgets such a field. */
export function dropField(exception: PyException, name: string): void {
  delete bag(exception)[`x_${name}`];
}

/** Such a field, `undefined` where nobody set it. */
export function fieldOf(exception: PyException, name: string): Value | undefined {
  return bag(exception)[`x_${name}`];
}

/** `BaseExceptionGroup` and below. */
export class PyExceptionGroup extends PyException {
  message: Value = "";
  exceptions: PyTuple = new PyTuple([]);
}

const types = new Map<string, PyType>();

function define(names: string, base: PyType, js: Maker = base.js): void {
  for (const name of names.split(" ")) {
    const parent = js as new (args: readonly Value[]) => PyException;
    const type = new PyType({ name, bases: [base], js: class extends parent {} });
    type.mro = [type, ...base.mro];
    types.set(name, type);
  }
}

/** The class of exceptions of this name. */
export function exceptionType(name: string): PyType {
  const type = types.get(name);
  if (type === undefined) throw new Error(`no exception is called ${name}`);
  return type;
}

/** All classes of exceptions, by name. */
export function exceptionTypes(): ReadonlyMap<string, PyType> {
  return types;
}

const baseException = new PyType({ name: "BaseException", bases: [objectType], js: PyException });
baseException.mro = [baseException, objectType];
baseException.hasDict = true;
types.set("BaseException", baseException);

const under = (base: string, names: string, js?: Maker): void => {
  define(names, exceptionType(base), js);
};
under("BaseException", "Exception SystemExit KeyboardInterrupt GeneratorExit");
under("BaseException", "BaseExceptionGroup", PyExceptionGroup);
under(
  "Exception",
  "ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning",
);
under("ArithmeticError", "FloatingPointError OverflowError ZeroDivisionError");
under("ImportError", "ModuleNotFoundError");
under("LookupError", "IndexError KeyError");
under("NameError", "UnboundLocalError");
under(
  "OSError",
  "BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError",
);
under(
  "ConnectionError",
  "BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError",
);
under("RuntimeError", "NotImplementedError RecursionError");
under("SyntaxError", "IndentationError");
under("IndentationError", "TabError");
under("ValueError", "UnicodeError");
under("UnicodeError", "UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError");
under(
  "Warning",
  "BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning",
);
{
  // An exception group is an Exception too, and its instances stay BaseExceptionGroup's.
  const bases = [exceptionType("BaseExceptionGroup"), exceptionType("Exception")];
  const parent = bases[0]!.js as new (args: readonly Value[]) => PyException;
  const group = new PyType({ name: "ExceptionGroup", bases, js: class extends parent {} });
  group.mro = [group, ...bases, baseException, objectType];
  types.set("ExceptionGroup", group);
}

/** Makes an exception of a built-in class. */
export function makeException(type: PyType, args: readonly Value[]): PyException {
  return new (type.js as new (args: readonly Value[]) => PyException)(args);
}

/** Notes where an exception is raised, and what was being handled; returns it, to be thrown. */
export function raising(exception: PyException): PyException {
  return inContext(placed(exception), state.handling);
}

/** Notes where an exception is raised. */
export function placed(exception: PyException): PyException {
  if (exception.trace !== undefined) remember(exception, exception.trace);
  exception.trace = new Error();
  exception.raisedDepth = meter[DEPTH]!;
  exception.caughtDepth = undefined;
  exception.made = undefined;
  return exception;
}

/** Notes what was being handled when an exception was raised. */
export function inContext(exception: PyException, handling: PyException | undefined): PyException {
  if (handling !== undefined && handling !== exception) {
    cutCycle(handling, exception);
    exception.context = handling;
  }
  return exception;
}

/** An object that is raised again and again does not keep every stack it has seen. */
const REMEMBERED = 64;

function remember(exception: PyException, trace: Error): void {
  const { raisedDepth, caughtDepth, earlier } = exception;
  const count = (earlier?.count ?? 0) + 1;
  exception.earlier =
    count > REMEMBERED ? undefined : { trace, raisedDepth, caughtDepth, earlier, count };
}

/** Keeps a chain of contexts from running into itself; one that a program closed into a ring already ends the walk (Floyd). */
function cutCycle(from: PyException, exception: PyException): void {
  let slow = from;
  let even = false;
  for (let at = from; at.context !== undefined; even = !even) {
    if (at.context === exception) {
      at.context = undefined;
      return;
    }
    at = at.context;
    if (at === slow) return;
    if (even) slow = slow.context!;
  }
}

/** What codecs say when they fail: fields of their exceptions, in the order of their arguments. */
const UNICODE = ["encoding", "object", "start", "end", "reason"];

setFaultMaker((name, given) => {
  const args = given.map((arg) => {
    if (typeof arg === "string") return fromJs(arg);
    return arg instanceof Uint8Array ? new PyBytes(arg) : (arg as Value);
  });
  const exception = makeException(exceptionType(name), args);
  if (name.startsWith("Unicode"))
    UNICODE.forEach((field, i) => setField(exception, field, args[i]!));
  return raising(exception);
});

/** A fault whose class a caller computed. */
export function throwException(type: PyType, ...args: Value[]): never {
  throw raising(makeException(type, args));
}

/**
 * Whether something thrown is an exception of a built-in class or below. What
 * catches one gives the depth of calls from before, which is put right.
 */
export function isException(thrown: unknown, name: string, depth?: number): thrown is PyException {
  if (!(thrown instanceof PyException && thrown.type.mro.includes(exceptionType(name))))
    return false;
  if (depth !== undefined) meter[DEPTH] = depth;
  return true;
}
