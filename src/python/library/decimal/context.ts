/** `decimal.Context`, its flags and traps, and `localcontext()`. */
import { PyDict } from "../../objects/dict.ts";
import { PyList } from "../../objects/list.ts";
import { fault } from "../../fault.ts";
import * as arithmetic from "../../numeric/decimal/arithmetic.ts";
import { power, powerModulo } from "../../numeric/decimal/functions.ts";
import { type Context, type Decimal, fit, fromInt, SIGNAL } from "../../numeric/decimal/number.ts";
import { createDecimal, decimalText, fromFloat } from "../../numeric/decimal/text.ts";
import { computed, maker, methods } from "../../objects/define.ts";
import { PyFloat } from "../../objects/float.ts";
import { type Keywords, None, NotImplemented, type Value } from "../../objects/object.ts";
import { NativeIterator } from "../../objects/iterator.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed, type Signed } from "../../objects/signature.ts";
import { exceptionType, throwException } from "../../objects/exception.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { iterate } from "../../operations/iterate.ts";
import { derived, intOf } from "../../operations/numbers.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { truth } from "../../operations/truth.ts";
import { subscript } from "../../operations/subscript.ts";
import { asciiOfNumber } from "../../text/integers.ts";
import { decimalOf } from "./decimal.ts";
import {
  contexts,
  currentContext,
  decimal,
  finish,
  PyContext,
  PyContextManager,
  PyDecimal,
  PySignals,
  requireDecimal,
  roundingOf,
  SIGNALS,
  signalTypes,
} from "./objects.ts";
import { BINARY, PLAIN, UNARY } from "./operations.ts";

const MOST = 999_999_999_999_999_999n;

/** How a Context's repr lists its signals. */
const LISTED = [
  "Clamped",
  "InvalidOperation",
  "DivisionByZero",
  "Inexact",
  "FloatOperation",
  "Overflow",
  "Rounded",
  "Subnormal",
  "Underflow",
] as const;

/** The bit of a signal's class. */
function bitOf(signal: Value): number {
  const types = signalTypes();
  const name = SIGNALS.find((one) => types.get(one) === signal);
  if (name !== undefined) return SIGNAL[name];
  throwException(
    exceptionType("KeyError"),
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]",
  );
}

/** The bits of flags or traps that are set at once: a mapping that names all signals. */
function allBitsOf(value: Value): number {
  if (!(value instanceof PyDict) && !(value instanceof PySignals)) {
    fault("TypeError", "argument must be a signal dict");
  }
  if (value instanceof PyDict && value.size !== SIGNALS.length) {
    throwException(exceptionType("KeyError"), "invalid signal dict");
  }
  return bitsOf(value);
}

/** The bits of flags or traps as an argument: a list of signals, or a mapping to bools. */
function bitsOf(value: Value): number {
  if (value instanceof PySignals) return value.context[value.field];
  const int = intOf(value);
  if (int !== undefined) fault("TypeError", "argument must be a signal dict");
  let bits = 0;
  const mapping = value instanceof PyDict;
  if (!mapping && !(value instanceof PyList)) fault("TypeError", "argument must be a signal dict");
  const iterator = iterate(value);
  for (let signal = iterator.next(); signal !== undefined; signal = iterator.next()) {
    const bit = bitOf(signal);
    if (!mapping || truth(subscript(value, signal))) bits |= bit;
  }
  return bits;
}

type Numeric = "prec" | "emin" | "emax" | "capitals" | "clamp";
const RANGES: Readonly<Record<Numeric, [from: bigint, to: bigint, message: string]>> = {
  prec: [1n, MOST, "valid range for prec is [1, MAX_PREC]"],
  emin: [-MOST, 0n, "valid range for Emin is [MIN_EMIN, 0]"],
  emax: [0n, MOST, "valid range for Emax is [0, MAX_EMAX]"],
  capitals: [0n, 1n, "valid values for capitals are [0, 1]"],
  clamp: [0n, 1n, "valid values for clamp are [0, 1]"],
};

function setNumber(context: Context, field: Numeric, value: Value): void {
  const int = intOf(value);
  if (int === undefined) fault("TypeError", "an integer is required");
  const [from, to, message] = RANGES[field];
  if (int < from || int > to) fault("ValueError", message);
  (context as unknown as Record<Numeric, number>)[field] = Number(int);
}

const NUMBERS = {
  prec: "prec",
  Emin: "emin",
  Emax: "emax",
  capitals: "capitals",
  clamp: "clamp",
} as const;

/** Sets what a constructor or `localcontext` was given. */
function apply(context: Context, name: string, value: Value): boolean {
  if (name in NUMBERS) setNumber(context, NUMBERS[name as keyof typeof NUMBERS], value);
  else if (name === "rounding") context.rounding = roundingOf(value, context.rounding);
  else if (name === "flags" || name === "traps") context[name] = bitsOf(value);
  else return false;
  return true;
}

const kept = (_name: string): never =>
  fault("AttributeError", "context attributes cannot be deleted");

function largeInt(x: number): Value {
  return Number.isSafeInteger(x) ? x : x > 0 ? MOST : -MOST;
}

function copyOf(context: Context): PyContext {
  return new PyContext({ ...context });
}

function listed(bits: number): string {
  return `[${LISTED.filter((name) => bits & SIGNAL[name]).join(", ")}]`;
}

function two(apply: (context: Context, x: Decimal, y: Decimal) => Decimal): Signed {
  return signed("x, y, /", (self: PyContext, x: Value, y: Value) => {
    const [a, b] = [requireDecimal(x), requireDecimal(y)];
    return decimal(self.context, apply(self.context, a, b));
  });
}

function one(apply: (context: Context, x: Decimal) => Decimal): Signed {
  return signed("x, /", (self: PyContext, x: Value) =>
    decimal(self.context, apply(self.context, requireDecimal(x))),
  );
}

/** The methods that Decimal has too. */
function shared(): Record<string, Native | Signed> {
  const table: Record<string, Native | Signed> = {};
  for (const [name, run] of Object.entries(UNARY)) {
    table[name] = (self: PyContext, x: Value) => run(self.context, requireDecimal(x));
  }
  for (const [name, run] of Object.entries(BINARY)) {
    table[name] = signed("x, y", (self: PyContext, x: Value, y: Value) => {
      const [a, b] = [requireDecimal(x), requireDecimal(y)];
      return run(self.context, a, b);
    });
  }
  for (const [name, run] of Object.entries(PLAIN)) {
    if (name === "radix") continue;
    table[name] = (_self: PyContext, x: Value) => {
      const result = run(requireDecimal(x));
      return typeof result === "object" && "kind" in result ? new PyDecimal(result) : result;
    };
  }
  for (const [name, exact] of [
    ["to_integral_exact", true],
    ["to_integral_value", false],
    ["to_integral", false],
  ] as const) {
    table[name] = one((context, x) => arithmetic.toIntegral(context, x, exact));
  }
  return table;
}

export function makeContext(): PyType {
  const type = builtinType("Context", PyContext, { module: "decimal" });
  maker(
    type,
    signed(
      "cls, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None",
      (cls: PyType, ...given: (Value | undefined)[]) => {
        const context: Context = { ...contexts().standard.context, flags: 0, status: 0 };
        const names = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];
        names.forEach((name, i) => {
          const value = given[i];
          if (value !== undefined && value !== None) apply(context, name, value);
        });
        return derived(cls, context);
      },
    ),
  );
  for (const [name, field] of Object.entries(NUMBERS)) {
    computed(type, {
      [name]: [
        (self: PyContext) => largeInt(self.context[field]),
        (self: PyContext, value) => setNumber(self.context, field, value ?? kept(name)),
      ],
    });
  }
  computed(type, {
    rounding: [
      (self: PyContext) => self.context.rounding,
      (self: PyContext, value) => {
        const { context } = self;
        if (value === None) roundingOf(0, context.rounding);
        else context.rounding = roundingOf(value ?? kept("rounding"), context.rounding);
      },
    ],
    flags: [
      (self: PyContext) => new PySignals(self.context, "flags"),
      (self: PyContext, value) => {
        self.context.flags = allBitsOf(value ?? kept("flags"));
      },
    ],
    traps: [
      (self: PyContext) => new PySignals(self.context, "traps"),
      (self: PyContext, value) => {
        self.context.traps = allBitsOf(value ?? kept("traps"));
      },
    ],
  });
  methods(type, {
    ...shared(),
    abs: one(arithmetic.abs),
    minus: one(arithmetic.minus),
    plus: one(arithmetic.plus),
    add: two(arithmetic.add),
    subtract: two(arithmetic.sub),
    multiply: two(arithmetic.mul),
    divide: two(arithmetic.div),
    divide_int: two(arithmetic.divideInt),
    remainder: two(arithmetic.remainder),
    quantize: two((context, x, y) => arithmetic.quantize(context, x, y)),
    divmod: (self: PyContext, x: Value, y: Value) => {
      const { context } = self;
      const [a, b] = [requireDecimal(x), requireDecimal(y)];
      const [quotient, rest] = finish(context, arithmetic.divmod(context, a, b));
      return new PyTuple([new PyDecimal(quotient), new PyDecimal(rest)]);
    },
    fma: (self: PyContext, x: Value, y: Value, z: Value) => {
      const [a, b, c] = [requireDecimal(x), requireDecimal(y), requireDecimal(z)];
      return decimal(self.context, arithmetic.fma(self.context, a, b, c));
    },
    power: signed("a, b, modulo=None", (self: PyContext, a: Value, b: Value, modulo?: Value) => {
      const { context } = self;
      const [x, y] = [requireDecimal(a), requireDecimal(b)];
      return decimal(
        context,
        modulo === undefined || modulo === None
          ? power(context, x, y)
          : powerModulo(context, x, y, requireDecimal(modulo)),
      );
    }),
    radix: (_self: PyContext) => new PyDecimal(fromInt(10n)),
    to_sci_string: (self: PyContext, x: Value) =>
      decimalText(requireDecimal(x), self.context.capitals),
    Etiny: (self: PyContext) => self.context.emin - self.context.prec + 1,
    Etop: (self: PyContext) => self.context.emax - self.context.prec + 1,
    create_decimal: signed("num='0', /", (self: PyContext, number?: Value) => {
      const { context } = self;
      if (number === undefined) return new PyDecimal(fromInt(0n));
      const text = textOf(number);
      if (text !== undefined) {
        return decimal(context, createDecimal(context, asciiOfNumber(text)));
      }
      return decimal(context, fit(context, decimalOf(number, context)));
    }),
    create_decimal_from_float: (self: PyContext, f: Value) => {
      const int = intOf(f);
      if (int === undefined && !(f instanceof PyFloat)) {
        fault("TypeError", "argument must be int or float");
      }
      const exact = int === undefined ? fromFloat((f as PyFloat).v) : fromInt(BigInt(int));
      return decimal(self.context, fit(self.context, exact));
    },
    copy_decimal: (_self: PyContext, x: Value) => new PyDecimal(requireDecimal(x)),
    clear_flags: (self: PyContext) => {
      self.context.flags = 0;
      return None;
    },
    clear_traps: (self: PyContext) => {
      self.context.traps = 0;
      return None;
    },
    copy: (self: PyContext) => copyOf(self.context),
    __reduce__: (self: PyContext) => {
      const { context } = self;
      const { prec, rounding, capitals, clamp } = context;
      const limits = [largeInt(context.emin), largeInt(context.emax)];
      const signals = [context.flags, context.traps].map((bits) => {
        const types = signalTypes();
        return new PyList(LISTED.filter((one) => bits & SIGNAL[one]).map((one) => types.get(one)!));
      });
      const given = [prec, rounding, ...limits, capitals, clamp, ...signals];
      return new PyTuple([self.type, new PyTuple(given)]);
    },
    __copy__: (self: PyContext) => copyOf(self.context),
    __repr__: ({ context }: PyContext) =>
      `Context(prec=${context.prec}, rounding=${context.rounding}, Emin=${context.emin}, Emax=${context.emax}, capitals=${context.capitals}, clamp=${context.clamp}, flags=${listed(context.flags)}, traps=${listed(context.traps)})`,
  });
  return type;
}

/** The class of a context's flags and traps. */
export function makeSignals(): PyType {
  const type = builtinType("SignalDict", PySignals, { module: "decimal" });
  const names = (): Value[] => SIGNALS.map((name) => signalTypes().get(name)!);
  const isSet = (self: PySignals, signal: Value): boolean =>
    (self.context[self.field] & bitOf(signal)) !== 0;
  const list = (items: Value[]): NativeIterator => new NativeIterator(items.values());
  methods(type, {
    __len__: (_self: PySignals) => SIGNALS.length,
    __iter__: (_self: PySignals) => list(names()),
    __contains__: (_self: PySignals, signal: Value) => names().includes(signal),
    __getitem__: isSet,
    __setitem__: (self: PySignals, signal: Value, value: Value) => {
      const bit = bitOf(signal);
      const { context, field } = self;
      context[field] = truth(value) ? context[field] | bit : context[field] & ~bit;
      return None;
    },
    __delitem__: (_self: PySignals, _signal: Value) =>
      fault("ValueError", "signal keys cannot be deleted"),
    keys: (_self: PySignals) => list(names()),
    values: (self: PySignals) => list(names().map((signal) => isSet(self, signal))),
    items: (self: PySignals) =>
      list(names().map((signal) => new PyTuple([signal, isSet(self, signal)]))),
    get: signed("key, default=None, /", (self: PySignals, signal: Value, otherwise?: Value) =>
      names().includes(signal) ? isSet(self, signal) : (otherwise ?? None),
    ),
    copy: (self: PySignals) => new PySignals({ ...self.context }, self.field),
    __eq__: (self: PySignals, other: Value) =>
      other instanceof PySignals
        ? self.context[self.field] === other.context[other.field]
        : NotImplemented,
    __repr__: (self: PySignals) =>
      `{${names()
        .map((signal) => `${String(repr(signal))}:${isSet(self, signal) ? "True" : "False"}`)
        .join(", ")}}`,
  });
  return type;
}

/** What `localcontext()` gives. */
export function makeManager(): PyType {
  const type = builtinType("ContextManager", PyContextManager, { module: "decimal" });
  methods(type, {
    __enter__: (self: PyContextManager) => {
      currentContext();
      const all = contexts();
      self.before = all.current;
      all.current = self.local;
      return self.local;
    },
    __exit__: (self: PyContextManager, _kind: Value, _value: Value, _trace: Value) => {
      contexts().current = self.before;
      return false;
    },
  });
  return type;
}

export const CONTEXT_FUNCTIONS: Readonly<Record<string, Native | Signed>> = {
  getcontext: () => {
    currentContext();
    return contexts().current!;
  },
  setcontext: signed("context, /", (context: Value) => {
    if (!(context instanceof PyContext)) fault("TypeError", "argument must be a context");
    const all = contexts();
    const isTemplate = [all.standard, all.basic, all.extended].includes(context);
    all.current = isTemplate ? copyOf({ ...context.context, flags: 0 }) : context;
    return None;
  }),
  localcontext: signed("ctx=None, **kwargs", (context?: Value, given?: Keywords) => {
    let from: Context;
    if (context === undefined || context === None) from = currentContext();
    else if (context instanceof PyContext) from = context.context;
    else fault("TypeError", "optional argument must be a context");
    const local = copyOf(from);
    for (const [name, value] of given ?? []) {
      if (value !== None && !apply(local.context, name, value)) {
        fault("TypeError", `'${name}' is an invalid keyword argument for this function`);
      }
    }
    return new PyContextManager(local);
  }),
};
