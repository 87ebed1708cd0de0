/** `numpy`: the functions and methods of arrays that programs use most. */
import { fault } from "../../python/fault.ts";
import { computed, maker, methods } from "../../python/objects/define.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { ListIterator } from "../../python/objects/iterator.ts";
import { PyList } from "../../python/objects/list.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { None, NotImplemented, type Value } from "../../python/objects/object.ts";
import { runtime } from "../../python/objects/state.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { throwAttributeError } from "../../python/operations/attributes.ts";
import { format } from "../../python/operations/format.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { truncate } from "../../python/text/floats.ts";
import { bytesOf, type DType, isFloat } from "../../tensor/dtype.ts";
import { copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import * as tensors from "../../tensor/index.ts";
import { assign } from "../../tensor/autograd/inplace.ts";
import { product } from "../../tensor/shape.ts";
import * as views from "../../tensor/views.ts";
import { innerTensor, nested, tensorFrom } from "../torch/data.ts";
import { guarded, room } from "../torch/failure.ts";
import { getItem, setItem } from "../torch/indexing.ts";
import { MATRICES, matmul } from "../torch/matrices.ts";
import { einsum } from "../torch/einsum.ts";
import { POINTWISE, QUESTIONS } from "../torch/pointwise.ts";
import { plainFunctions } from "../torch/register.ts";
import {
  sameSizes,
  dimsOf,
  elementOf,
  given,
  intOf,
  intsOf,
  numberOf,
  PyTensor,
  requiresGrad,
  tensorType,
  wrap,
} from "../torch/tensor.ts";
import { arrayType, PyArray, wrapArray } from "./array.ts";
import {
  dtypeOf,
  isNumber,
  numpyDtype,
  numpyDtypeType,
  numpyPromote,
  numpyResult,
  scalarTypes,
} from "./dtype.ts";
import { arrayRepr, arrayText } from "./print.ts";

type Run = (...args: never[]) => Value;
type Entries = Record<string, readonly [signature: string, run: Run]>;
type Tensor = tensors.Tensor;

/** Anything that has elements, as an array's tensor. */
function arrayOf(value: Value, dtype?: DType): Tensor {
  const inner = value instanceof PyTensor ? value.t.detach() : innerTensor(value);
  const own = inner ?? readArray(value);
  return dtype === undefined || own.dtype === dtype ? own : own.to(dtype);
}

function readArray(value: Value): Tensor {
  try {
    return tensorFrom(value, undefined, "float64");
  } catch (error) {
    const message = (error as { args?: PyTuple }).args?.items[0];
    if (
      typeof message === "string" &&
      /expected sequence|not a sequence|must be real/.test(message)
    ) {
      fault(
        "ValueError",
        "setting an array element with a sequence. The requested array has an inhomogeneous shape.",
      );
    }
    throw error;
  }
}

/** The operand of an operator: an array, a number, or nested lists of them. */
function operandOf(value: Value): Value | undefined {
  if (value instanceof PyArray || isNumber(value)) return value;
  if (value instanceof PyList || value instanceof PyTuple) return new PyArray(arrayOf(value));
  return undefined;
}

function broadcastError(a: Tensor, b: Tensor): void {
  const ndim = Math.max(a.ndim, b.ndim);
  for (let back = 1; back <= ndim; back++) {
    const [x, y] = [a.shape[a.ndim - back] ?? 1, b.shape[b.ndim - back] ?? 1];
    if (x === y || x === 1 || y === 1) continue;
    const shape = (t: Tensor): string => `(${t.shape.join(",")}${t.ndim === 1 ? "," : ""})`;
    fault(
      "ValueError",
      `operands could not be broadcast together with shapes ${shape(a)} ${shape(b)} `,
    );
  }
}

/** Both operands at NumPy's dtype; the operator is torch's. */
function binary(name: string, a: Value, b: Value, floats = false): Value {
  const [x, y] = [operandOf(a), operandOf(b)];
  if (x === undefined || y === undefined) return NotImplemented;
  let dtype = numpyResult([x, y]);
  if (floats && !isFloat(dtype)) dtype = "float64";
  const side = (value: Value): Tensor => arrayOf(value, dtype);
  const [left, right] = [side(x), side(y)];
  broadcastError(left, right);
  if (dtype === "bool" && name === "sub") {
    fault(
      "TypeError",
      "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.",
    );
  }
  if (name === "pow" && !isFloat(dtype) && right.lt(0).any().item() === true) {
    fault("ValueError", "Integers to negative integer powers are not allowed.");
  }
  const whole =
    !isFloat(dtype) && (name === "floor_divide" || name === "remainder" || name === "fmod");
  if (whole && right.eq(0).any().item() === true) {
    // NumPy warns, and gives 0.
    const safe = tensors.where(right.eq(0), tensors.onesLike(right), right);
    const out = (POINTWISE[name]![1] as Run)(wrap(left) as never, wrap(safe) as never) as PyTensor;
    return wrapArray(tensors.where(right.eq(0), tensors.zerosLike(out.t), out.t));
  }
  const result = (POINTWISE[name]![1] as Run)(
    wrap(left) as never,
    wrap(right) as never,
  ) as PyTensor;
  return wrapArray(result.t);
}

function needed(name: string, a: Value, b: Value, floats = false): Value {
  const result = binary(name, a, b, floats);
  if (result !== NotImplemented) return result;
  fault(
    "TypeError",
    `ufunc '${name}' not supported for the input types ('${typeName(a)}' and '${typeName(b)}')`,
  );
}

const FLOAT_MAPS = [
  "exp",
  "log",
  "sqrt",
  "sin",
  "cos",
  "tan",
  "sinh",
  "cosh",
  "tanh",
  "log1p",
  "expm1",
  "log2",
  "log10",
  "exp2",
  "deg2rad",
  "rad2deg",
];
const OTHER_NAMES: Record<string, string> = {
  arcsin: "asin",
  arccos: "acos",
  arctan: "atan",
  arcsinh: "asinh",
  arccosh: "acosh",
  arctanh: "atanh",
};
const SAME_MAPS = ["abs", "sign", "floor", "ceil", "trunc", "square", "negative"];

function mapped(name: string, floats: boolean): Run {
  const [, run] = (POINTWISE[name === "negative" ? "neg" : name] ?? QUESTIONS[name])!;
  return (x: Value) => {
    const t = arrayOf(x);
    const wide = floats && !isFloat(t.dtype) ? t.to("float64") : t;
    room(t.numel, 0);
    return wrapArray(((run as Run)(wrap(wide) as never) as PyTensor).t);
  };
}

/** The dims that `axis` names. */
function axesOf(t: Tensor, axis: Value | undefined): number[] | undefined {
  const dims = dimsOf("axis", axis);
  return dims?.map((dim) => axisIn(dim, t.ndim));
}

function axisIn(dim: number, ndim: number): number {
  if (dim >= -ndim && dim < ndim) return dim < 0 ? dim + ndim : dim;
  const message = `axis ${dim} is out of bounds for array of dimension ${ndim}`;
  fault("ValueError", message);
}

const FOLD = "a, axis=None, dtype=None, out=None, keepdims=False";

function fold(
  run: (t: Tensor, dims: number[] | undefined, keepdim: boolean) => Tensor,
  prepare: (t: Tensor) => Tensor = (t) => t,
): readonly [string, Run] {
  return [
    FOLD,
    (a: Value, axis?: Value, dtype?: Value, _out?: Value, keep?: Value) => {
      const t = arrayOf(a);
      const wanted = numpyDtype(dtype);
      room(t.numel, 0);
      return wrapArray(
        run(wanted === undefined ? prepare(t) : t.to(wanted), axesOf(t, axis), keep === true),
      );
    },
  ];
}

const widened = (t: Tensor): Tensor => (isFloat(t.dtype) ? t : t.to("int64"));
const floated = (t: Tensor): Tensor => (isFloat(t.dtype) ? t : t.to("float64"));

function spread(what: "var" | "std"): readonly [string, Run] {
  return [
    "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False",
    (a: Value, axis?: Value, _dtype?: Value, _out?: Value, ddof?: Value, keep?: Value) => {
      const t = floated(arrayOf(a));
      const correction = ddof === undefined ? 0 : numberOf(what, "ddof", ddof);
      return wrapArray(t[what](axesOf(t, axis), { correction, keepdim: keep === true }));
    },
  ];
}

function arg(what: "argmax" | "argmin"): readonly [string, Run] {
  return [
    "a, axis=None, out=None, *, keepdims=False",
    (a: Value, axis?: Value, _out?: Value, keep?: Value) => {
      const t = arrayOf(a);
      if (t.numel === 0) fault("ValueError", `attempt to get ${what} of an empty sequence`);
      return wrapArray(t[what](axesOf(t, axis)?.[0], { keepdim: keep === true }).to("int64"));
    },
  ];
}

function extreme(what: "amax" | "amin"): readonly [string, Run] {
  return fold((t, dims, keepdim) => {
    if (t.numel === 0)
      fault(
        "ValueError",
        `zero-size array to reduction operation ${what === "amax" ? "maximum" : "minimum"} which has no identity`,
      );
    return t[what](dims, { keepdim });
  });
}

function reshape(t: Tensor, sizes: number[]): Tensor {
  const known = product(sizes.filter((size) => size !== -1));
  const fits = sizes.includes(-1) ? known > 0 && t.numel % known === 0 : known === t.numel;
  if (!fits || sizes.filter((size) => size === -1).length > 1) {
    fault(
      "ValueError",
      `cannot reshape array of size ${t.numel} into shape (${sizes.join(",")}${sizes.length === 1 ? "," : ""})`,
    );
  }
  return views.reshape(t, sizes);
}

function along(run: (x: Tensor, dim: number) => Tensor): readonly [string, Run] {
  return [
    "a, axis=None, dtype=None",
    (a: Value, axis?: Value) => {
      const t = widened(arrayOf(a));
      const at = axesOf(t, axis)?.[0];
      return wrapArray(at === undefined ? run(t.reshape(t.numel), 0) : run(t, at));
    },
  ];
}

/** Functions that are methods of arrays too. */
const SHARED: Entries = {
  sum: fold((t, dims, keepdim) => t.sum(dims, { keepdim }), widened),
  prod: fold((t, dims, keepdim) => t.prod(dims, { keepdim }), widened),
  mean: fold((t, dims, keepdim) => t.mean(dims, { keepdim }), floated),
  max: extreme("amax"),
  min: extreme("amin"),
  any: fold((t, dims, keepdim) => t.any(dims, { keepdim })),
  all: fold((t, dims, keepdim) => t.all(dims, { keepdim })),
  var: spread("var"),
  std: spread("std"),
  argmax: arg("argmax"),
  argmin: arg("argmin"),
  cumsum: along(layer.cumsum),
  cumprod: along(layer.cumprod),
  argsort: [
    "a, axis=-1, kind=None",
    (a: Value, axis?: Value) => {
      const t = arrayOf(a);
      return wrapArray(layer.argsort(t, axesOf(t, axis ?? -1)![0]!).to("int64"));
    },
  ],
  clip: [
    "a, a_min=None, a_max=None",
    (a: Value, low?: Value, high?: Value) => {
      let result: Value = new PyArray(arrayOf(a));
      if (given(low) !== undefined) result = needed("maximum", result, low!);
      if (given(high) !== undefined) result = needed("minimum", result, high!);
      return result;
    },
  ],
  round: [
    "a, decimals=0",
    (a: Value, decimals?: Value) => {
      const t = arrayOf(a);
      const scale = 10 ** (decimals === undefined ? 0 : intOf("round", "decimals", decimals));
      return wrapArray(
        !isFloat(t.dtype) && scale >= 1
          ? t
          : scale === 1
            ? t.round()
            : t.mul(scale).round().div(scale),
      );
    },
  ],
  squeeze: [
    "a, axis=None",
    (a: Value, axis?: Value) => {
      const t = arrayOf(a);
      const dims = axesOf(t, axis);
      if (dims?.some((dim) => t.shape[dim] !== 1) === true) {
        fault("ValueError", "cannot select an axis to squeeze out which has size not equal to one");
      }
      return new PyArray(views.squeeze(t, dims));
    },
  ],
  repeat: [
    "a, repeats, axis=None",
    (a: Value, repeats: Value, axis?: Value) => {
      const t = arrayOf(a);
      const times = isNumber(repeats) ? intOf("repeat", "repeats", repeats) : arrayOf(repeats);
      return wrapArray(layer.repeatInterleave(t, times, axesOf(t, axis)?.[0]));
    },
  ],
  swapaxes: [
    "a, axis1, axis2",
    (a: Value, x: Value, y: Value) => {
      const t = arrayOf(a);
      return new PyArray(
        views.transpose(
          t,
          axisIn(intOf("swapaxes", "axis1", x), t.ndim),
          axisIn(intOf("swapaxes", "axis2", y), t.ndim),
        ),
      );
    },
  ],
  ravel: ["a", (a: Value) => new PyArray(reshape(arrayOf(a), [-1]))],
  diagonal: [
    "a, offset=0",
    (a: Value, offset?: Value) =>
      wrapArray(
        views.diagonal(
          arrayOf(a),
          offset === undefined ? 0 : intOf("diagonal", "offset", offset),
          0,
          1,
        ),
      ),
  ],
  trace: ["a", (a: Value) => wrapArray(layer.trace(widened(arrayOf(a))))],
  nonzero: ["a", (a: Value) => nonzero(arrayOf(a))],
  dot: ["a, b", (a: Value, b: Value) => dot(a, b)],
};

function nonzero(t: Tensor): PyTuple {
  const found = layer.nonzero(t).to("int64");
  return new PyTuple(t.shape.map((_, dim) => new PyArray(found.select(1, dim))));
}

function dot(a: Value, b: Value): Value {
  const [x, y] = [arrayOf(a), arrayOf(b)];
  if (x.ndim === 0 || y.ndim === 0) return needed("mul", a, b);
  return product2(x, y);
}

function product2(x: Tensor, y: Tensor): Value {
  const dtype = numpyPromote(x.dtype, y.dtype);
  const wide = dtype === "bool" ? "int64" : dtype;
  const [inner, other] = [x.shape.at(-1)!, y.shape[Math.max(y.ndim - 2, 0)]!];
  if (inner !== other) {
    const shape = (t: Tensor): string => `(${t.shape.join(",")}${t.ndim === 1 ? "," : ""})`;
    fault(
      "ValueError",
      `shapes ${shape(x)} and ${shape(y)} not aligned: ${inner} (dim ${x.ndim - 1}) != ${other} (dim ${Math.max(y.ndim - 2, 0)})`,
    );
  }
  const out = matmul(x.to(wide), y.to(wide));
  return wrapArray(dtype === "bool" ? out.to("bool") : out);
}

function joined(
  what: string,
  arrays: Value,
  axis: number,
  join: (list: Tensor[], at: number) => Tensor,
  extra = 0,
): Value {
  const list = toArray(arrays).map((one) => arrayOf(one));
  const [first] = list;
  if (first === undefined) fault("ValueError", `need at least one array to ${what}`);
  const dtype = list.map((one) => one.dtype).reduce(numpyPromote);
  const at = axisIn(axis, first.ndim + extra);
  list.forEach((one, i) => {
    if (one.ndim !== first.ndim) {
      fault(
        "ValueError",
        `all the input array dimensions except for the concatenation axis must match exactly, but along dimension 0, the array at index 0 has size ${first.ndim} and the array at index ${i} has size ${one.ndim}`,
      );
    }
    const wrong = one.shape.findIndex(
      (size, d) => (extra === 1 || d !== at) && size !== first.shape[d],
    );
    if (wrong >= 0 && extra === 1) fault("ValueError", "all input arrays must have the same shape");
    if (wrong >= 0) {
      fault(
        "ValueError",
        `all the input array dimensions for the concatenation axis must match exactly, but along dimension ${wrong}, the array at index 0 has size ${first.shape[wrong]} and the array at index ${i} has size ${one.shape[wrong]}`,
      );
    }
  });
  room(list.reduce((sum, one) => sum + one.numel, 0));
  return wrapArray(
    join(
      list.map((one) => one.to(dtype)),
      at,
    ),
  );
}

function sizesOf(shape: Value): number[] {
  const sizes = intsOf("shape", "shape", [shape]);
  if (sizes.some((size) => size < 0)) fault("ValueError", "negative dimensions are not allowed");
  room(product(sizes));
  return sizes;
}

function filled(value: number): readonly [string, Run] {
  return [
    "shape, dtype=None, order='C'",
    (shape: Value, dtype?: Value) =>
      new PyArray(tensors.full(sizesOf(shape), value, { dtype: numpyDtype(dtype) ?? "float64" })),
  ];
}

function like(value: number): readonly [string, Run] {
  return [
    "a, dtype=None",
    (a: Value, dtype?: Value) => {
      const t = arrayOf(a);
      return new PyArray(tensors.full(t.shape, value, { dtype: numpyDtype(dtype) ?? t.dtype }));
    },
  ];
}

const CREATION: Entries = {
  array: [
    "object, dtype=None, *, copy=True, ndmin=0",
    (object: Value, dtype?: Value) => {
      const t = arrayOf(object, numpyDtype(dtype));
      return new PyArray(innerTensor(object)?.storage === t.storage ? copy(t) : t);
    },
  ],
  asarray: [
    "a, dtype=None",
    (a: Value, dtype?: Value) => {
      const wanted = numpyDtype(dtype);
      if (a instanceof PyArray && (wanted === undefined || wanted === a.t.dtype)) return a;
      return new PyArray(arrayOf(a, wanted));
    },
  ],
  zeros: filled(0),
  ones: filled(1),
  empty: filled(0),
  zeros_like: like(0),
  ones_like: like(1),
  empty_like: like(0),
  full: [
    "shape, fill_value, dtype=None",
    (shape: Value, value: Value, dtype?: Value) => {
      const own = arrayOf(value, numpyDtype(dtype));
      return new PyArray(copy(views.expand(own, sizesOf(shape))));
    },
  ],
  full_like: [
    "a, fill_value, dtype=None",
    (a: Value, value: Value, dtype?: Value) => {
      const t = arrayOf(a);
      return new PyArray(copy(views.expand(arrayOf(value, numpyDtype(dtype) ?? t.dtype), t.shape)));
    },
  ],
  arange: [
    "*values, dtype=None, step=None",
    (values: Value[], dtype?: Value, step?: Value) => {
      const all =
        step === undefined ? values : [...(values.length === 1 ? [0, ...values] : values), step];
      const numbers = all.map((one) => numberOf("arange", "stop", one));
      const [from = 0, to = 0, by = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
      if (by === 0) fault("ZeroDivisionError", "division by zero");
      const count = Math.max(0, Math.ceil((to - from) / by));
      room(count);
      const own = all.some(
        (one) => one instanceof PyFloat || (one instanceof PyArray && isFloat(one.t.dtype)),
      )
        ? "float64"
        : "int64";
      const held = Float64Array.from({ length: count }, (_, i) => from + i * by);
      return new PyArray(tensors.tensor(held, { dtype: "float64" }).to(numpyDtype(dtype) ?? own));
    },
  ],
  linspace: [
    "start, stop, num=50, endpoint=True, *, dtype=None",
    (start: Value, stop: Value, num?: Value, end?: Value, dtype?: Value) => {
      const count = num === undefined ? 50 : intOf("linspace", "num", num);
      if (count < 0) fault("ValueError", `Number of samples, ${count}, must be non-negative.`);
      room(count);
      const [from, to] = [numberOf("linspace", "start", start), numberOf("linspace", "stop", stop)];
      const parts = end === false ? count : count - 1;
      const step = (to - from) / parts;
      const held = Float64Array.from({ length: count }, (_, i) =>
        i === count - 1 && end !== false && count > 1 ? to : from + (parts > 0 ? i * step : 0),
      );
      return new PyArray(
        tensors.tensor(held, { dtype: "float64" }).to(numpyDtype(dtype) ?? "float64"),
      );
    },
  ],
  eye: [
    "N, M=None, k=0, dtype=None",
    (n: Value, m?: Value, _k?: Value, dtype?: Value) => {
      const rows = intOf("eye", "N", n);
      const columns = given(m) === undefined ? rows : intOf("eye", "M", m!);
      room(rows * columns);
      return new PyArray(tensors.eye(rows, columns, { dtype: numpyDtype(dtype) ?? "float64" }));
    },
  ],
  identity: [
    "n, dtype=None",
    (n: Value, dtype?: Value) => {
      const rows = intOf("identity", "n", n);
      room(rows * rows);
      return new PyArray(tensors.eye(rows, rows, { dtype: numpyDtype(dtype) ?? "float64" }));
    },
  ],
  concatenate: [
    "arrays, axis=0",
    (arrays: Value, axis?: Value) =>
      joined(
        "concatenate",
        arrays,
        axis === undefined ? 0 : intOf("concatenate", "axis", axis),
        (list, at) => tensors.cat(list, at),
      ),
  ],
  stack: [
    "arrays, axis=0",
    (arrays: Value, axis?: Value) =>
      joined(
        "stack",
        arrays,
        axis === undefined ? 0 : intOf("stack", "axis", axis),
        (list, at) => tensors.stack(list, at),
        1,
      ),
  ],
  vstack: [
    "tup",
    (arrays: Value) =>
      joined(
        "concatenate",
        new PyList(
          toArray(arrays).map((one) => {
            const t = arrayOf(one);
            return new PyArray(t.ndim < 2 ? views.reshape(t, [1, t.numel]) : t);
          }),
        ),
        0,
        (list, at) => tensors.cat(list, at),
      ),
  ],
  hstack: [
    "tup",
    (arrays: Value) => {
      const list = toArray(arrays).map((one) => arrayOf(one));
      return joined(
        "concatenate",
        new PyList(list.map((t) => new PyArray(t))),
        list[0]?.ndim === 1 ? 0 : 1,
        (all, at) => tensors.cat(all, at),
      );
    },
  ],
  reshape: [
    "a, newshape",
    (a: Value, shape: Value) =>
      new PyArray(reshape(arrayOf(a), intsOf("reshape", "newshape", [shape]))),
  ],
  transpose: [
    "a, axes=None",
    (a: Value, axes?: Value) =>
      transpose(arrayOf(a), given(axes) === undefined ? [] : intsOf("transpose", "axes", [axes!])),
  ],
  expand_dims: [
    "a, axis",
    (a: Value, axis: Value) => {
      const t = arrayOf(a);
      return new PyArray(
        views.unsqueeze(t, axisIn(intOf("expand_dims", "axis", axis), t.ndim + 1)),
      );
    },
  ],
  where: [
    "condition, x=None, y=None",
    (condition: Value, x?: Value, y?: Value) => {
      const when = arrayOf(condition);
      if (x === undefined || y === undefined) return nonzero(when);
      const dtype = numpyResult([operandOf(x)!, operandOf(y)!]);
      return wrapArray(tensors.where(when.to("bool"), arrayOf(x, dtype), arrayOf(y, dtype)));
    },
  ],
  matmul: ["x1, x2", (a: Value, b: Value) => product2(arrayOf(a), arrayOf(b))],
  outer: [
    "a, b",
    (a: Value, b: Value) => {
      const [x, y] = [arrayOf(a), arrayOf(b)];
      return needed(
        "mul",
        new PyArray(x.reshape([x.numel, 1])),
        new PyArray(y.reshape([1, y.numel])),
      );
    },
  ],
  einsum: [
    "subscripts, *operands",
    (subscripts: Value, operands: Value[]) =>
      wrapArray(
        einsum(
          subscripts,
          operands.map((one) => wrap(arrayOf(one))),
        ).t,
      ),
  ],
  sort: [
    "a, axis=-1",
    (a: Value, axis?: Value) => {
      const t = arrayOf(a);
      return wrapArray(layer.sort(t, axesOf(t, axis ?? -1)![0]!).values);
    },
  ],
  unique: [
    "ar, return_counts=False",
    (a: Value, counts?: Value) => {
      const t = arrayOf(a);
      const list = Array.from(t.toTypedArray() as ArrayLike<number | bigint>);
      const order = [...new Set(list)].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
      const values = new PyArray(
        tensorFrom(new PyList(order.map((one) => elementOf(one, t.dtype))), t.dtype, "float64"),
      );
      if (counts !== true) return values;
      const found = new Map<number | bigint, number>();
      for (const one of list) found.set(one, (found.get(one) ?? 0) + 1);
      return new PyTuple([
        values,
        new PyArray(
          tensorFrom(new PyList(order.map((one) => found.get(one)!)), "int64", "float64"),
        ),
      ]);
    },
  ],
  tile: [
    "A, reps",
    (a: Value, reps: Value) => {
      const t = arrayOf(a);
      const times = intsOf("tile", "reps", [reps]);
      room(t.numel * product(times));
      return wrapArray(layer.tile(t, times));
    },
  ],
  flip: [
    "m, axis=None",
    (a: Value, axis?: Value) => {
      const t = arrayOf(a);
      return new PyArray(views.flip(t, axesOf(t, axis) ?? [...t.shape.keys()]));
    },
  ],
  tril: [
    "m, k=0",
    (a: Value, k?: Value) =>
      wrapArray(arrayOf(a).tril(k === undefined ? 0 : intOf("tril", "k", k))),
  ],
  triu: [
    "m, k=0",
    (a: Value, k?: Value) =>
      wrapArray(arrayOf(a).triu(k === undefined ? 0 : intOf("triu", "k", k))),
  ],
  allclose: [
    "a, b, rtol=1e-05, atol=1e-08, equal_nan=False",
    (a: Value, b: Value, rtol?: Value, atol?: Value, nan?: Value) => {
      const [x, y] = [floated(arrayOf(a)), floated(arrayOf(b))];
      broadcastError(x, y);
      return layer.allclose(x, y, {
        rtol: rtol === undefined ? 1e-5 : numberOf("allclose", "rtol", rtol),
        atol: atol === undefined ? 1e-8 : numberOf("allclose", "atol", atol),
        equalNan: nan === true,
      });
    },
  ],
  isclose: [
    "a, b, rtol=1e-05, atol=1e-08",
    (a: Value, b: Value, rtol?: Value, atol?: Value) =>
      wrapArray(
        layer.isclose(floated(arrayOf(a)), floated(arrayOf(b)), {
          rtol: rtol === undefined ? 1e-5 : numberOf("isclose", "rtol", rtol),
          atol: atol === undefined ? 1e-8 : numberOf("isclose", "atol", atol),
        }),
      ),
  ],
  array_equal: [
    "a1, a2",
    (a: Value, b: Value) => {
      const [x, y] = [arrayOf(a), arrayOf(b)];
      return sameSizes(x.shape, y.shape) && x.eq(y).all().item() === true;
    },
  ],
  median: [
    "a, axis=None",
    (a: Value, axis?: Value) => {
      const t = floated(arrayOf(a));
      return wrapArray(layer.quantile(t, 0.5, axesOf(t, axis)?.[0]));
    },
  ],
  shape: ["a", (a: Value) => new PyTuple([...arrayOf(a).shape])],
};

function transpose(t: Tensor, axes: number[]): PyArray {
  const order =
    axes.length === 0 ? [...t.shape.keys()].reverse() : axes.map((dim) => axisIn(dim, t.ndim));
  if (order.length !== t.ndim) fault("ValueError", "axes don't match array");
  return new PyArray(views.permute(t, order));
}

const BINARY: Readonly<Record<string, readonly [name: string, floats?: boolean]>> = {
  add: ["add"],
  subtract: ["sub"],
  multiply: ["mul"],
  divide: ["div", true],
  true_divide: ["div", true],
  floor_divide: ["floor_divide"],
  mod: ["remainder"],
  remainder: ["remainder"],
  fmod: ["fmod"],
  power: ["pow"],
  maximum: ["maximum"],
  minimum: ["minimum"],
  arctan2: ["atan2", true],
  hypot: ["hypot", true],
  equal: ["eq"],
  not_equal: ["ne"],
  less: ["lt"],
  less_equal: ["le"],
  greater: ["gt"],
  greater_equal: ["ge"],
  logical_and: ["logical_and"],
  logical_or: ["logical_or"],
  logical_xor: ["logical_xor"],
};

const OPERATORS: Readonly<Record<string, readonly [name: string, floats?: boolean]>> = {
  add: ["add"],
  sub: ["sub"],
  mul: ["mul"],
  truediv: ["div", true],
  floordiv: ["floor_divide"],
  mod: ["remainder"],
  pow: ["pow"],
};

/** Fills `numpy`. */
export function fillNumpy(module: PyModule): void {
  module.set("__version__", "1.24.2+kata");
  module.set("__path__", "numpy");
  plainFunctions(module, CREATION);
  plainFunctions(module, SHARED);
  plainFunctions(module, {
    amax: SHARED["max"]!,
    amin: SHARED["min"]!,
    absolute: ["x", mapped("abs", false)],
    around: SHARED["round"]!,
  });
  for (const name of FLOAT_MAPS) plainFunctions(module, { [name]: ["x", mapped(name, true)] });
  for (const [name, of] of Object.entries(OTHER_NAMES))
    plainFunctions(module, { [name]: ["x", mapped(of, true)] });
  for (const name of SAME_MAPS) plainFunctions(module, { [name]: ["x", mapped(name, false)] });
  for (const name of ["isnan", "isinf", "isfinite", "logical_not"])
    plainFunctions(module, { [name]: ["x", mapped(name, false)] });
  for (const [name, [of, floats]] of Object.entries(BINARY)) {
    plainFunctions(module, {
      [name]: ["x1, x2", (a: Value, b: Value) => needed(of, a, b, floats)],
    });
  }
  for (const [name, value] of Object.entries({
    pi: Math.PI,
    e: Math.E,
    inf: Infinity,
    nan: Number.NaN,
  })) {
    module.set(name, new PyFloat(value));
  }
  module.set("newaxis", None);
  module.set("ndarray", arrayType);
  module.set("dtype", numpyDtypeType);
  for (const [name, type] of Object.entries(scalarTypes()))
    module.set(name === "bool" ? "bool_" : name, type);
  const lazily = (name: Value): Value => {
    if (name === "linalg") {
      const found = runtime().load("numpy.linalg");
      module.set("linalg", found);
      return found;
    }
    const hint =
      name === "random"
        ? ": there are no random arrays here; nearest is torch.rand(…).numpy(), seeded by torch.manual_seed"
        : "";
    return throwAttributeError(
      module,
      String(name),
      `module 'numpy' has no attribute '${String(name)}'${hint}`,
    );
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", lazily)));
}

/** Fills `numpy.linalg`. */
export function fillNumpyLinalg(module: PyModule): void {
  const one = (name: string): readonly [string, Run] => [
    "a",
    (a: Value) =>
      wrapArray(((MATRICES[name]![1] as Run)(wrap(floated(arrayOf(a))) as never) as PyTensor).t),
  ];
  plainFunctions(module, {
    inv: one("inverse"),
    det: one("det"),
    cholesky: one("cholesky"),
    norm: [
      "x, ord=None, axis=None, keepdims=False",
      (x: Value, ord?: Value, axis?: Value, keep?: Value) => {
        const t = floated(arrayOf(x));
        const dims = axesOf(t, axis);
        if (given(ord) !== undefined && (dims?.length ?? t.ndim) > 1 && ord !== "fro") {
          fault(
            "NotImplementedError",
            "numpy.linalg.norm of matrices has only ord=None here; nearest: the norm of x.ravel()",
          );
        }
        const p = given(ord) === undefined || ord === "fro" ? 2 : numberOf("norm", "ord", ord!);
        return wrapArray(
          layer.norm(t, {
            p,
            ...(dims === undefined ? {} : { dim: dims }),
            keepdim: keep === true,
          }),
        );
      },
    ],
    solve: [
      "a, b",
      (a: Value, b: Value) => wrapArray(layer.solve(floated(arrayOf(a)), floated(arrayOf(b)))),
    ],
  });
}

for (const name in SHARED) {
  const [signature, run] = SHARED[name]!;
  const rest = signature.replace(/^a(?:, )?/, "");
  methods(arrayType, {
    [name]: signed(rest, ((...args: never[]) => guarded(() => run(...args))) as never),
  });
}

const METHODS: Readonly<
  Record<string, readonly [string, (x: PyArray, ...rest: never[]) => Value]>
> = {
  reshape: [
    "*shape",
    (x: PyArray, shape: Value[]) => new PyArray(reshape(x.t, intsOf("reshape", "shape", shape))),
  ],
  transpose: [
    "*axes",
    (x: PyArray, axes: Value[]) => transpose(x.t, intsOf("transpose", "axes", axes)),
  ],
  flatten: ["order='C'", (x: PyArray) => new PyArray(copy(x.t).reshape(x.t.numel))],
  astype: [
    "dtype, copy=True",
    (x: PyArray, dtype: Value) => {
      const wanted = numpyDtype(dtype)!;
      return new PyArray(x.t.dtype === wanted ? copy(x.t) : x.t.to(wanted), x.scalar);
    },
  ],
  copy: ["order='C'", (x: PyArray) => new PyArray(copy(x.t), x.scalar)],
  tolist: ["", (x: PyArray) => nested(x.t)],
  item: [
    "*args",
    (x: PyArray, args: Value[]) => {
      if (args.length > 0) return nested(views.get(x.t, intsOf("item", "args", args)));
      if (x.t.numel !== 1)
        fault("ValueError", "can only convert an array of size 1 to a Python scalar");
      return nested(views.reshape(x.t, []));
    },
  ],
  fill: [
    "value",
    (x: PyArray, value: Value) => {
      assign("fill_", x.t, arrayOf(value));
      return None;
    },
  ],
  sort: [
    "axis=-1",
    (x: PyArray, axis?: Value) => {
      assign("copy_", x.t, layer.sort(x.t, axesOf(x.t, axis ?? -1)![0]!).values);
      return None;
    },
  ],
  __getitem__: [
    "key",
    (x: PyArray, key: Value) => {
      const { result } = getItem(x.t, key, "both");
      return new PyArray(result, result.ndim === 0);
    },
  ],
  __setitem__: [
    "key, value",
    (x: PyArray, key: Value, value: Value) => {
      setItem(x.t, key, value instanceof PyTensor ? new PyArray(value.t.detach()) : value, "both");
      return None;
    },
  ],
  __matmul__: [
    "other",
    (x: PyArray, other: Value) =>
      operandOf(other) === undefined ? NotImplemented : product2(x.t, arrayOf(other)),
  ],
  __rmatmul__: [
    "other",
    (x: PyArray, other: Value) =>
      operandOf(other) === undefined ? NotImplemented : product2(arrayOf(other), x.t),
  ],
  __neg__: ["", (x: PyArray) => mapped("negative", false)(x as never)],
  __pos__: ["", (x: PyArray) => x],
  __abs__: ["", (x: PyArray) => mapped("abs", false)(x as never)],
  __invert__: [
    "",
    (x: PyArray) =>
      wrapArray(((POINTWISE["bitwise_not"]![1] as Run)(wrap(x.t) as never) as PyTensor).t),
  ],
  __iter__: [
    "",
    (x: PyArray) => {
      if (x.t.ndim === 0) fault("TypeError", "iteration over a 0-d array");
      return new ListIterator({
        items: layer.unbind(x.t, 0).map((one) => new PyArray(one, one.ndim === 0)),
      });
    },
  ],
  __contains__: [
    "element",
    (x: PyArray, element: Value) => {
      const same = binary("eq", x, element);
      return same instanceof PyArray && same.t.any().item() === true;
    },
  ],
};
for (const name in METHODS) {
  const [signature, run] = METHODS[name]!;
  methods(arrayType, {
    [name]: signed(signature, ((...args: never[]) =>
      guarded(() => (run as Run)(...args))) as never),
  });
}
for (const [name, [of, floats]] of Object.entries(OPERATORS)) {
  methods(arrayType, {
    [`__${name}__`]: (x: PyArray, other: Value) => guarded(() => binary(of, x, other, floats)),
    [`__r${name}__`]: (x: PyArray, other: Value) => guarded(() => binary(of, other, x, floats)),
    [`__i${name}__`]: (x: PyArray, other: Value) =>
      guarded(() => {
        const result = binary(of, x, other, floats);
        if (!(result instanceof PyArray) || x.scalar) return result;
        if (isFloat(result.t.dtype) && !isFloat(x.t.dtype)) {
          fault(
            "TypeError",
            `Cannot cast ufunc '${BINARY_NAMES[name] ?? name}' output from dtype('${result.t.dtype}') to dtype('${x.t.dtype}') with casting rule 'same_kind'`,
          );
        }
        assign("copy_", x.t, result.t);
        return x;
      }),
  });
}
const BINARY_NAMES: Readonly<Record<string, string>> = {
  sub: "subtract",
  mul: "multiply",
  truediv: "divide",
  floordiv: "floor_divide",
  mod: "remainder",
  pow: "power",
};
for (const name of ["eq", "ne", "lt", "le", "gt", "ge"]) {
  methods(arrayType, {
    [`__${name}__`]: (x: PyArray, other: Value) =>
      guarded(() => {
        const result = binary(name, x, other);
        if (result !== NotImplemented || (name !== "eq" && name !== "ne")) return result;
        return name === "ne";
      }),
  });
}
for (const [name, of] of [
  ["and", "bitwise_and"],
  ["or", "bitwise_or"],
  ["xor", "bitwise_xor"],
] as const) {
  const run = (a: Value, b: Value): Value => guarded(() => binary(of, a, b));
  methods(arrayType, {
    [`__${name}__`]: (x: PyArray, other: Value) => run(x, other),
    [`__r${name}__`]: (x: PyArray, other: Value) => run(other, x),
  });
}

function only(x: PyArray): Value {
  if (x.t.numel !== 1) fault("TypeError", "only size-1 arrays can be converted to Python scalars");
  return nested(views.reshape(x.t, []));
}

methods(arrayType, {
  __repr__: (x: PyArray) => arrayRepr(x),
  __str__: (x: PyArray) => arrayText(x),
  __format__: (x: PyArray, spec: Value) => {
    if (x.t.ndim === 0) return format(only(x), spec as string) as Value;
    if (spec === "") return arrayText(x);
    fault("TypeError", "unsupported format string passed to numpy.ndarray.__format__");
  },
  __len__: (x: PyArray) => x.t.shape[0] ?? fault("TypeError", "len() of unsized object"),
  __bool__: (x: PyArray) => {
    if (x.t.numel > 1)
      fault(
        "ValueError",
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
      );
    return (
      x.t.numel === 1 &&
      x.t
        .ne(x.t.dtype === "bool" ? false : 0)
        .any()
        .item() === true
    );
  },
  __float__: (x: PyArray) => {
    const value = only(x);
    return value instanceof PyFloat ? value : new PyFloat(Number(value));
  },
  __int__: (x: PyArray) => {
    const value = only(x);
    return value instanceof PyFloat
      ? truncate(value.v)
      : typeof value === "boolean"
        ? Number(value)
        : value;
  },
  __index__: (x: PyArray) => {
    if (isFloat(x.t.dtype) || x.t.ndim > 0)
      fault("TypeError", "only integer scalar arrays can be converted to a scalar index");
    const value = only(x);
    return typeof value === "boolean" ? Number(value) : value;
  },
  __hash__: (x: PyArray) => {
    if (!x.scalar) fault("TypeError", "unhashable type: 'numpy.ndarray'");
    return Number(only(x) instanceof PyFloat ? (only(x) as PyFloat).v : only(x)) | 0;
  },
});

computed(arrayType, {
  shape: (x: PyArray) => new PyTuple([...x.t.shape]),
  dtype: (x: PyArray) => dtypeOf(x.t.dtype),
  ndim: (x: PyArray) => x.t.ndim,
  size: (x: PyArray) => x.t.numel,
  itemsize: (x: PyArray) => bytesOf(x.t.dtype),
  nbytes: (x: PyArray) => bytesOf(x.t.dtype) * x.t.numel,
  T: (x: PyArray) => transpose(x.t, []),
});

maker(
  arrayType,
  signed("cls, *args, **kwargs", () =>
    fault("NotImplementedError", "numpy.ndarray(…) is not here; nearest: numpy.array, numpy.empty"),
  ),
);

methods(tensorType, {
  numpy: signed("*, force=False", (x: PyTensor, force?: Value) => {
    if (requiresGrad(x) && force !== true) {
      fault(
        "RuntimeError",
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
      );
    }
    return new PyArray(x.t.detach());
  }),
});
