/** Exceptions: their classes, how they are made, and where they were raised. */
import { setFaultMaker } from "../fault.ts";
import { PyObject, type Value } from "./object.ts";
import { state } from "./state.ts";
import { PyTuple } from "./tuple.ts";
import { type Maker, PyType } from "./type.ts";
import { objectType } from "./root.ts";

/** An exception of the program, thrown as it is. */
export class PyException extends PyObject {
  args: PyTuple;
  cause: Value | undefined = undefined;
  context: PyException | undefined = undefined;
  suppress = false;
  /** The JavaScript stack where it was raised; traceback.ts reads it. */
  trace: Error | undefined = undefined;
  /** Calls that were left in depth where it was raised, and where it was caught: how much of the stack is its own. */
  raisedDepth = 0;
  caughtDepth: number | undefined = undefined;
  /** Set by `with_traceback` and `__traceback__ =`. */
  traceback: Value | undefined = undefined;

  constructor(args: readonly Value[]) {
    super();
    this.args = new PyTuple([...args]);
  }
}

/** `StopIteration`, whose value is a field. */
export class PyStopIteration extends PyException {
  get value(): Value | undefined {
    return this.args.items[0];
  }
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
under("BaseException", "Exception SystemExit KeyboardInterrupt GeneratorExit BaseExceptionGroup");
under(
  "Exception",
  "ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopAsyncIteration SyntaxError SystemError TypeError ValueError Warning",
);
under("Exception", "StopIteration", PyStopIteration);
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
  exception.trace = new Error();
  exception.caughtDepth = undefined;
  const handling = state.handling;
  if (handling !== undefined && handling !== exception) {
    cutCycle(handling, exception);
    exception.context = handling;
  }
  return exception;
}

/** Keeps a chain of contexts from running into itself. */
function cutCycle(from: PyException, exception: PyException): void {
  let at: PyException | undefined = from;
  while (at !== undefined) {
    if (at.context === exception) {
      at.context = undefined;
      return;
    }
    at = at.context;
  }
}

setFaultMaker((name, args) => raising(makeException(exceptionType(name), args as Value[])));

/** A fault whose class a caller computed. */
export function throwException(type: PyType, ...args: Value[]): never {
  throw raising(makeException(type, args));
}

/** Whether something thrown is an exception of a built-in class or below. */
export function isException(thrown: unknown, name: string): thrown is PyException {
  return thrown instanceof PyException && thrown.type.mro.includes(exceptionType(name));
}
