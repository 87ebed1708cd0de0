/** Arrays of what programs hand in: numbers, nested lists, scalars, arrays, tensors, and what says how it becomes one. */
import { enter, leave } from "../../python/budget.ts";
import { fault } from "../../python/fault.ts";
import { bufferOf } from "../../python/objects/bytes.ts";
import { PyComplex } from "../../python/objects/complex.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyList } from "../../python/objects/list.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { PyRange } from "../../python/objects/range.ts";
import { PyIntObject } from "../../python/objects/scalars.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { callSpecial } from "../../python/operations/call.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { textOf } from "../../python/operations/repr.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { PyTensor } from "../torch/tensor.ts";
import { memory, PyArray, rowMajor, shapeText, sizeOf, work } from "./array.ts";
import {
  BOOL,
  COMPLEX128,
  type Dtype,
  type Element,
  FLOAT64,
  INT64,
  missingDtype,
  promoteTypes,
  UINT64,
} from "./dtype.ts";
import { castElement, getElement, intFits, refuseInt, setElement, toPython } from "./elements.ts";
import { scalarOf, zeroDim } from "./scalar.ts";
import { arrayOfTensor } from "./torch.ts";
import { planned, walk } from "./walk.ts";
import { copying } from "./ufuncs/kernels.ts";

/** The dtype of an int of Python's. */
function dtypeOfInt(value: number | bigint): Dtype {
  if (typeof value === "number" || intFits(value, INT64)) return INT64;
  if (intFits(value, UINT64)) return UINT64;
  missingDtype("object");
}

/** A number of Python's or NumPy's with its dtype; `undefined` for everything else. */
export function numberOf(value: Value): { value: Element; dtype: Dtype } | undefined {
  if (typeof value === "number") return { value, dtype: INT64 };
  if (typeof value === "boolean") return { value: value ? 1 : 0, dtype: BOOL };
  if (typeof value === "bigint") return { value, dtype: dtypeOfInt(value) };
  if (typeof value === "string") return undefined;
  const scalar = scalarOf(value);
  if (scalar !== undefined) return { value: scalar.value, dtype: scalar.dtype };
  if (value instanceof PyFloat) return { value: value.v, dtype: FLOAT64 };
  if (value instanceof PyComplex) return { value, dtype: COMPLEX128 };
  if (value instanceof PyIntObject) return { value: value.int, dtype: dtypeOfInt(value.int) };
  return undefined;
}

/** The items of what counts as a sequence. */
function itemsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  if (value instanceof PyRange) return toArray(value);
  return undefined;
}

/** An array that something is, or says it can be; `undefined` for lists and numbers. */
function arrayLike(value: Value): PyArray | undefined {
  if (value instanceof PyArray) return value;
  if (value instanceof PyTensor) return arrayOfTensor(value);
  if (!(value instanceof PyObject)) return undefined;
  if (value.type.proto["c___array__"] === undefined || scalarOf(value) !== undefined)
    return undefined;
  const made = callSpecial(value, "__array__");
  if (made instanceof PyArray) return made;
  fault("ValueError", "object __array__ method not producing an array");
}

interface Found {
  shape: number[];
  dtype: Dtype | undefined;
}

/** Anything as an array; the same object where it is one. Fails as NumPy does, and by name for texts and objects. */
export function asArray(value: Value, wanted?: Dtype): PyArray {
  const like = arrayLike(value);
  if (like !== undefined) {
    return wanted === undefined || like.dtype === wanted ? like : cast(like, wanted);
  }
  const one = numberOf(value);
  if (one !== undefined) {
    if (wanted === undefined) return zeroDim(one.value, one.dtype);
    return zeroDim(stored(one.value, one.dtype, wanted, value), wanted);
  }
  const items = itemsOf(value);
  if (items === undefined) return other(value, wanted);
  const found: Found = { shape: [], dtype: undefined };
  measure(value, found);
  const dtype = wanted ?? found.dtype ?? FLOAT64;
  const { shape } = found;
  const data = memory(dtype, sizeOf(shape));
  const array = new PyArray(data, dtype, shape, rowMajor(shape), 0);
  fill(array, items, 0, 0);
  return array;
}

/** What is neither number, list nor array. */
function other(value: Value, wanted: Dtype | undefined): PyArray {
  if (value === None && wanted?.kind === "f") return zeroDim(NaN, wanted);
  const bytes = bufferOf(value);
  if (bytes !== undefined && typeName(value) !== "bytes") {
    return asArray(new PyList(Array.from(bytes)), wanted);
  }
  const text = textOf(value);
  if (text !== undefined && wanted !== undefined && wanted.kind !== "b") {
    return asArray(parsed(String(text), wanted), wanted);
  }
  if (text !== undefined) missingDtype("str");
  const float =
    value instanceof PyObject && wanted !== undefined ? callSpecial(value, "__float__") : undefined;
  if (float instanceof PyFloat) return asArray(float, wanted);
  if (wanted !== undefined) {
    const what =
      wanted.kind === "f"
        ? "float() argument must be a string or a real number"
        : "int() argument must be a string, a bytes-like object or a real number";
    fault("TypeError", `${what}, not '${typeName(value)}'`);
  }
  missingDtype("object");
}

function parsed(text: string, dtype: Dtype): Value {
  const number = Number(text.trim().replaceAll("_", ""));
  const special = /^[+-]?(nan|inf|infinity)$/i.exec(text.trim());
  if (special !== null) {
    const size = /nan/i.test(text) ? NaN : Infinity;
    return new PyFloat(text.trim().startsWith("-") ? -size : size);
  }
  const whole = dtype.kind === "i" || dtype.kind === "u";
  if (text.trim() === "" || Number.isNaN(number) || (whole && !/^\s*[+-]?\d+\s*$/.test(text))) {
    fault(
      "ValueError",
      whole
        ? `invalid literal for int() with base 10: '${text}'`
        : `could not convert string to float: '${text}'`,
    );
  }
  return whole ? number : new PyFloat(number);
}

/** Finds the shape, and the dtype that holds all elements. */
function measure(value: Value, found: Found): void {
  const dims: (number | undefined)[] = [];
  let ragged: number | undefined;
  const ended = (depth: number): void => {
    // Something that is no sequence at this depth: nothing may be deeper.
    if (dims.length > depth) ragged = Math.min(ragged ?? depth, depth);
    closed = Math.min(closed, depth);
  };
  let closed = Infinity;
  const size = (depth: number, length: number): void => {
    if (depth >= closed) ragged = Math.min(ragged ?? depth, depth);
    else if (dims.length === depth) dims.push(length);
    else if (dims[depth] !== length) ragged = Math.min(ragged ?? depth, depth);
  };
  const hold = (dtype: Dtype): void => {
    found.dtype = found.dtype === undefined ? dtype : promoteTypes(found.dtype, dtype);
  };
  const visit = (one: Value, depth: number): void => {
    if (depth > 32) {
      fault(
        "ValueError",
        "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 32.",
      );
    }
    const items = itemsOf(one);
    if (items !== undefined) {
      size(depth, items.length);
      enter();
      work(items.length);
      if (items.length === 0) closed = Math.min(closed, depth + 1);
      for (const item of items) {
        if (typeof item === "number") {
          if (found.dtype !== INT64 && found.dtype !== FLOAT64) hold(INT64);
          if (closed !== depth + 1) ended(depth + 1);
        } else visit(item, depth + 1);
      }
      leave();
      return;
    }
    const number = numberOf(one);
    if (number !== undefined) {
      hold(number.dtype);
      ended(depth);
      return;
    }
    const like = arrayLike(one);
    if (like === undefined) {
      ended(depth);
      const text = textOf(one);
      if (text !== undefined) missingDtype("str");
      if (ragged === undefined) missingDtype("object");
      return;
    }
    hold(like.dtype);
    like.shape.forEach((length, axis) => size(depth + axis, length));
    ended(depth + like.ndim);
  };
  visit(value, 0);
  if (ragged !== undefined) {
    const shape = dims.slice(0, ragged) as number[];
    fault(
      "ValueError",
      `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${ragged} dimensions. The detected shape was ${shapeText(shape, " ")} + inhomogeneous part.`,
    );
  }
  found.shape = dims as number[];
}

function fill(array: PyArray, items: readonly Value[], depth: number, at: number): void {
  const { data, dtype, strides } = array;
  const step = strides[depth]!;
  const last = depth === array.ndim - 1;
  const wide = dtype.domain === "l";
  const plain = dtype === FLOAT64;
  for (const [i, item] of items.entries()) {
    const place = at + i * step;
    if (last) {
      if (typeof item === "number" && (plain || (wide && item >= 0)))
        data[place] = wide ? BigInt(item) : item;
      else if (plain && (item as PyFloat).isFloat === true) data[place] = (item as PyFloat).v;
      else {
        const number = numberOf(item) ?? numberOf(toPythonNumber(item));
        setElement(data, dtype, place, stored(number!.value, number!.dtype, dtype, item));
      }
      continue;
    }
    const inner = itemsOf(item);
    if (inner !== undefined) fill(array, inner, depth + 1, place);
    else {
      const like = arrayLike(item)!;
      const view = array.view(like.shape, strides.slice(depth + 1), place);
      copyInto(view, like);
    }
  }
}

function toPythonNumber(item: Value): Value {
  const like = arrayLike(item);
  return like === undefined
    ? 0
    : toPython(getElement(like.data, like.dtype, like.offset), like.dtype);
}

/** A number as an array of a dtype holds it. @throws OverflowError for ints of Python's that are too large */
export function stored(value: Element, from: Dtype, to: Dtype, source: Value): Element {
  if (from === to) return value;
  const whole = to.kind === "i" || to.kind === "u";
  if (whole && from.kind === "f" && scalarOf(source) === undefined) {
    const x = value as number;
    if (Number.isNaN(x)) fault("ValueError", "cannot convert float NaN to integer");
    if (!Number.isFinite(x)) fault("OverflowError", "cannot convert float infinity to integer");
  }
  if (from.kind === "c" && to.kind !== "c" && to.kind !== "b") {
    fault(
      "TypeError",
      whole
        ? "int() argument must be a string, a bytes-like object or a real number, not 'complex'"
        : "float() argument must be a string or a real number, not 'complex'",
    );
  }
  const pythonInt = typeof source === "number" || typeof source === "bigint";
  if (pythonInt && whole && !intFits(value as number | bigint, to)) {
    // Small dtypes let ints of Python's wrap, with a warning.
    const wide = to.size === 8 || !intFits(value as number | bigint, INT64);
    if (wide && !(to === UINT64 && (value as number) < 0 && false))
      refuseInt(value as number | bigint, to);
  }
  return castElement(value, from, to);
}

/** An operand of arithmetic; `undefined` for what numbers have nothing to do with. */
export function operandOf(value: Value): PyArray | undefined {
  if (value instanceof PyArray) return value;
  const number = numberOf(value);
  if (number !== undefined) return zeroDim(number.value, number.dtype);
  if (
    value instanceof PyList ||
    value instanceof PyTuple ||
    value instanceof PyRange ||
    value instanceof PyTensor
  )
    return asArray(value);
  if (value instanceof PyObject && value.type.proto["c___array__"] !== undefined)
    return asArray(value);
  return undefined;
}

/** Copies elements into an array of the same shape, as its dtype holds them. */
export function copyInto(into: PyArray, from: PyArray): void {
  if (into.size === 0) return;
  work(into.size);
  const shape = into.shape;
  const kernel = copying(from.dtype, into.dtype);
  const source = shape.map((size, axis) => {
    const own = axis - (shape.length - from.ndim);
    return own < 0 || (from.shape[own] === 1 && size !== 1) ? 0 : from.strides[own]!;
  });
  const plan = planned(shape, [source, into.strides]);
  const data = [from.data, into.data];
  walk(plan, [from.offset, into.offset], (count, at) => kernel(count, data, at, plan.steps));
}

/** A new array of the elements in another dtype, in C's order or another's. */
export function cast(x: PyArray, dtype: Dtype, strides?: readonly number[]): PyArray {
  const made = new PyArray(memory(dtype, x.size), dtype, x.shape, strides ?? rowMajor(x.shape), 0);
  copyInto(made, x);
  return made;
}
