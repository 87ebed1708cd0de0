/** Exception groups and `except*`: https://peps.python.org/pep-0654/ */
import { enter, leave, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { storeAttribute } from "../objects/dict.ts";
import {
  exceptionType,
  makeException,
  PyException,
  PyExceptionGroup,
} from "../objects/exception.ts";
import { PyList } from "../objects/list.ts";
import { None, type Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isSubtype, ownAttribute, PyType } from "../objects/type.ts";
import { getAttribute } from "./attributes.ts";
import { call1 } from "./call.ts";
import { caught, matches } from "./handlers.ts";
import { tracebackOf } from "./traceback.ts";
import { typeName } from "./typeof.ts";

/** Makes a group of a built-in class: an ExceptionGroup where that can hold all of it. One that wraps a single exception says so in its `args`. */
function makeGroup(
  message: Value,
  exceptions: readonly PyException[],
  wrapped = false,
): PyExceptionGroup {
  const plain = exceptions.every((one) => isSubtype(one.type, exceptionType("Exception")));
  const type = exceptionType(plain ? "ExceptionGroup" : "BaseExceptionGroup");
  const items = [...exceptions];
  const given = wrapped ? new PyTuple(items) : new PyList(items);
  return fillGroup(makeException(type, [message, given]), message, exceptions);
}

/** Gives a new group what it holds. */
export function fillGroup(
  made: PyException,
  message: Value,
  exceptions: readonly PyException[],
): PyExceptionGroup {
  const group = made as PyExceptionGroup;
  group.message = message;
  group.exceptions = new PyTuple([...exceptions]);
  return group;
}

/** A part of a group, or `undefined` for none. */
type Part = PyException | undefined;

/** Splits by a condition; each part keeps the nesting of the whole. */
export function split(
  exception: PyException,
  fits: (one: PyException) => boolean,
  wantsRest = true,
): [match: Part, rest: Part] {
  spend(1);
  if (fits(exception)) return [exception, undefined];
  if (!(exception instanceof PyExceptionGroup)) return [undefined, exception];
  const match: PyException[] = [];
  const rest: PyException[] = [];
  enter();
  for (const one of exception.exceptions.items) {
    const [taken, left] = split(one as PyException, fits, wantsRest);
    if (taken !== undefined) match.push(taken);
    if (left !== undefined) rest.push(left);
  }
  leave();
  return [subset(exception, match), wantsRest ? subset(exception, rest) : undefined];
}

/** A group like this one with other exceptions, made by its `derive`. */
function subset(group: PyExceptionGroup, exceptions: PyException[]): Part {
  if (exceptions.length === 0) return undefined;
  const made = call1(getAttribute(group, "derive"), new PyList(exceptions));
  if (!(made instanceof PyExceptionGroup)) {
    fault("TypeError", "derive must return an instance of BaseExceptionGroup");
  }
  // The parts share the traceback of the whole.
  tracebackOf(group);
  made.trace = group.trace;
  made.raisedDepth = group.raisedDepth;
  made.caughtDepth = group.caughtDepth;
  made.earlier = group.earlier;
  made.given = group.given;
  made.made = group.made;
  made.context = group.context;
  made.cause = group.cause;
  const notes = ownAttribute(group, "__notes__");
  if (notes instanceof PyList) storeAttribute(made, "__notes__", new PyList([...notes.items]));
  return made;
}

/** Whether two exceptions were raised as one. */
function isSameRaise(a: PyException, b: PyException): boolean {
  return (
    a.trace === b.trace && a.given === b.given && a.cause === b.cause && a.context === b.context
  );
}

/** What the clauses of one `except*` have left so far. */
export interface Split {
  readonly exception: PyException;
  rest: Part;
  /** What handlers raised. */
  readonly raised: PyException[];
}

/** Begins to handle what was thrown. */
export function openSplit(thrown: unknown, depth: number): Split {
  const exception = caught(thrown, depth);
  return { exception, rest: exception, raised: [] };
}

function checkClause(type: Value): void {
  for (const one of type instanceof PyTuple ? type.items : [type]) {
    if (!(one instanceof PyType) || !isSubtype(one, exceptionType("BaseException"))) {
      fault("TypeError", "catching classes that do not inherit from BaseException is not allowed");
    }
    if (isSubtype(one, exceptionType("BaseExceptionGroup"))) {
      fault(
        "TypeError",
        "catching ExceptionGroup with except* is not allowed. Use except instead.",
      );
    }
  }
}

/** What one clause takes: a group, even of a single exception; `undefined` for nothing. */
export function splitPart(state: Split, type: Value): Part {
  checkClause(type);
  const { rest } = state;
  if (rest === undefined) return undefined;
  if (matches(rest, type)) {
    state.rest = undefined;
    return rest instanceof PyExceptionGroup ? rest : makeGroup("", [rest], true);
  }
  if (!(rest instanceof PyExceptionGroup)) return undefined;
  const parts = call1(getAttribute(rest, "split"), type);
  if (!(parts instanceof PyTuple)) {
    fault("TypeError", `${typeName(rest)}.split must return a tuple, not ${typeName(parts)}`);
  }
  if (parts.items.length < 2) {
    fault(
      "TypeError",
      `${typeName(rest)}.split must return a 2-tuple, got tuple of size ${parts.items.length}`,
    );
  }
  const [match, left] = parts.items as [Value, Value];
  state.rest = left instanceof PyException ? left : undefined;
  return match instanceof PyException ? match : undefined;
}

/** A handler has raised. */
export function splitFailed(state: Split, thrown: unknown, depth: number): void {
  state.raised.push(caught(thrown, depth));
}

/** Raises what no clause took, together with what handlers raised. */
export function closeSplit(state: Split): void {
  const { exception, raised, rest } = state;
  const all = rest === undefined ? raised : [...raised, rest];
  const [first] = all;
  if (first === undefined) return;
  if (!(exception instanceof PyExceptionGroup)) throw first;
  const anew = all.filter((one) => !isSameRaise(one, exception));
  const again = all.filter((one) => isSameRaise(one, exception));
  const leaves = new Set<PyException>();
  for (const one of again) collectLeaves(one, leaves);
  const [projection] = split(exception, (one) => leaves.has(one), false);
  if (projection !== undefined) anew.push(projection);
  throw anew.length === 1 ? anew[0]! : makeGroup("", anew);
}

function collectLeaves(exception: PyException, leaves: Set<PyException>): void {
  spend(1);
  if (!(exception instanceof PyExceptionGroup)) {
    leaves.add(exception);
    return;
  }
  enter();
  for (const one of exception.exceptions.items) collectLeaves(one as PyException, leaves);
  leave();
}

/** The condition that `split` and `subgroup` are given: a class, classes, or a function. */
export function conditionOf(
  value: Value,
  truthOf: (value: Value) => boolean,
): (one: PyException) => boolean {
  const base = exceptionType("BaseException");
  const isClass = (one: Value): boolean => one instanceof PyType && isSubtype(one, base);
  if (isClass(value) || (value instanceof PyTuple && value.items.every(isClass))) {
    return (one) => matches(one, value);
  }
  if (!(value instanceof PyType) && typeof value === "object" && isCallable(value)) {
    return (one) => truthOf(call1(value, one));
  }
  fault("TypeError", "expected a function, exception type or tuple of exception types");
}

function isCallable(value: Value): boolean {
  if (value instanceof PyTuple || value === None) return false;
  return typeof value === "object" && value.type.proto["c___call__"] !== undefined;
}
