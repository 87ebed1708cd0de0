/** What arrays can do by themselves: operators, attributes and methods. */
import { fault } from "../../python/fault.ts";
import { PyBytes } from "../../python/objects/bytes.ts";
import { PyComplex } from "../../python/objects/complex.ts";
import { computed, maker, methods } from "../../python/objects/define.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { iteratorType, PyIterator } from "../../python/objects/iterator.ts";
import { PyList } from "../../python/objects/list.ts";
import { None, NotImplemented, type Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import type { PyType } from "../../python/objects/type.ts";
import { format } from "../../python/operations/format.ts";
import { textOf } from "../../python/operations/repr.ts";
import { truncate } from "../../python/text/floats.ts";
import { arrayType, columnMajor, memory, PyArray, rowMajor, sizeOf, work, zeros } from "./array.ts";
import { BOOL, canCast, type Dtype, dtypeArgument, FLOAT64, partOf } from "./dtype.ts";
import { getElement, setElement, toPython } from "./elements.ts";
import { axisIn, given, intOf, intsOf } from "./failure.ts";
import { PyFlags } from "./flags.ts";
import { PyFlat } from "./flat.ts";
import { bytesOfArray, dataOfBytes } from "./functions/creation.ts";
import { compressed, PICKING_METHODS } from "./functions/picking.ts";
import { matmulOperator, PRODUCT_METHODS } from "./functions/products.ts";
import { REDUCTIONS } from "./functions/reductions.ts";
import { orderOf, SHAPE_METHODS } from "./functions/shapes.ts";
import { SORTING_METHODS, sortInPlace } from "./functions/sorting.ts";
import { assign, getItem, setItem } from "./indexing.ts";
import { arrayRepr, arrayText } from "./print.ts";
import { asArray, cast, copyInto, numberOf, operandOf } from "./read.ts";
import { arrayMethods } from "./register.ts";
import { elementAt } from "./scalar.ts";
import { needWriteable } from "./ufuncs/run.ts";
import { operate, operateInto, ufunc } from "./ufuncs/ufunc.ts";
import { call1 } from "../../python/operations/call.ts";
import { copyOf, elements, inOrder, permuted, raveled, reshaped, reversed } from "./views.ts";
import { strideLike, tryBroadcast } from "./walk.ts";

for (const table of [
  REDUCTIONS,
  SHAPE_METHODS,
  SORTING_METHODS,
  PICKING_METHODS,
  PRODUCT_METHODS,
]) {
  arrayMethods(table);
}

/** Operators, by the names of their methods and of their ufuncs. */
export const OPERATORS: Readonly<Record<string, string>> = {
  add: "add",
  sub: "subtract",
  mul: "multiply",
  truediv: "divide",
  floordiv: "floor_divide",
  mod: "remainder",
  pow: "power",
  and: "bitwise_and",
  or: "bitwise_or",
  xor: "bitwise_xor",
  lshift: "left_shift",
  rshift: "right_shift",
};
export const COMPARISONS: Readonly<Record<string, string>> = {
  eq: "equal",
  ne: "not_equal",
  lt: "less",
  le: "less_equal",
  gt: "greater",
  ge: "greater_equal",
};

/** Powers by some numbers are done without a power. */
function power(x: PyArray, exponent: Value): Value | undefined {
  const number = exponent instanceof PyArray ? undefined : numberOf(exponent);
  if (number === undefined || (x.dtype.kind !== "f" && x.dtype.kind !== "c")) {
    return number?.value === 2 && number.dtype.kind !== "f" && x.dtype.kind !== "b"
      ? call1(ufunc("square"), x)
      : undefined;
  }
  if (number.dtype.kind === "c") return undefined;
  const name = { "2": "square", "0.5": "sqrt", "-1": "reciprocal", "1": "positive" }[
    String(number.value)
  ];
  return name === undefined ? undefined : call1(ufunc(name), x);
}

for (const [name, own] of Object.entries(OPERATORS)) {
  methods(arrayType, {
    [`__${name}__`]: (x: PyArray, other: Value) =>
      (name === "pow" ? power(x, other) : undefined) ?? operate(own, x, other),
    [`__r${name}__`]: (x: PyArray, other: Value) => operate(own, other, x),
    [`__i${name}__`]: (x: PyArray, other: Value) => operateInto(own, x, other),
  });
}
methods(arrayType, {
  __pow__: signed(
    "value, mod=None, /",
    (x: PyArray, other: Value) => power(x, other) ?? operate("power", x, other),
  ),
  __rpow__: signed("value, mod=None, /", (x: PyArray, other: Value) => operate("power", other, x)),
});

for (const [name, own] of Object.entries(COMPARISONS)) {
  methods(arrayType, {
    [`__${name}__`]: (x: PyArray, other: Value) => {
      if (name !== "eq" && name !== "ne") return operate(own, x, other);
      if (other === None) {
        const result = zeros(x.shape, BOOL);
        if (name === "ne") (result.data as Uint8Array).fill(1);
        return result.ndim === 0 ? elementAt(result, 0) : result;
      }
      if (textOf(other) !== undefined) return NotImplemented;
      const right = operandOf(other);
      // What cannot be compared is not the same.
      if (right !== undefined && tryBroadcast([x.shape, right.shape]) === undefined)
        return name === "ne";
      return operate(own, x, other);
    },
  });
}

/** Nested lists of Python's numbers. */
function nested(x: PyArray): Value {
  work(x.size * 4);
  const build = (axis: number, at: number): Value => {
    if (axis === x.ndim) return toPython(getElement(x.data, x.dtype, at), x.dtype);
    const items: Value[] = [];
    for (let i = 0; i < x.shape[axis]!; i++) items.push(build(axis + 1, at + i * x.strides[axis]!));
    return new PyList(items);
  };
  return build(0, x.offset);
}

/** The one element there is. */
function only(x: PyArray): Value {
  if (x.size !== 1) {
    fault("TypeError", "only size-1 arrays can be converted to Python scalars");
  }
  return toPython(getElement(x.data, x.dtype, x.offset), x.dtype);
}

function refuse(name: string, nearest: string): never {
  fault("NotImplementedError", `numpy.ndarray.${name} is not here; nearest: ${nearest}`);
}

function asType(
  x: PyArray,
  dtype: Dtype,
  casting: string,
  copy: boolean,
  order: Value | undefined,
): PyArray {
  if (!canCast(x.dtype, dtype, casting)) {
    fault(
      "TypeError",
      `Cannot cast array data from dtype('${x.dtype.name}') to dtype('${dtype.name}') according to the rule '${casting}'`,
    );
  }
  if (!copy && x.dtype === dtype) return x;
  const kind = orderOf(order, "K");
  const strides =
    kind === "F"
      ? columnMajor(x.shape)
      : kind === "C"
        ? rowMajor(x.shape)
        : strideLike(x.shape, [x]);
  return cast(x, dtype, strides);
}

/** The same bytes as another dtype. */
function reinterpreted(x: PyArray, dtype: Dtype): PyArray {
  if (x.dtype === dtype) return x.view(x.shape, x.strides);
  if (x.dtype.kind === "c" || dtype.kind === "c")
    refuse("view between complex and other dtypes", "numpy.real, numpy.imag, array.astype");
  if (x.ndim === 0 && x.dtype.size !== dtype.size) {
    fault(
      "ValueError",
      "Changing the dtype of a 0d array is only supported if the itemsize is unchanged",
    );
  }
  const ratio = x.dtype.size / dtype.size;
  if (ratio !== 1 && x.strides.at(-1) !== 1 && x.shape.at(-1)! > 1) {
    fault(
      "ValueError",
      "To change to a dtype of a different size, the last axis must be contiguous",
    );
  }
  const last = (x.shape.at(-1) ?? 1) * ratio;
  if (!Number.isInteger(last)) {
    fault(
      "ValueError",
      "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.",
    );
  }
  const typed = x.data as Float64Array;
  const bytes = typed.byteLength;
  const Made = dtype.make(0).constructor as unknown as new (
    buffer: ArrayBufferLike,
    at: number,
    length: number,
  ) => PyArray["data"];
  const fits =
    bytes % dtype.size === 0 &&
    typed.byteOffset % dtype.size === 0 &&
    Number.isInteger(x.offset * ratio) &&
    x.strides.every((one) => Number.isInteger(one * ratio));
  if (!fits) refuse("view at places that the dtype cannot begin at", "array.copy().view(dtype)");
  const view = new PyArray(
    new Made(typed.buffer, typed.byteOffset, bytes / dtype.size),
    dtype,
    ratio === 1 ? x.shape : x.shape.with(-1, last),
    x.strides.map((one, axis) => (ratio !== 1 && axis === x.ndim - 1 ? 1 : one * ratio)),
    x.offset * ratio,
  );
  view.base = x.base ?? x;
  view.writeable = x.writeable;
  return view;
}

function itemPlace(x: PyArray, args: readonly Value[]): number {
  const own = args.length === 1 && args[0] instanceof PyTuple ? args[0].items : args;
  if (own.length === 0) {
    if (x.size !== 1) fault("ValueError", "can only convert an array of size 1 to a Python scalar");
    return x.offset;
  }
  if (own.length === 1 && x.ndim !== 1) {
    const index = intOf(own[0]!);
    if (index < -x.size || index >= x.size)
      fault("IndexError", `index ${index} is out of bounds for size ${x.size}`);
    let rest = index < 0 ? index + x.size : index;
    let at = x.offset;
    for (let axis = x.ndim - 1; axis >= 0; axis--) {
      at += (rest % x.shape[axis]!) * x.strides[axis]!;
      rest = Math.floor(rest / x.shape[axis]!);
    }
    return at;
  }
  if (own.length !== x.ndim) fault("ValueError", "incorrect number of indices for array");
  return own.reduce((at: number, one, axis) => {
    const index = intOf(one);
    const size = x.shape[axis]!;
    if (index < -size || index >= size)
      fault("IndexError", `index ${index} is out of bounds for axis ${axis} with size ${size}`);
    return at + (index < 0 ? index + size : index) * x.strides[axis]!;
  }, x.offset);
}

const shapeArgument = (args: readonly Value[]): number[] =>
  args.length === 1 ? intsOf(args[0]!) : args.map(intOf);

methods(arrayType, {
  __matmul__: (x: PyArray, other: Value) => matmulOperator(x, other),
  __rmatmul__: (x: PyArray, other: Value) => matmulOperator(other, x),
  __imatmul__: (_x: PyArray, _other: Value) =>
    fault(
      "TypeError",
      "In-place matrix multiplication is not (yet) supported. Use 'a = a @ b' instead of 'a @= b'.",
    ),
  __divmod__: (x: PyArray, other: Value) => divmod(x, other),
  __rdivmod__: (x: PyArray, other: Value) => divmod(other, x),
  __neg__: (x: PyArray) => call1(ufunc("negative"), x),
  __pos__: (x: PyArray) => call1(ufunc("positive"), x),
  __abs__: (x: PyArray) => call1(ufunc("absolute"), x),
  __invert__: (x: PyArray) => call1(ufunc("invert"), x),
  __getitem__: (x: PyArray, key: Value) => getItem(x, key),
  __setitem__: (x: PyArray, key: Value, value: Value) => {
    setItem(x, key, value);
    return None;
  },
  __delitem__: (_x: PyArray, _key: Value) => fault("ValueError", "cannot delete array elements"),
  __iter__: (x: PyArray) => {
    if (x.ndim === 0) fault("TypeError", "iteration over a 0-d array");
    return new ArrayIterator(x);
  },
  __len__: (x: PyArray) => x.shape[0] ?? fault("TypeError", "len() of unsized object"),
  __contains__: (x: PyArray, element: Value) => {
    const own = operandOf(element);
    if (own === undefined) return false;
    const same = operate("equal", x, element);
    return same instanceof PyArray
      ? elements(same).some((one) => one !== 0)
      : numberOf(same)?.value === 1;
  },
  __bool__: (x: PyArray) => {
    if (x.size > 1) {
      fault(
        "ValueError",
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
      );
    }
    return x.size === 1 && getElement(cast(x, BOOL).data, BOOL, 0) !== 0;
  },
  __float__: (x: PyArray) => {
    const value = only(x);
    if (value instanceof PyComplex) fault("TypeError", "can't convert complex to float");
    return value instanceof PyFloat ? value : new PyFloat(Number(value));
  },
  __int__: (x: PyArray) => wholeOf(only(x)),
  __complex__: (x: PyArray) => {
    const value = only(x);
    return value instanceof PyComplex
      ? value
      : new PyComplex(value instanceof PyFloat ? value.v : Number(value), 0);
  },
  __index__: (x: PyArray) => {
    if ((x.dtype.kind !== "i" && x.dtype.kind !== "u") || x.ndim > 0) {
      fault("TypeError", "only integer scalar arrays can be converted to a scalar index");
    }
    return only(x);
  },
  __repr__: (x: PyArray) => arrayRepr(x),
  __str__: (x: PyArray) => arrayText(x),
  __format__: (x: PyArray, spec: Value) => {
    if (x.ndim === 0)
      return format(
        toPython(getElement(x.data, x.dtype, x.offset), x.dtype),
        String(spec),
      ) as Value;
    if (spec === "") return arrayText(x);
    fault("TypeError", "unsupported format string passed to numpy.ndarray.__format__");
  },
  __copy__: (x: PyArray) => copyOf(x),
  __deepcopy__: (x: PyArray, _memo: Value) => copyOf(x),
  __array__: signed("dtype=None", (x: PyArray, dtype?: Value) => {
    const wanted = dtypeArgument(dtype);
    return wanted === undefined || wanted === x.dtype ? x : cast(x, wanted);
  }),
  tolist: (x: PyArray) => nested(x),
  item: signed("*args", (x: PyArray, args: Value[]) =>
    toPython(getElement(x.data, x.dtype, itemPlace(x, args)), x.dtype),
  ),
  itemset: signed("*args", (x: PyArray, args: Value[]) => {
    needWriteable(x);
    const place = itemPlace(x, args.slice(0, -1));
    setElement(x.data, x.dtype, place, getElement(asArray(args.at(-1)!, x.dtype).data, x.dtype, 0));
    return None;
  }),
  reshape: signed("*shape, order='C'", (x: PyArray, shape: Value[], order?: Value) => {
    return reshaped(x, shapeArgument(shape), orderOf(order));
  }),
  resize: signed("*new_shape, refcheck=True", (x: PyArray, shape: Value[]) => {
    const sizes = shapeArgument(shape);
    if (x.base !== undefined)
      fault("ValueError", "cannot resize this array: it does not own its data");
    const data = memory(x.dtype, sizeOf(sizes));
    const flat = inOrder(x);
    for (let i = 0; i < Math.min(x.size, data.length); i++) data[i] = flat.data[flat.offset + i]!;
    Object.assign(x, { data, shape: sizes, strides: rowMajor(sizes), offset: 0 });
    return None;
  }),
  transpose: signed("*axes", (x: PyArray, axes: Value[]) => {
    if (axes.length === 0 || (axes.length === 1 && axes[0] === None)) return reversed(x);
    const wanted = shapeArgument(axes);
    if (wanted.length !== x.ndim) fault("ValueError", "axes don't match array");
    const order = wanted.map((axis) => axisIn(axis, x.ndim));
    if (new Set(order).size < order.length) fault("ValueError", "repeated axis in transpose");
    return permuted(x, order);
  }),
  flatten: signed("order='C'", (x: PyArray, order?: Value) => {
    const kind = orderOf(order);
    const flat = raveled(x, kind);
    return flat.data === x.data ? copyOf(flat, "C") : flat;
  }),
  astype: signed(
    "dtype, order='K', casting='unsafe', subok=True, copy=True",
    (x: PyArray, dtype: Value, order?: Value, casting?: Value, _subok?: Value, copy?: Value) =>
      asType(
        x,
        dtypeArgument(dtype) ?? FLOAT64,
        String(casting ?? "unsafe"),
        copy !== false,
        order,
      ),
  ),
  view: signed("dtype=None, type=None", (x: PyArray, dtype?: Value) => {
    const own = given(dtype);
    return own === undefined || own === arrayType
      ? x.view(x.shape, x.strides)
      : reinterpreted(x, dtypeArgument(own)!);
  }),
  copy: signed("order='C'", (x: PyArray, order?: Value) => copyOf(x, orderOf(order))),
  fill: (x: PyArray, value: Value) => {
    needWriteable(x);
    copyInto(x, asArray(value, x.dtype));
    return None;
  },
  sort: signed("axis=-1, kind=None, order=None", (x: PyArray, axis?: Value) => {
    sortInPlace(x, axis);
    return None;
  }),
  partition: signed(
    "kth, axis=-1, kind='introselect', order=None",
    (x: PyArray, _kth: Value, axis?: Value) => {
      sortInPlace(x, axis);
      return None;
    },
  ),
  compress: signed("condition, axis=None, out=None", (x: PyArray, condition: Value, axis?: Value) =>
    compressed(asArray(condition), x, axis),
  ),
  conj: (x: PyArray) => (x.dtype.kind === "c" ? call1(ufunc("conjugate"), x) : x),
  conjugate: (x: PyArray) => (x.dtype.kind === "c" ? call1(ufunc("conjugate"), x) : x),
  tobytes: signed(
    "order='C'",
    (x: PyArray, order?: Value) =>
      new PyBytes(bytesOfArray(orderOf(order) === "F" ? reversed(x) : x).slice()),
  ),
  byteswap: signed("inplace=False", (x: PyArray, inplace?: Value) => {
    const bytes = bytesOfArray(x).slice();
    const { size } = x.dtype;
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
    const swapped = new PyArray(dataOfBytes(bytes, x.dtype), x.dtype, x.shape);
    if (inplace !== true) return swapped;
    copyInto(x, swapped);
    return x;
  }),
  setflags: signed("write=None, align=None, uic=None", (x: PyArray, write?: Value) => {
    if (given(write) !== undefined) x.writeable = write === true || write === 1;
    return None;
  }),
  tofile: signed("fid, sep='', format='%s'", () => refuse("tofile", "numpy.save, numpy.savetxt")),
  dump: signed("file", () => refuse("dump", "numpy.save")),
  dumps: signed("", () => refuse("dumps", "array.tobytes")),
  newbyteorder: signed("new_order='S'", () => refuse("newbyteorder", "array.byteswap")),
});

/** The whole number of a Python number. */
function wholeOf(value: Value): Value {
  if (value instanceof PyFloat) return truncate(value.v);
  if (value instanceof PyComplex) fault("TypeError", "can't convert complex to int");
  return typeof value === "boolean" ? Number(value) : value;
}

export function divmod(a: Value, b: Value): Value {
  const quotient = operate("floor_divide", a, b);
  return quotient === NotImplemented
    ? quotient
    : new PyTuple([quotient, operate("remainder", a, b)]);
}

/** Over the parts along the first axis. */
class ArrayIterator extends PyIterator {
  readonly x: PyArray;
  at = 0;
  constructor(x: PyArray) {
    super();
    this.x = x;
  }
  next(): Value | undefined {
    return this.at < this.x.shape[0]! ? getItem(this.x, this.at++) : undefined;
  }
  override lengthHint(): number {
    return this.x.shape[0]! - this.at;
  }
}
iteratorType("iterator", ArrayIterator);

/** The elements' real or imaginary parts: of real arrays the array itself, or zeros. */
function part(x: PyArray, name: "real" | "imag"): PyArray {
  if (x.dtype.kind !== "c") {
    if (name === "real") return x.view(x.shape, x.strides);
    const none = zeros(x.shape, x.dtype);
    none.writeable = false;
    return none;
  }
  const dtype = partOf(x.dtype);
  const made = new PyArray(memory(dtype, x.size), dtype, x.shape);
  const flat = inOrder(x);
  for (let i = 0; i < x.size; i++) made.data[i] = (flat.data[flat.offset + i] as PyComplex)[name];
  // What is not part of the array's memory is not to be written to.
  made.writeable = false;
  return made;
}

function setPart(x: PyArray, name: "real" | "imag", value: Value | undefined): void {
  if (value === undefined) fault("AttributeError", `Cannot delete array ${name} part`);
  if (x.dtype.kind !== "c") {
    if (name === "imag") fault("TypeError", "array does not have imaginary part to set");
    assign(x, asArray(value));
    return;
  }
  const values = new PyArray(memory(partOf(x.dtype), x.size), partOf(x.dtype), x.shape);
  assign(values, asArray(value));
  const made = copyOf(x, "C");
  for (let i = 0; i < x.size; i++) {
    const { real, imag } = made.data[i] as PyComplex;
    const own = values.data[i] as number;
    made.data[i] = name === "real" ? new PyComplex(own, imag) : new PyComplex(real, own);
  }
  copyInto(x, made);
}

computed(arrayType, {
  shape: [
    (x: PyArray) => new PyTuple([...x.shape]),
    (x: PyArray, value: Value | undefined) => {
      const wanted = reshaped(x, intsOf(value!));
      if (wanted.data !== x.data) {
        fault(
          "AttributeError",
          "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
        );
      }
      Object.assign(x, { shape: wanted.shape, strides: wanted.strides });
    },
  ],
  strides: (x: PyArray) => new PyTuple(x.strides.map((one) => one * x.dtype.size)),
  dtype: (x: PyArray) => x.dtype,
  ndim: (x: PyArray) => x.ndim,
  size: (x: PyArray) => x.size,
  itemsize: (x: PyArray) => x.dtype.size,
  nbytes: (x: PyArray) => x.dtype.size * x.size,
  T: (x: PyArray) => reversed(x),
  base: (x: PyArray) => x.base ?? None,
  flags: (x: PyArray) => new PyFlags(x),
  flat: [
    (x: PyArray) => new PyFlat(x),
    (x: PyArray, value: Value | undefined) => {
      const list = elements(asArray(value!, x.dtype));
      new PyFlat(x)
        .places()
        .forEach((place, i) => setElement(x.data, x.dtype, place, list[i % list.length]!));
    },
  ],
  real: [
    (x: PyArray) => part(x, "real"),
    (x: PyArray, value: Value | undefined) => setPart(x, "real", value),
  ],
  imag: [
    (x: PyArray) => part(x, "imag"),
    (x: PyArray, value: Value | undefined) => setPart(x, "imag", value),
  ],
  data: () => refuse("data", "array.tobytes"),
  ctypes: () => refuse("ctypes", "array.tobytes"),
  __array_priority__: () => new PyFloat(0),
});

maker(
  arrayType,
  signed(
    "cls, shape, dtype=None, buffer=None, offset=0, strides=None, order=None",
    (_cls: PyType, shape: Value, dtype?: Value, buffer?: Value) => {
      if (given(buffer) !== undefined)
        fault(
          "NotImplementedError",
          "numpy.ndarray(…, buffer=…) is not here; nearest: numpy.frombuffer",
        );
      return zeros(intsOf(shape), dtypeArgument(dtype) ?? FLOAT64);
    },
  ),
);
