/** How the parts of the runtime that know no Python objects raise a Python exception: by its name. */

/** The built-in exception types that such parts raise. */
export type FaultName =
  | "ArithmeticError"
  | "AssertionError"
  | "AttributeError"
  | "BufferError"
  | "EOFError"
  | "FileExistsError"
  | "FileNotFoundError"
  | "ImportError"
  | "IndexError"
  | "IsADirectoryError"
  | "KeyError"
  | "LookupError"
  | "MemoryError"
  | "ModuleNotFoundError"
  | "NameError"
  | "NotADirectoryError"
  | "NotImplementedError"
  | "OSError"
  | "OverflowError"
  | "PermissionError"
  | "RecursionError"
  | "ReferenceError"
  | "RuntimeError"
  | "StopAsyncIteration"
  | "SystemError"
  | "TypeError"
  | "UnboundLocalError"
  | "UnicodeDecodeError"
  | "UnicodeEncodeError"
  | "ValueError"
  | "ZeroDivisionError";

/** Makes the exception that a fault throws. */
export type FaultMaker = (name: FaultName, args: readonly unknown[]) => unknown;

let maker: FaultMaker = (name, args) => new Error(`${name}: ${args.map(String).join(", ")}`);

/** Says how faults become exceptions, which the object model does once; returns what did before. */
export function setFaultMaker(make: FaultMaker): FaultMaker {
  const before = maker;
  maker = make;
  return before;
}

/** Throws a Python exception: its type's name, then the arguments of its constructor, mostly one message. */
export function fault(name: FaultName, ...args: readonly unknown[]): never {
  throw maker(name, args);
}
