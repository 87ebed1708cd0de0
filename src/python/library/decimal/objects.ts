/** The objects of `decimal`, the context of a run, and how signals become exceptions. */
import { fault } from "../../fault.ts";
import {
  type Context,
  type Decimal,
  DecimalSignal,
  defaultContext,
  fromInt,
  type Rounding,
  settle,
  SIGNAL,
  type SignalName,
} from "../../numeric/decimal/number.ts";
import { exceptionType, throwException } from "../../objects/exception.ts";
import { PyList } from "../../objects/list.ts";
import { None, PyObject, type Value } from "../../objects/object.ts";
import { type Runtime, runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { type Maker, PyType, settle as settleType } from "../../objects/type.ts";
import { intOf } from "../../operations/numbers.ts";
import { textOf } from "../../operations/repr.ts";
import { typeName } from "../../operations/typeof.ts";

export class PyDecimal extends PyObject {
  readonly value: Decimal;
  constructor(value: Decimal) {
    super();
    this.value = value;
  }
}

export class PyContext extends PyObject {
  readonly context: Context;
  constructor(context: Context) {
    super();
    this.context = context;
  }
}

/** The flags or the traps of a context, seen as a mapping of signals to bools. */
export class PySignals extends PyObject {
  readonly context: Context;
  readonly field: "flags" | "traps";
  constructor(context: Context, field: "flags" | "traps") {
    super();
    this.context = context;
    this.field = field;
  }
}

export class PyContextManager extends PyObject {
  readonly local: PyContext;
  before: PyContext | undefined = undefined;
  constructor(local: PyContext) {
    super();
    this.local = local;
  }
}

export class PyDecimalTuple extends PyTuple {}

export const ROUNDINGS: readonly Rounding[] = [
  "ROUND_CEILING",
  "ROUND_FLOOR",
  "ROUND_UP",
  "ROUND_DOWN",
  "ROUND_HALF_UP",
  "ROUND_HALF_DOWN",
  "ROUND_HALF_EVEN",
  "ROUND_05UP",
];

let signals: ReadonlyMap<string, PyType> | undefined;

/** The exceptions, by name; made when they are first asked for. */
export function signalTypes(): ReadonlyMap<string, PyType> {
  if (signals !== undefined) return signals;
  const made = new Map<string, PyType>();
  const define = (name: string, ...bases: string[]): void => {
    const parents = bases.map((base) => made.get(base) ?? exceptionType(base));
    const Base = parents[0]!.js as unknown as new (...args: unknown[]) => PyObject;
    const js = class extends Base {} as unknown as Maker;
    const type = new PyType({ name, bases: parents, js, module: "decimal" });
    settleType(type);
    made.set(name, type);
  };
  define("DecimalException", "ArithmeticError");
  for (const name of ["Clamped", "InvalidOperation", "Inexact", "Rounded", "Subnormal"]) {
    define(name, "DecimalException");
  }
  define("DivisionByZero", "DecimalException", "ZeroDivisionError");
  define("FloatOperation", "DecimalException", "TypeError");
  define("Overflow", "Inexact", "Rounded");
  define("Underflow", "Inexact", "Rounded", "Subnormal");
  for (const name of ["ConversionSyntax", "DivisionImpossible", "InvalidContext"]) {
    define(name, "InvalidOperation");
  }
  define("DivisionUndefined", "InvalidOperation", "ZeroDivisionError");
  return (signals = made);
}

/** The names of all signals, in CPython's order. */
export const SIGNALS = Object.keys(SIGNAL) as SignalName[];

/** Ends an operation: a trapped signal becomes its exception. */
export function finish<T>(context: Context, result: T): T {
  if (context.status === 0) return result;
  try {
    return settle(context, result);
  } catch (error) {
    if (!(error instanceof DecimalSignal)) throw error;
    const types = signalTypes();
    const conditions = error.conditions.map((name) => types.get(name)!);
    throwException(types.get(error.signal)!, new PyList(conditions));
  }
}

/** A result of an operation, as an object. */
export function decimal(context: Context, result: Decimal): PyDecimal {
  return new PyDecimal(finish(context, result));
}

/** The contexts of a run: the one in use, and the templates that a program may change. */
export interface Contexts {
  current: PyContext | undefined;
  readonly standard: PyContext;
  readonly basic: PyContext;
  readonly extended: PyContext;
}

const ofRun = new WeakMap<Runtime, Contexts>();

export function contexts(): Contexts {
  const run = runtime();
  let found = ofRun.get(run);
  if (found === undefined) {
    const all = 0b111111111;
    const quiet = SIGNAL.Inexact | SIGNAL.Rounded | SIGNAL.Subnormal | SIGNAL.FloatOperation;
    found = {
      current: undefined,
      standard: new PyContext(defaultContext()),
      basic: new PyContext({
        ...defaultContext(),
        prec: 9,
        rounding: "ROUND_HALF_UP",
        traps: all & ~quiet,
      }),
      extended: new PyContext({ ...defaultContext(), prec: 9, traps: 0 }),
    };
    ofRun.set(run, found);
  }
  return found;
}

/** The context in use. */
export function currentContext(): Context {
  const found = contexts();
  found.current ??= new PyContext({ ...found.standard.context, flags: 0, status: 0 });
  return found.current.context;
}

/** An optional argument `context`. */
export function contextOf(value: Value | undefined): Context {
  if (value === undefined || value === None) return currentContext();
  if (value instanceof PyContext) return value.context;
  fault("TypeError", "optional argument must be a context");
}

/** A Decimal or an int, as an operand; `undefined` for anything else. */
export function operandOf(value: Value): Decimal | undefined {
  if (value instanceof PyDecimal) return value.value;
  const int = intOf(value);
  return int === undefined ? undefined : fromInt(BigInt(int));
}

/** An argument that has to be one. */
export function requireDecimal(value: Value): Decimal {
  return (
    operandOf(value) ??
    fault("TypeError", `conversion from ${typeName(value)} to Decimal is not supported`)
  );
}

/** An argument `rounding`. */
export function roundingOf(value: Value | undefined, otherwise: Rounding): Rounding {
  if (value === undefined || value === None) return otherwise;
  const text = textOf(value);
  const found = ROUNDINGS.find((one) => one === text);
  if (found !== undefined) return found;
  fault(
    "TypeError",
    "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
  );
}
