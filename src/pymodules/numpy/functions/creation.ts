/** New arrays: of values, of sizes, of steps. */
import { fault } from "../../../python/fault.ts";
import { bufferOf } from "../../../python/objects/bytes.ts";
import { PyComplex } from "../../../python/objects/complex.ts";
import { PyList } from "../../../python/objects/list.ts";
import type { Value } from "../../../python/objects/object.ts";
import { toArray } from "../../../python/operations/iterate.ts";
import { typeName } from "../../../python/operations/typeof.ts";
import {
  columnMajor,
  isColumnMajor,
  isRowMajor,
  memory,
  PyArray,
  rowMajor,
  sizeOf,
  zeros,
} from "../array.ts";
import {
  BOOL,
  type Data,
  type Dtype,
  dtypeArgument,
  type Element,
  FLOAT64,
  INT64,
  resultType,
} from "../dtype.ts";
import { castElement, setElement } from "../elements.ts";
import { given, intOf, intsOf } from "../failure.ts";
import { assign } from "../indexing.ts";
import { asArray, cast, copyInto, numberOf, stored } from "../read.ts";
import type { Table } from "../register.ts";
import { zeroDim } from "../scalar.ts";
import { copyOf, expanded, type Order } from "../views.ts";
import { broadcastTo, strideLike } from "../walk.ts";
import { orderOf } from "./shapes.ts";

function shapeOf(value: Value): number[] {
  const shape = intsOf(value);
  if (shape.some((size) => size < 0)) fault("ValueError", "negative dimensions are not allowed");
  return shape;
}

function filled(
  shape: readonly number[],
  dtype: Dtype,
  value: Element,
  order: Order = "C",
): PyArray {
  const array = zeros(shape, dtype, order === "F" ? columnMajor(shape) : undefined);
  if (value === 0) return array;
  const { data } = array;
  if (dtype.domain === "l") (data as BigInt64Array).fill(BigInt(value as number | bigint));
  else (data as unknown as Element[]).fill(value);
  return array;
}

function sized(value: Element): Table[string] {
  return [
    "shape, dtype=None, order='C', *, like=None",
    (shape: Value, dtype?: Value, order?: Value) => {
      const own = dtypeArgument(dtype) ?? FLOAT64;
      return filled(shapeOf(shape), own, castElement(value, INT64, own), orderOf(order));
    },
  ];
}

function like(value: Element): Table[string] {
  return [
    "a, dtype=None, order='K', subok=True, shape=None",
    (a: Value, dtype?: Value, order?: Value, _subok?: Value, shape?: Value) => {
      const x = asArray(a);
      const own = dtypeArgument(dtype) ?? x.dtype;
      return likeArray(x, own, castElement(value, INT64, own), order, shape);
    },
  ];
}

function likeArray(
  x: PyArray,
  dtype: Dtype,
  value: Element,
  order: Value | undefined,
  shape: Value | undefined,
): PyArray {
  const sizes = given(shape) === undefined ? x.shape : shapeOf(shape!);
  const kind = orderOf(order, "K");
  const columns = kind === "F" || (kind === "A" && isColumnMajor(x) && !isRowMajor(x));
  const strides = columns
    ? columnMajor(sizes)
    : kind === "K" && sizes === x.shape
      ? strideLike(sizes, [x])
      : rowMajor(sizes);
  const array = new PyArray(memory(dtype, sizeOf(sizes)), dtype, sizes, strides, 0);
  if (value !== 0) copyInto(array, zeroDim(value, dtype));
  return array;
}

/** An array of its own, or the same one where nothing has to change. */
function toArrayOf(
  object: Value,
  dtype: Value | undefined,
  copy: boolean,
  order: Value | undefined,
  ndmin = 0,
): PyArray {
  const wanted = dtypeArgument(dtype);
  const x = asArray(object, wanted);
  const kind = orderOf(order, "K");
  const fits = kind === "K" || kind === "A" || (kind === "C" ? isRowMajor(x) : isColumnMajor(x));
  let result =
    (copy && x === object) ||
    (copy && !(object instanceof PyArray) && x.base !== undefined) ||
    !fits
      ? copyOf(x, kind)
      : x;
  if (copy && typeName(object) === "torch.Tensor") result = copyOf(x, kind);
  while (result.ndim < ndmin) result = expanded(result, 0);
  return result;
}

function numbersOf(values: readonly (Value | undefined)[]): { value: Element; dtype: Dtype }[] {
  return values.map((one) => {
    if (one === undefined) return { value: 0, dtype: INT64 };
    const array =
      numberOf(one) ??
      (one instanceof PyArray && one.ndim === 0
        ? { value: asElement(one), dtype: one.dtype }
        : undefined);
    if (array === undefined)
      fault("TypeError", `unsupported operand type(s) for -: '${typeName(one)}' and 'int'`);
    return array;
  });
}

function asElement(x: PyArray): Element {
  const value = x.data[x.offset]!;
  return typeof value === "bigint" ? Number(value) : value;
}

function arange(args: readonly (Value | undefined)[], dtype: Value | undefined): PyArray {
  const [first, second, third] = args;
  const two = given(second) !== undefined;
  const [start, stop, step] = numbersOf(
    two ? [first, second, given(third) ?? 1] : [0, first, given(third) ?? 1],
  );
  const used = two
    ? [start!, stop!, step!]
    : [stop!, ...(given(third) === undefined ? [] : [step!])];
  const own =
    dtypeArgument(dtype) ??
    resultType([
      ...used.map((one) => ({ dtype: one.dtype, scalar: false })),
      { dtype: INT64, scalar: false },
    ]);
  const by = Number(step!.value);
  if (by === 0) fault("ZeroDivisionError", "division by zero");
  const length = Math.ceil((Number(stop!.value) - Number(start!.value)) / by);
  if (Number.isNaN(length)) fault("ValueError", "arange: cannot compute length");
  const count = Math.max(0, length);
  if (own === BOOL && count > 2) fault("TypeError", "no fill-function for data-type.");
  const data = memory(own, count);
  if (own.domain === "l") {
    const whole = (x: Element): bigint =>
      BigInt(typeof x === "number" ? Math.trunc(x) : (x as bigint));
    const from = whole(start!.value);
    const second2 = castElement(Number(start!.value) + by, FLOAT64, INT64) as number | bigint;
    const difference = BigInt(second2) - from;
    if (Number.isSafeInteger(Number(from) + Number(difference) * count)) {
      const words = new Int32Array((data as BigInt64Array).buffer);
      let value = Number(from);
      const add = Number(difference);
      for (let i = 0; i < count; i++, value += add) {
        words[2 * i] = value | 0;
        words[2 * i + 1] = Math.floor(value / 4294967296);
      }
    } else {
      let value = from;
      for (let i = 0; i < count; i++, value += difference) data[i] = value;
    }
    return new PyArray(data, own, [count]);
  }
  // As NumPy fills: by the difference of the first two.
  const from = castElement(start!.value, start!.dtype, own) as number;
  const next = castElement(Number(start!.value) + by, FLOAT64, own) as number;
  const difference = next - from;
  for (let i = 0; i < count; i++) data[i] = i === 1 ? next : from + i * difference;
  return new PyArray(data, own, [count]);
}

function eye(rows: number, columns: number, k: number, dtype: Dtype, order: Order): PyArray {
  const result = zeros(
    [rows, columns],
    dtype,
    order === "F" ? columnMajor([rows, columns]) : undefined,
  );
  const one = castElement(1, INT64, dtype);
  for (let i = 0; i < rows; i++) {
    const j = i + k;
    if (j >= 0 && j < columns)
      setElement(result.data, dtype, i * result.strides[0]! + j * result.strides[1]!, one);
  }
  return result;
}

function triangle(
  m: Value,
  k: Value | undefined,
  keep: (i: number, j: number, k: number) => boolean,
): PyArray {
  const x = asArray(m);
  const wide = x.ndim === 1 ? broadcastTo(x, [x.shape[0]!, x.shape[0]!]) : x;
  if (x.ndim === 0) fault("ValueError", "input must have at least one dimension");
  const result = cast(wide, x.dtype);
  const [rows, columns] = result.shape.slice(-2) as [number, number];
  const offset = k === undefined ? 0 : intOf(k);
  const zero = castElement(0, INT64, x.dtype);
  for (let at = 0; at < result.size; at += rows * columns) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        if (!keep(i, j, offset)) setElement(result.data, x.dtype, at + i * columns + j, zero);
      }
    }
  }
  return result;
}

const anArray = (ensure: boolean): Table[string] => [
  "a, dtype=None, order=None, *, like=None",
  (a: Value, dtype?: Value, order?: Value) =>
    toArrayOf(a, dtype, false, ensure ? "C" : order, ensure ? 1 : 0),
];

export const CREATION: Table = {
  array: [
    "object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None",
    (object: Value, dtype?: Value, copy?: Value, order?: Value, _subok?: Value, ndmin?: Value) =>
      toArrayOf(object, dtype, copy !== false, order, ndmin === undefined ? 0 : intOf(ndmin)),
  ],
  asarray: anArray(false),
  asanyarray: anArray(false),
  ascontiguousarray: anArray(true),
  asfortranarray: [
    "a, dtype=None, *, like=None",
    (a: Value, dtype?: Value) => toArrayOf(a, dtype, false, "F", 1),
  ],
  asarray_chkfinite: [
    "a, dtype=None, order=None",
    (a: Value, dtype?: Value) => {
      const x = toArrayOf(a, dtype, false, undefined);
      for (let i = 0; i < x.size && x.dtype.kind === "f"; i++) {
        if (!Number.isFinite(copyOf(x, "C").data[i] as number))
          fault("ValueError", "array must not contain infs or NaNs");
      }
      return x;
    },
  ],
  zeros: sized(0),
  ones: sized(1),
  empty: sized(0),
  zeros_like: like(0),
  ones_like: like(1),
  empty_like: like(0),
  full: [
    "shape, fill_value, dtype=None, order='C', *, like=None",
    (shape: Value, value: Value, dtype?: Value, order?: Value) => {
      const x = asArray(value);
      const own = dtypeArgument(dtype) ?? x.dtype;
      const sizes = shapeOf(shape);
      const number = numberOf(value);
      if (number !== undefined)
        return filled(sizes, own, stored(number.value, number.dtype, own, value), orderOf(order));
      const result = zeros(sizes, own, orderOf(order) === "F" ? columnMajor(sizes) : undefined);
      assign(result, x);
      return result;
    },
  ],
  full_like: [
    "a, fill_value, dtype=None, order='K', subok=True, shape=None",
    (a: Value, value: Value, dtype?: Value, order?: Value, _subok?: Value, shape?: Value) => {
      const x = asArray(a);
      const own = dtypeArgument(dtype) ?? x.dtype;
      const result = likeArray(x, own, 0, order, shape);
      const number = numberOf(value);
      copyInto(
        result,
        number === undefined
          ? broadcastTo(asArray(value), result.shape)
          : zeroDim(stored(number.value, number.dtype, own, value), own),
      );
      return result;
    },
  ],
  arange: [
    "start, stop=None, step=None, dtype=None, *, like=None",
    (start: Value, stop?: Value, step?: Value, dtype?: Value) => arange([start, stop, step], dtype),
  ],
  eye: [
    "N, M=None, k=0, dtype=None, order='C', *, like=None",
    (n: Value, m?: Value, k?: Value, dtype?: Value, order?: Value) => {
      const [rows, columns] = shapeOf(new PyList([n, given(m) ?? n])) as [number, number];
      return eye(
        rows,
        columns,
        k === undefined ? 0 : intOf(k),
        dtypeArgument(dtype) ?? FLOAT64,
        orderOf(order),
      );
    },
  ],
  identity: [
    "n, dtype=None, *, like=None",
    (n: Value, dtype?: Value) => eye(intOf(n), intOf(n), 0, dtypeArgument(dtype) ?? FLOAT64, "C"),
  ],
  tri: [
    "N, M=None, k=0, dtype=None, *, like=None",
    (n: Value, m?: Value, k?: Value, dtype?: Value) => {
      const own = dtypeArgument(dtype) ?? FLOAT64;
      const ones = filled([intOf(n), intOf(given(m) ?? n)], own, castElement(1, INT64, own));
      return triangle(ones, k, (i, j, offset) => j <= i + offset);
    },
  ],
  tril: ["m, k=0", (m: Value, k?: Value) => triangle(m, k, (i, j, offset) => j <= i + offset)],
  triu: ["m, k=0", (m: Value, k?: Value) => triangle(m, k, (i, j, offset) => j >= i + offset)],
  fromiter: [
    "iter, dtype, count=-1, *, like=None",
    (iter: Value, dtype: Value, count?: Value) => {
      const items = toArray(iter);
      const most = count === undefined ? -1 : intOf(count);
      if (most > items.length)
        fault(
          "ValueError",
          `iterator too short: Expected ${most} but iterator had only ${items.length} items.`,
        );
      return asArray(
        new PyList(most < 0 ? items : items.slice(0, most)),
        dtypeArgument(dtype) ?? FLOAT64,
      );
    },
  ],
  frombuffer: [
    "buffer, dtype=None, count=-1, offset=0, *, like=None",
    (buffer: Value, dtype?: Value, count?: Value, offset?: Value) => {
      const bytes = bufferOf(buffer);
      if (bytes === undefined)
        fault("TypeError", `a bytes-like object is required, not '${typeName(buffer)}'`);
      const own = dtypeArgument(dtype) ?? FLOAT64;
      const from = offset === undefined ? 0 : intOf(offset);
      const rest = bytes.subarray(from);
      const most = count === undefined ? -1 : intOf(count);
      if (most < 0 && rest.length % own.size !== 0)
        fault("ValueError", "buffer size must be a multiple of element size");
      const size = most < 0 ? rest.length / own.size : most;
      if (size * own.size > rest.length)
        fault("ValueError", "buffer is smaller than requested size");
      const array = new PyArray(dataOfBytes(rest.subarray(0, size * own.size), own), own, [size]);
      array.writeable = typeName(buffer) !== "bytes";
      return array;
    },
  ],
  diag: [
    "v, k=0",
    (v: Value, k?: Value) => {
      const x = asArray(v);
      const offset = k === undefined ? 0 : intOf(k);
      if (x.ndim === 1) {
        const size = x.shape[0]! + Math.abs(offset);
        const result = zeros([size, size], x.dtype);
        const start = offset >= 0 ? offset : -offset * size;
        copyInto(result.view(x.shape, [size + 1], start), x);
        return result;
      }
      if (x.ndim !== 2) fault("ValueError", "Input must be 1- or 2-d.");
      const [rows, columns] = x.shape as [number, number];
      const count = Math.max(
        0,
        offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns),
      );
      const start = offset >= 0 ? offset * x.strides[1]! : -offset * x.strides[0]!;
      const view = x.view(
        [count],
        [x.strides[0]! + x.strides[1]!],
        x.offset + (count === 0 ? 0 : start),
      );
      view.writeable = false;
      return view;
    },
  ],
  copy: [
    "a, order='K', subok=False",
    (a: Value, order?: Value) => copyOf(asArray(a), orderOf(order, "K")),
  ],
};

/** Memory of a dtype that holds what bytes say. */
export function dataOfBytes(bytes: Uint8Array, dtype: Dtype): Data {
  const count = bytes.length / dtype.size;
  const data = memory(dtype, count);
  if (dtype.kind !== "c") {
    const typed = data as Float64Array;
    new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength).set(bytes);
    return data;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < count; i++) {
    const [real, imag] = [0, dtype.size / 2].map((off) =>
      dtype.size === 8 ? view.getFloat32(i * 8 + off, true) : view.getFloat64(i * 16 + off, true),
    );
    data[i] = new PyComplex(real!, imag!);
  }
  return data;
}

/** The bytes of an array in C's order. */
export function bytesOfArray(x: PyArray): Uint8Array {
  const flat = copyOf(x, "C");
  if (x.dtype.kind !== "c") {
    const typed = flat.data as Float64Array;
    return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
  }
  const bytes = new Uint8Array(x.size * x.dtype.size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < x.size; i++) {
    const { real, imag } = flat.data[i] as PyComplex;
    if (x.dtype.size === 8) {
      view.setFloat32(i * 8, real, true);
      view.setFloat32(i * 8 + 4, imag, true);
    } else {
      view.setFloat64(i * 16, real, true);
      view.setFloat64(i * 16 + 8, imag, true);
    }
  }
  return bytes;
}
