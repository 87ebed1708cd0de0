/** What compiled `try`, `except`, `raise` and `with` are made of. */
import { DEPTH, meter } from "../budget.ts";
import { fault } from "../fault.ts";
import { exceptionType, makeException, PyException, raising } from "../objects/exception.ts";
import { None, type Value } from "../objects/object.ts";
import { state } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isSubtype, lookup, PyType } from "../objects/type.ts";
import { bindDescriptor } from "./attributes.ts";
import { tracebackOf } from "./traceback.ts";
import { call } from "./call.ts";
import { repr } from "./repr.ts";
import { truth } from "./truth.ts";
import { typeName, typeOf } from "./typeof.ts";

/** What a handler gets for something thrown; what no program may catch goes on. */
export function caught(thrown: unknown, depth: number): PyException {
  const exception = asException(thrown);
  if (exception === undefined) throw thrown;
  exception.caughtDepth = depth;
  meter[DEPTH] = depth;
  return exception;
}

/** The exception that something thrown stands for; `undefined` for limits, suspensions and faults of our own. */
export function asException(thrown: unknown): PyException | undefined {
  if (thrown instanceof PyException) return thrown;
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) {
    const exception = raising(
      makeException(exceptionType("RecursionError"), ["maximum recursion depth exceeded"]),
    );
    exception.trace = thrown;
    return exception;
  }
  return undefined;
}

/** Whether an `except` clause takes an exception. */
export function matches(exception: PyException, clause: Value): boolean {
  if (clause instanceof PyType && isSubtype(clause, exceptionType("BaseException"))) {
    return isSubtype(exception.type, clause);
  }
  if (clause instanceof PyTuple) {
    const { items } = clause;
    // All are looked at: one that is no class is an error, even behind one that fits.
    return items.map((one) => matches(exception, one)).includes(true);
  }
  fault("TypeError", "catching classes that do not inherit from BaseException is not allowed");
}

/** `raise value`. */
export function raise(value: Value): never {
  throw raising(toException(value));
}

/** `raise value from cause`. */
export function raiseFrom(value: Value, cause: Value): never {
  const exception = toException(value);
  if (cause === None) exception.cause = None;
  else if (cause instanceof PyException) exception.cause = cause;
  else if (cause instanceof PyType && isSubtype(cause, exceptionType("BaseException"))) {
    exception.cause = call(cause, []);
  } else fault("TypeError", "exception causes must derive from BaseException");
  exception.suppress = true;
  throw raising(exception);
}

/** `raise` alone. */
export function reraise(): never {
  if (state.handling === undefined) fault("RuntimeError", "No active exception to reraise");
  throw state.handling;
}

/** The exception that `raise value` raises. */
export function toException(value: Value): PyException {
  if (value instanceof PyException) return value;
  if (value instanceof PyType && isSubtype(value, exceptionType("BaseException"))) {
    const made = call(value, []);
    if (made instanceof PyException) return made;
    fault(
      "TypeError",
      `calling ${String(repr(value))} should have returned an instance of BaseException, not ${typeName(made)}`,
    );
  }
  fault("TypeError", "exceptions must derive from BaseException");
}

/** `assert`. */
export function assertionFailed(message?: Value): never {
  const args = message === undefined ? [] : [message];
  throw raising(makeException(exceptionType("AssertionError"), args));
}

/** The `__exit__` of a context manager, looked up before it is entered. */
export function withExit(manager: Value, names: readonly [string, string]): Value {
  const own = typeOf(manager);
  const enter = lookup(own, names[0]);
  const exit = lookup(own, names[1]);
  const kind = names[0] === "__enter__" ? "context manager" : "asynchronous context manager";
  if (enter === undefined) {
    fault("TypeError", `'${own.name}' object does not support the ${kind} protocol`);
  }
  if (exit === undefined) {
    fault(
      "TypeError",
      `'${own.name}' object does not support the ${kind} protocol (missed ${names[1]} method)`,
    );
  }
  return bindDescriptor(exit, manager, own);
}

export function withEnter(manager: Value, name: string): Value {
  const own = typeOf(manager);
  return call(bindDescriptor(lookup(own, name)!, manager, own), []);
}

/** Leaves a context after an exception; whether it is swallowed. */
export function withFailed(exit: Value, exception: PyException): boolean {
  return truth(call(exit, exitArguments(exception)));
}

export function exitArguments(exception: PyException): Value[] {
  return [exception.type, exception, tracebackOf(exception)];
}

/** Leaves a context in peace. */
export function withDone(exit: Value): Value {
  return call(exit, [None, None, None]);
}

/** Reading a local variable that has no value. */
export function unbound(name: string): never {
  fault(
    "UnboundLocalError",
    `cannot access local variable '${name}' where it is not associated with a value`,
  );
}

/** Reading a variable of an outer function that has no value. */
export function unboundFree(name: string): never {
  fault(
    "NameError",
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
}
