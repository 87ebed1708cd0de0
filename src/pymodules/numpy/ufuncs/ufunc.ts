/** `numpy.ufunc`: calls, `reduce`, `accumulate`, `outer`, `at`, `reduceat`, and what operators do. */
import { fault } from "../../../python/fault.ts";
import { computed, methods } from "../../../python/objects/define.ts";
import { PyComplex } from "../../../python/objects/complex.ts";
import {
  type Keywords,
  None,
  NotImplemented,
  PyObject,
  type Value,
} from "../../../python/objects/object.ts";
import { PyFloat } from "../../../python/objects/float.ts";
import { builtinType } from "../../../python/objects/root.ts";
import { signed } from "../../../python/objects/signature.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import type { PyType } from "../../../python/objects/type.ts";
import { typeName } from "../../../python/operations/typeof.ts";
import { PyArray, shapeText, work, zeros } from "../array.ts";
import { BOOL, dtypeArgument, type Element, FLOAT64, INT64 } from "../dtype.ts";
import { axesOf, axisIn, given, intOf } from "../failure.ts";
import { placesOf } from "../indexing.ts";
import { asArray, cast, copyInto, numberOf, operandOf } from "../read.ts";
import { scalarFrom, unwrapped } from "../scalar.ts";
import { broadcastTo, tryBroadcast } from "../walk.ts";
import { inOrder, sliced } from "../views.ts";
import {
  accumulate,
  apply,
  applyPlainly,
  applySingle,
  type Call,
  foldAll,
  foldAt,
  reduce,
  storeResult,
} from "./run.ts";
import { ALIASES, type Spec, UFUNCS } from "./table.ts";

export class PyUfunc extends PyObject {
  readonly name: string;
  readonly spec: Spec;

  constructor(name: string, spec: Spec) {
    super();
    this.name = name;
    this.spec = spec;
    if (spec.inputs === 1) this.c1 = (x) => run1(this, x!);
    else this.c2 = (x, y) => run2(this, x!, y!);
  }
}
export const ufuncType: PyType = builtinType("ufunc", PyUfunc, { module: "numpy", final: true });

const made: Map<string, PyUfunc> = new Map();

/** A ufunc by any of its names. */
export function ufunc(name: string): PyUfunc {
  const own = ALIASES[name] ?? name;
  let found = made.get(own);
  if (found === undefined) made.set(own, (found = new PyUfunc(own, UFUNCS[own]!)));
  return found;
}

function operandFor(name: string, value: Value): PyArray {
  const found = operandOf(value);
  if (found !== undefined) return found;
  return asArray(value) ?? fault("TypeError", `${name}: not an array: ${typeName(value)}`);
}

function run1(self: PyUfunc, x: Value): Value {
  const number = x instanceof PyArray ? undefined : numberOf(x);
  if (number !== undefined) {
    const { value, dtype } = applySingle(self.name, self.spec, number, undefined);
    return scalarFrom(value, dtype);
  }
  return unwrapped(apply(self.name, self.spec, [operandFor(self.name, x)]));
}

function run2(self: PyUfunc, x: Value, y: Value): Value {
  const a = x instanceof PyArray ? undefined : numberOf(x);
  const b = y instanceof PyArray ? undefined : numberOf(y);
  if (a !== undefined && b !== undefined) {
    const { value, dtype } = applySingle(self.name, self.spec, a, b);
    return scalarFrom(value, dtype);
  }
  const plain = plainly(self.spec, x, y, a, b);
  if (plain !== undefined) return plain;
  return unwrapped(
    apply(self.name, self.spec, [operandFor(self.name, x), operandFor(self.name, y)]),
  );
}

type Numeral = ReturnType<typeof numberOf>;

/** The short way, for arrays of one dtype, and for numbers that float64 and int64 take as they are. */
function plainly(spec: Spec, x: Value, y: Value, a: Numeral, b: Numeral): PyArray | undefined {
  if (x instanceof PyArray) {
    if (y instanceof PyArray) return applyPlainly(spec, x, y, undefined, false);
    return takesAsIs(x, b) ? applyPlainly(spec, x, undefined, b!.value, false) : undefined;
  }
  if (!(y instanceof PyArray) || !takesAsIs(y, a)) return undefined;
  return applyPlainly(spec, y, undefined, a!.value, true);
}

function takesAsIs({ dtype }: PyArray, number: Numeral): boolean {
  if (number === undefined || typeof number.value !== "number") return false;
  if (dtype === FLOAT64) return number.dtype.kind !== "c";
  return dtype === INT64 && number.dtype === INT64;
}

/** What an operator between two values gives; NotImplemented where the other one has to know. */
export function operate(name: string, x: Value, y: Value): Value {
  const self = ufunc(name);
  const a = x instanceof PyArray ? undefined : numberOf(x);
  const b = y instanceof PyArray ? undefined : numberOf(y);
  if (a !== undefined && b !== undefined) {
    const { value, dtype } = applySingle(self.name, self.spec, a, b);
    return scalarFrom(value, dtype);
  }
  const plain = plainly(self.spec, x, y, a, b);
  if (plain !== undefined) return plain;
  const left = operandOf(x);
  const right = operandOf(y);
  if (left === undefined || right === undefined) return NotImplemented;
  return unwrapped(apply(self.name, self.spec, [left, right]));
}

/** An operator that writes its result where the left one is. */
export function operateInto(name: string, x: PyArray, y: Value): Value {
  const self = ufunc(name);
  const right = operandOf(y);
  if (right === undefined) return NotImplemented;
  return apply(self.name, self.spec, [x, right], { out: x });
}

/** The output argument: an array, or a tuple of one. */
export function outputOf(value: Value | undefined): PyArray | undefined {
  const own = given(value);
  const out = own instanceof PyTuple ? given(own.items[0]) : own;
  if (out === undefined || out instanceof PyArray) return out;
  fault("TypeError", "return arrays must be of ArrayType");
}

/** The mask of a `where` argument. */
export function maskOf(value: Value | undefined): PyArray | undefined {
  if (value === undefined || value === true) return undefined;
  const mask = asArray(value);
  if (mask.dtype !== BOOL) {
    fault(
      "TypeError",
      "Cannot cast array data from dtype('" +
        mask.dtype.name +
        "') to dtype('bool') according to the rule 'safe'",
    );
  }
  return mask;
}

function callWith(self: PyUfunc, args: readonly Value[], keywords: Keywords): Value {
  const { name, spec } = self;
  const most = spec.inputs + 1;
  if (args.length < spec.inputs || args.length > most) {
    fault(
      "TypeError",
      `${name}() takes from ${spec.inputs} to ${most} positional arguments but ${args.length} were given`,
    );
  }
  const call: { -readonly [K in keyof Call]: Call[K] } = {};
  for (const [key, value] of keywords) {
    if (key === "out") call.out = outputOf(value);
    else if (key === "where") call.where = maskOf(value);
    else if (key === "dtype" || key === "sig" || key === "signature")
      call.dtype = dtypeArgument(value);
    else if (key === "casting") call.casting = String(value);
    else if (key !== "order" && key !== "subok") {
      fault("TypeError", `${name}() got an unexpected keyword argument '${key}'`);
    }
  }
  if (args.length === most) call.out = outputOf(args[most - 1]);
  const inputs = args.slice(0, spec.inputs).map((one) => operandFor(name, one));
  const result = apply(name, spec, inputs, call);
  return call.out === undefined ? unwrapped(result) : result;
}

/** `ufunc.reduce(…)`, and what sums and the like are made of. */
export function reduceArray(
  name: string,
  x: PyArray,
  axis: Value | undefined,
  dtype: Value | undefined,
  out: Value | undefined,
  keepdims: Value | undefined,
  initial: Value | undefined,
  where: Value | undefined,
): Value {
  const { spec } = ufunc(name);
  const plain =
    given(axis) === undefined &&
    given(dtype) === undefined &&
    given(out) === undefined &&
    (keepdims === undefined || keepdims === false) &&
    given(initial) === undefined &&
    (where === undefined || where === true);
  const whole = plain ? foldAll(name, spec, x) : undefined;
  if (whole !== undefined) return scalarFrom(whole.value, whole.dtype);
  const target = outputOf(out);
  const first = initial === undefined || initial === None ? undefined : numberOf(initial);
  const mask = maskOf(where);
  const result = reduce(name, spec, x, {
    axes: axesOf(axis, x.ndim),
    dtype: dtypeArgument(dtype),
    out: target,
    keepdims: keepdims !== undefined && keepdims !== false && keepdims !== 0,
    initial: first?.value,
    where: mask,
  });
  return target === undefined ? unwrapped(result) : target;
}

function needTwo(self: PyUfunc, what: string): void {
  if (self.spec.inputs === 2) return;
  fault("ValueError", `${what} only supported for binary functions`);
}

const REDUCE = "array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True";

methods(ufuncType, {
  __call__: signed("*args, **kwargs", (self: PyUfunc, args: Value[], keywords: Keywords) => {
    if (keywords.size === 0 && args.length === self.spec.inputs) {
      return self.spec.inputs === 1 ? run1(self, args[0]!) : run2(self, args[0]!, args[1]!);
    }
    return callWith(self, args, keywords);
  }),
  __repr__: (self: PyUfunc) => `<ufunc '${self.name}'>`,
  __reduce__: (self: PyUfunc) => self.name,
  reduce: signed(
    REDUCE,
    (
      self: PyUfunc,
      array: Value,
      axis?: Value,
      dtype?: Value,
      out?: Value,
      keepdims?: Value,
      initial?: Value,
      where?: Value,
    ) => {
      needTwo(self, "reduce");
      const x = asArray(array);
      return reduceArray(
        self.name,
        x,
        axis === undefined ? 0 : axis,
        dtype,
        out,
        keepdims,
        initial,
        where,
      );
    },
  ),
  accumulate: signed(
    "array, axis=0, dtype=None, out=None",
    (self: PyUfunc, array: Value, axis?: Value, dtype?: Value, out?: Value) => {
      needTwo(self, "accumulate");
      const x = asArray(array);
      if (x.ndim === 0) fault("TypeError", "cannot accumulate on a scalar");
      const result = accumulate(
        self.name,
        self.spec,
        x,
        axisIn(axis === undefined ? 0 : intOf(axis), x.ndim),
        dtypeArgument(dtype),
      );
      const target = outputOf(out);
      if (target === undefined) return result;
      storeResult(target, result, self.name);
      return target;
    },
  ),
  outer: signed("A, B, /, **kwargs", (self: PyUfunc, a: Value, b: Value, keywords: Keywords) => {
    needTwo(self, "outer product");
    const [x, y] = [asArray(a), asArray(b)];
    const wide = x.view(
      [...x.shape, ...y.shape.map(() => 1)],
      [...x.strides, ...y.shape.map(() => 0)],
    );
    return callWith(self, [wide, y], keywords);
  }),
  reduceat: signed(
    "array, indices, axis=0, dtype=None, out=None",
    (self: PyUfunc, array: Value, indices: Value, axis?: Value, dtype?: Value) => {
      needTwo(self, "reduceat");
      const x = asArray(array);
      const dim = axisIn(axis === undefined ? 0 : intOf(axis), x.ndim);
      const size = x.shape[dim]!;
      const starts = asArray(indices);
      const list = Array.from({ length: starts.size }, (_, i) =>
        Number(inOrder(starts).data[starts.offset + i]),
      );
      const parts = list.map((start, i) => {
        if (start < 0 || start >= size) {
          fault("IndexError", `index ${start} out-of-bounds in ${self.name}.reduceat [0, ${size})`);
        }
        const stop = list[i + 1] ?? size;
        const part = sliced(x, dim, start, stop > start ? stop - start : 1);
        return reduce(self.name, self.spec, part, {
          axes: [dim],
          keepdims: true,
          dtype: dtypeArgument(dtype),
        });
      });
      const output = zeros(x.shape.with(dim, parts.length), parts[0]?.dtype ?? x.dtype);
      parts.forEach((part, i) => copyInto(sliced(output, dim, i, 1), part));
      return output;
    },
  ),
  at: signed("a, indices, b=None, /", (self: PyUfunc, a: Value, indices: Value, b?: Value) => {
    if (!(a instanceof PyArray)) fault("TypeError", "first operand must be array");
    const { places, shape } = placesOf(a, indices);
    if (self.spec.inputs === 2 && b === undefined) {
      fault("ValueError", "second operand needed for ufunc");
    }
    work(places.length);
    const values = b === undefined ? undefined : asArray(b);
    const fits =
      values === undefined ||
      shapeText(tryBroadcast([values.shape, shape]) ?? [-1]) === shapeText(shape);
    if (!fits) fault("ValueError", "array is not broadcastable to correct shape");
    const wide = values === undefined ? undefined : cast(broadcastTo(values, shape), values.dtype);
    foldAt(self.spec, a, places, wide);
    return None;
  }),
});

computed(ufuncType, {
  __name__: (self: PyUfunc) => self.name,
  __qualname__: (self: PyUfunc) => self.name,
  __doc__: (self: PyUfunc) =>
    `${self.name}(${self.spec.inputs === 1 ? "x" : "x1, x2"}, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None)`,
  nin: (self: PyUfunc) => self.spec.inputs,
  nout: () => 1,
  nargs: (self: PyUfunc) => self.spec.inputs + 1,
  signature: () => None,
  identity: (self: PyUfunc) => identityOf(self.spec.identity, self.name),
});

function identityOf(identity: Element | undefined, name: string): Value {
  if (identity === undefined || identity instanceof PyComplex) return None;
  if (name.startsWith("logical_")) return identity === 1;
  return identity === -Infinity ? new PyFloat(identity) : identity;
}
