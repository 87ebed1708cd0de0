/** `a[…]` and `a[…] = v`: basic indexes make views, arrays as indexes take elements (https://numpy.org/doc/1.24/user/basics.indexing.html). */
import { listOf } from "./lists.ts";
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyList } from "../../python/objects/list.ts";
import { Ellipsis, None, type Value } from "../../python/objects/object.ts";
import { PySlice } from "../../python/objects/slice.ts";
import { PyRange } from "../../python/objects/range.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { extentOf, indexOf } from "../../python/operations/subscript.ts";
import { PyTensor } from "../torch/tensor.ts";
import { memory, PyArray, shapeText, sizeOf, work } from "./array.ts";
import { BOOL, INT64 } from "./dtype.ts";
import { asArray, cast, copyInto, numberOf, stored } from "./read.ts";
import { elementAt, scalarOf, zeroDim } from "./scalar.ts";
import { get64, setElement, wordsOf } from "./elements.ts";
import { inOrder } from "./views.ts";
import { planned, stretched, tryBroadcast, walk } from "./walk.ts";
import { copying, transferring } from "./ufuncs/kernels.ts";
import { needWriteable } from "./ufuncs/run.ts";

/** What an index comes to: a view, and for some of its axes the places to take. */
interface Parts {
  readonly view: PyArray;
  /** By axis of the view; undefined for axes that stay whole. */
  readonly places: readonly (PyArray | undefined)[];
  /** Whether the index named one element. */
  readonly single: boolean;
  /** A mask as the only index: assignments of it have words of their own. */
  readonly mask: boolean;
}

function wrongIndex(): never {
  fault(
    "IndexError",
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices",
  );
}

/** An item of an index as an array; `undefined` where it is none. */
function arrayIndex(item: Value): PyArray | undefined {
  if (item instanceof PyArray) return item;
  if (item instanceof PyTensor) return asArray(item);
  if (item instanceof PyList || item instanceof PyTuple || item instanceof PyRange) {
    const array = asArray(item);
    return array.size === 0 && array.dtype.kind === "f" ? cast(array, INT64) : array;
  }
  if (typeof item === "boolean") return zeroDim(item ? 1 : 0, BOOL);
  const scalar = scalarOf(item);
  return scalar?.dtype === BOOL ? zeroDim(scalar.value, BOOL) : undefined;
}

/** The places where a mask is true, by axis. */
export function trueAt(mask: PyArray): PyArray[] {
  const flat = cast(mask, BOOL);
  work(mask.size);
  let count = 0;
  for (let i = 0; i < mask.size; i++) count += flat.data[i] as number;
  // One row for each element, of which each axis is a column.
  const ndim = mask.ndim;
  const rows = new PyArray(memory(INT64, count * ndim), INT64, [count, ndim]);
  const places = rows.data as BigInt64Array;
  const sizes = mask.shape;
  let into = 0;
  for (let i = 0; i < mask.size; i++) {
    if (flat.data[i] === 0) continue;
    let rest = i;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      places[into * ndim + axis] = BigInt(rest % sizes[axis]!);
      rest = Math.floor(rest / sizes[axis]!);
    }
    into++;
  }
  return mask.shape.map((_, axis) => rows.view([count], [ndim], axis));
}

function partsOf(x: PyArray, key: Value): Parts {
  const items = key instanceof PyTuple ? key.items : [key];
  const arrays = items.map((item) =>
    typeof item === "number" || item instanceof PySlice || item === None || item === Ellipsis
      ? undefined
      : arrayIndex(item),
  );
  let used = 0;
  let dots = 0;
  items.forEach((item, i) => {
    const array = arrays[i];
    if (item === Ellipsis) dots++;
    else if (array?.dtype === BOOL) used += array.ndim;
    else if (item !== None) used++;
  });
  if (dots > 1) fault("IndexError", "an index can only have a single ellipsis ('...')");
  if (used > x.ndim) {
    for (const item of items)
      if (item instanceof PyFloat && scalarOf(item) === undefined) wrongIndex();
    fault(
      "IndexError",
      `too many indices for array: array is ${x.ndim}-dimensional, but ${used} were indexed`,
    );
  }
  const shape: number[] = [];
  const strides: number[] = [];
  const places: (PyArray | undefined)[] = [];
  let { offset } = x;
  let axis = 0;
  let single = true;
  for (const [i, item] of items.entries()) {
    if (typeof item === "number") {
      offset += checked(item, axis, x.shape[axis]!) * x.strides[axis]!;
      axis++;
      // Beside arrays a number is an index like them.
      if (arrays.some((one) => one !== undefined)) {
        shape.push(1);
        strides.push(0);
        places.push(zeroDim(0, INT64));
      }
    } else if (item instanceof PySlice) {
      const { start, step, count } = extentOf(item, x.shape[axis]!);
      if (count > 0) offset += start * x.strides[axis]!;
      shape.push(count);
      strides.push(x.strides[axis]! * step);
      places.push(undefined);
      axis++;
      single = false;
    } else if (item === None) {
      shape.push(1);
      strides.push(0);
      places.push(undefined);
      single = false;
    } else if (item === Ellipsis) {
      for (let left = x.ndim - used; left > 0; left--, axis++) {
        shape.push(x.shape[axis]!);
        strides.push(x.strides[axis]!);
        places.push(undefined);
      }
      single = false;
    } else {
      const array = arrays[i];
      if (array === undefined) {
        const at = item instanceof PyFloat || typeof item === "string" ? undefined : indexOf(item);
        if (at === undefined) wrongIndex();
        if (typeof at === "bigint") {
          fault("IndexError", "cannot fit 'int' into an index-sized integer");
        }
        offset += checked(Number(at), axis, x.shape[axis]!) * x.strides[axis]!;
        axis++;
        if (arrays.some((one) => one !== undefined)) {
          shape.push(1);
          strides.push(0);
          places.push(zeroDim(0, INT64));
        }
        continue;
      }
      single = false;
      if (array.dtype === BOOL) {
        if (array.ndim === 0) {
          shape.push(1);
          strides.push(0);
          const some = array.data[array.offset] !== 0;
          places.push(new PyArray(memory(INT64, some ? 1 : 0), INT64, [some ? 1 : 0]));
          continue;
        }
        array.shape.forEach((size, d) => {
          if (size !== x.shape[axis + d]) {
            fault(
              "IndexError",
              `boolean index did not match indexed array along dimension ${axis + d}; dimension is ${x.shape[axis + d]} but corresponding boolean dimension is ${size}`,
            );
          }
        });
        for (const index of trueAt(array)) {
          shape.push(x.shape[axis]!);
          strides.push(x.strides[axis]!);
          places.push(index);
          axis++;
        }
        continue;
      }
      if (array.dtype.kind !== "i" && array.dtype.kind !== "u") {
        if (array.ndim === 0 || !(item instanceof PyArray)) wrongIndex();
        fault("IndexError", "arrays used as indices must be of integer (or boolean) type");
      }
      if (array.ndim === 0 && items.length === 1 && item instanceof PyArray) {
        const at = checked(Number(array.data[array.offset]), axis, x.shape[axis]!);
        offset += at * x.strides[axis]!;
        axis++;
        single = true;
        arrays[i] = undefined;
        continue;
      }
      shape.push(x.shape[axis]!);
      strides.push(x.strides[axis]!);
      places.push(array);
      axis++;
    }
  }
  for (; axis < x.ndim; axis++) {
    shape.push(x.shape[axis]!);
    strides.push(x.strides[axis]!);
    places.push(undefined);
    single = false;
  }
  const mask = items.length === 1 && arrays[0]?.dtype === BOOL;
  return { view: x.view(shape, strides, offset), places, single, mask };
}

function checked(index: number | bigint, axis: number, size: number): number {
  if (typeof index === "number" && index >= -size && index < size) {
    return index < 0 ? index + size : index;
  }
  return fault("IndexError", `index ${index} is out of bounds for axis ${axis} with size ${size}`);
}

/** Elements that arrays as indexes name: where in the memory, and the shape they come in. */
interface Taken {
  readonly shape: readonly number[];
  /** Of the part that the arrays name. */
  readonly bases: Float64Array;
  /** For each place the arrays name, a block of this shape and these strides. */
  readonly block: readonly number[];
  readonly blockStrides: readonly number[];
  /** Where in the result's shape the arrays' own axes stand. */
  readonly front: number;
  readonly own: readonly number[];
}

function takenBy({ view, places }: Parts): Taken {
  const indexed = [...places.keys()].filter((axis) => places[axis] !== undefined);
  const shapes = indexed.map((axis) => places[axis]!.shape);
  const own = tryBroadcast(shapes);
  if (own === undefined) {
    fault(
      "IndexError",
      `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes.map((one) => shapeText(one)).join(" ")} `,
    );
  }
  const count = sizeOf(own);
  work(count * indexed.length);
  const bases = new Float64Array(count);
  for (const axis of indexed) {
    const index = places[axis]!;
    const size = view.shape[axis]!;
    const stride = view.strides[axis]!;
    const given = index.view(own, stretched(index, own));
    const { data, offset } = given.dtype === INT64 ? inOrder(given) : cast(given, INT64);
    const words = wordsOf(data);
    for (let i = 0; i < count; i++) {
      bases[i]! += checked(get64(data, words, offset + i), axis, size) * stride;
    }
  }
  const rest = [...places.keys()].filter((axis) => places[axis] === undefined);
  const together = indexed.every((axis, i) => i === 0 || axis === indexed[i - 1]! + 1);
  const front = together ? rest.filter((axis) => axis < indexed[0]!).length : 0;
  const block = rest.map((axis) => view.shape[axis]!);
  return {
    shape: [...block.slice(0, front), ...own, ...block.slice(front)],
    bases,
    block,
    blockStrides: rest.map((axis) => view.strides[axis]!),
    front,
    own,
  };
}

/** Copies between an array of the result's shape and the elements that were named. */
function transfer(x: PyArray, taken: Taken, other: PyArray, into: boolean): void {
  const { bases, block, blockStrides, front, own } = taken;
  const [from, to] = into ? [other, x] : [x, other];
  const kernel = copying(from.dtype, to.dtype);
  const data = [from.data, to.data];
  work(other.size);
  const ownStrides = other.strides.slice(front, front + own.length);
  const restStrides = [
    ...other.strides.slice(0, front),
    ...other.strides.slice(front + own.length),
  ];
  if (block.length === 0) {
    const starts = walkPlaces(own, ownStrides, other.offset);
    transferring(from.dtype, to.dtype, into)(from.data, to.data, bases, x.offset, starts);
    return;
  }
  const ways = into ? [restStrides, blockStrides] : [blockStrides, restStrides];
  const plan = planned(block, ways);
  const starts = walkPlaces(own, ownStrides, other.offset);
  for (let i = 0; i < bases.length; i++) {
    const mine = x.offset + bases[i]!;
    const offsets = into ? [starts[i]!, mine] : [mine, starts[i]!];
    walk(plan, offsets, (count, at) => kernel(count, data, at, plan.steps));
  }
}

/** Where each element of a shape is, in C's order. */
function walkPlaces(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): Float64Array {
  const places = new Float64Array(sizeOf(shape));
  let into = 0;
  const plan = planned(shape, [strides], true);
  const step = plan.steps[0]!;
  walk(plan, [offset], (count, [at]) => {
    for (let i = 0; i < count; i++) places[into++] = at! + i * step;
  });
  return places;
}

/** `x[key]`. */
export function getItem(x: PyArray, key: Value): Value {
  if (typeof key === "number" && x.shape.length > 0) {
    const at = x.offset + checked(key, 0, x.shape[0]!) * x.strides[0]!;
    if (x.shape.length === 1) return elementAt(x, at);
    return x.view(x.shape.slice(1), x.strides.slice(1), at);
  }
  const masked = takenByMask(x, key);
  if (masked !== undefined) return take(x, masked);
  const parts = partsOf(x, key);
  if (parts.places.every((one) => one === undefined)) {
    return parts.single && parts.view.ndim === 0 ? elementAt(x, parts.view.offset) : parts.view;
  }
  return take(parts.view, takenBy(parts));
}

/** What a mask of an array's own shape names, without a place for each axis; `undefined` for other indexes. */
function takenByMask(x: PyArray, key: Value): Taken | undefined {
  if (!(key instanceof PyArray) || key.dtype !== BOOL || key.ndim === 0) return undefined;
  if (key.ndim !== x.ndim || key.shape.some((size, axis) => size !== x.shape[axis]))
    return undefined;
  work(x.size);
  const plan = planned(x.shape, [x.strides, key.strides], true);
  const [step, stride] = plan.steps as [number, number];
  const mask = key.data as Uint8Array;
  const found = new Float64Array(x.size);
  let count = 0;
  walk(plan, [0, key.offset], (length, [at, place]) => {
    for (let i = 0; i < length; i++) {
      if (mask[place! + i * stride] !== 0) found[count++] = at! + i * step;
    }
  });
  const bases = found.slice(0, count);
  return { shape: [count], bases, block: [], blockStrides: [], front: 0, own: [count] };
}

function take(view: PyArray, taken: Taken): PyArray {
  const output = new PyArray(memory(view.dtype, sizeOf(taken.shape)), view.dtype, taken.shape);
  transfer(view, taken, output, false);
  return output;
}

/** `x[key] = value`. */
export function setItem(x: PyArray, key: Value, value: Value): void {
  needWriteable(x);
  if (typeof key === "number" && x.shape.length === 1) {
    const number = value instanceof PyArray ? undefined : numberOf(value);
    if (number !== undefined) {
      const at = x.offset + checked(key, 0, x.shape[0]!) * x.strides[0]!;
      setElement(x.data, x.dtype, at, stored(number.value, number.dtype, x.dtype, value));
      return;
    }
  }
  const masked = takenByMask(x, key);
  const parts =
    masked === undefined ? partsOf(x, key) : { view: x, places: [], single: false, mask: true };
  const number = numberOf(value);
  const from =
    number === undefined
      ? asArray(
          value,
          value instanceof PyList || value instanceof PyTuple ? listDtype(x) : undefined,
        )
      : zeroDim(stored(number.value, number.dtype, x.dtype, value), x.dtype);
  const { view } = parts;
  if (masked === undefined && parts.places.every((one) => one === undefined)) {
    const listed = value instanceof PyList || value instanceof PyTuple;
    if (parts.single && view.ndim === 0 && (listed || from.size !== 1)) {
      fault("ValueError", "setting an array element with a sequence.");
    }
    assign(view, from);
    return;
  }
  if (masked !== undefined && from.ndim > 1) {
    fault(
      "TypeError",
      `NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${from.ndim} dimensions`,
    );
  }
  const taken = masked ?? takenBy(parts);
  const fits = tryBroadcast([taken.shape, from.shape]);
  const extra =
    from.ndim > taken.shape.length &&
    from.shape.slice(0, from.ndim - taken.shape.length).every((size) => size === 1);
  const source = extra
    ? from.view(
        from.shape.slice(from.ndim - taken.shape.length),
        from.strides.slice(from.ndim - taken.shape.length),
      )
    : from;
  const whole =
    fits !== undefined &&
    sizeOf(fits) === sizeOf(taken.shape) &&
    (fits.length === taken.shape.length || extra);
  if (!whole || !fitsInto(source.shape, taken.shape)) {
    fault(
      "ValueError",
      parts.mask &&
        from.ndim === 1 &&
        view.ndim === taken.own.length + taken.block.length &&
        taken.block.length === 0
        ? `NumPy boolean array indexing assignment cannot assign ${from.size} input values to the ${sizeOf(taken.shape)} output values where the mask is true`
        : `shape mismatch: value array of shape ${shapeText(from.shape)} could not be broadcast to indexing result of shape ${shapeText(taken.shape)}`,
    );
  }
  const own = source.data === x.data ? cast(source, source.dtype) : source;
  transfer(view, taken, own.view(taken.shape, stretched(own, taken.shape)), true);
}

/** Lists are read as the array's dtype, so that what does not fit is refused. */
function listDtype(x: PyArray): PyArray["dtype"] | undefined {
  return x.dtype.kind === "c" ? undefined : x.dtype;
}

function fitsInto(from: readonly number[], into: readonly number[]): boolean {
  const shift = into.length - from.length;
  return shift >= 0 && from.every((size, axis) => size === 1 || size === into[axis + shift]);
}

/** Copies an array into one that it broadcasts to. @throws ValueError */
export function assign(into: PyArray, given: PyArray): void {
  needWriteable(into);
  let from = given;
  while (from.ndim > into.ndim && from.shape[0] === 1) {
    from = from.view(from.shape.slice(1), from.strides.slice(1));
  }
  if (!fitsInto(from.shape, into.shape)) {
    fault(
      "ValueError",
      `could not broadcast input array from shape ${shapeText(given.shape)} into shape ${shapeText(into.shape)}`,
    );
  }
  copyInto(into, from.data === into.data ? cast(from, from.dtype) : from);
}

/** Where in an array's memory an index points, and the shape of what it names. */
export function placesOf(x: PyArray, key: Value): { places: number[]; shape: readonly number[] } {
  const parts = partsOf(x, key);
  const { view } = parts;
  if (parts.places.every((one) => one === undefined)) {
    return { places: [...walkPlaces(view.shape, view.strides, view.offset)], shape: view.shape };
  }
  const taken = takenBy(parts);
  const count = sizeOf(taken.shape);
  // The elements are numbered, and the numbers taken.
  const blocks = walkPlaces(taken.block, taken.blockStrides, view.offset);
  const inner = taken.block.slice(taken.front);
  const places = listOf<number>(count, 0);
  const each = sizeOf(inner);
  let into = 0;
  for (let outer = 0; outer < blocks.length / Math.max(each, 1); outer++) {
    for (const base of taken.bases) {
      for (let i = 0; i < each; i++) places[into++] = base + blocks[outer * each + i]!;
    }
  }
  return { places, shape: taken.shape };
}
