/** Shapes: other ones of an array, joins and parts of several. */
import { listOf } from "../lists.ts";
import { fault } from "../../../python/fault.ts";
import { PyList } from "../../../python/objects/list.ts";
import type { Value } from "../../../python/objects/object.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import { toArray } from "../../../python/operations/iterate.ts";
import { typeName } from "../../../python/operations/typeof.ts";
import { columnMajor, memory, PyArray, rowMajor, shapeText, sizeOf } from "../array.ts";
import { canCast, type Dtype, dtypeArgument, INT64, promoteTypes, resultType } from "../dtype.ts";
import { axesOf, axisIn, given, intOf, intsOf, throwOwn } from "../failure.ts";
import { asArray, cast, copyInto } from "../read.ts";
import type { Table } from "../register.ts";
import { unwrapped } from "../scalar.ts";
import { operand } from "../ufuncs/run.ts";
import { outputOf } from "../ufuncs/ufunc.ts";
import {
  copyOf,
  elements,
  expanded,
  moved,
  type Order,
  permuted,
  raveled,
  reshaped,
  reversed,
  sliced,
} from "../views.ts";
import { broadcastShapes, broadcastTo, tryBroadcast } from "../walk.ts";

export function orderOf(value: Value | undefined, otherwise: Order = "C"): Order {
  const own = given(value);
  if (own === undefined) return otherwise;
  const letter = String(own).toUpperCase();
  if (/^[CFKA]$/.test(letter)) return letter as Order;
  return fault("ValueError", `order must be one of 'C', 'F', 'A', or 'K' (got '${String(own)}')`);
}

/** Arrays of a sequence. */
export function arraysOf(value: Value): PyArray[] {
  if (value instanceof PyArray) return rowsOf(value);
  if (
    !(value instanceof PyList || value instanceof PyTuple) &&
    (typeof value !== "object" ||
      !["generator", "map", "zip", "dict_values", "set", "range"].includes(typeName(value)))
  ) {
    fault("TypeError", `The first input argument needs to be a sequence`);
  }
  return toArray(value).map((one) => asArray(one));
}

/** The parts of an array along its first axis. */
function rowsOf(x: PyArray): PyArray[] {
  if (x.ndim === 0) fault("TypeError", "iteration over a 0-d array");
  const [count] = x.shape as [number];
  return Array.from({ length: count }, (_, i) =>
    x.view(x.shape.slice(1), x.strides.slice(1), x.offset + i * x.strides[0]!),
  );
}

/** Joins arrays along an axis they have. */
function joined(
  arrays: readonly PyArray[],
  axis: number,
  dtype: Dtype = arrays.map((one) => one.dtype).reduce(promoteTypes),
): PyArray {
  const [first] = arrays as [PyArray];
  if (first.ndim === 0) fault("ValueError", "zero-dimensional arrays cannot be concatenated");
  const dim = axisIn(axis, first.ndim);
  arrays.forEach((one, i) => {
    if (one.ndim !== first.ndim) {
      fault(
        "ValueError",
        one.ndim === 0
          ? "zero-dimensional arrays cannot be concatenated"
          : `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.ndim} dimension(s) and the array at index ${i} has ${one.ndim} dimension(s)`,
      );
    }
    one.shape.forEach((size, d) => {
      if (d === dim || size === first.shape[d]) return;
      fault(
        "ValueError",
        `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${d}, the array at index 0 has size ${first.shape[d]} and the array at index ${i} has size ${size}`,
      );
    });
  });
  const total = arrays.reduce((sum, one) => sum + one.shape[dim]!, 0);
  const shape = first.shape.with(dim, total);
  const columns = first.ndim > 1 && arrays.every((one) => isColumns(one));
  const result = new PyArray(
    memory(dtype, sizeOf(shape)),
    dtype,
    shape,
    columns ? columnMajor(shape) : rowMajor(shape),
  );
  let from = 0;
  for (const one of arrays) {
    copyInto(sliced(result, dim, from, one.shape[dim]!), one);
    from += one.shape[dim]!;
  }
  return result;
}

function isColumns(x: PyArray): boolean {
  const rows = rowMajor(x.shape);
  const columns = columnMajor(x.shape);
  const is = (wanted: number[]): boolean =>
    x.shape.every((size, d) => size === 1 || x.strides[d] === wanted[d]);
  return is(columns) && !is(rows);
}

function need(arrays: readonly PyArray[]): void {
  if (arrays.length === 0) fault("ValueError", "need at least one array to concatenate");
}

function stacked(arrays: readonly PyArray[], axis: number): PyArray {
  if (arrays.length === 0) fault("ValueError", "need at least one array to stack");
  const [first] = arrays as [PyArray];
  if (arrays.some((one) => shapeText(one.shape) !== shapeText(first.shape))) {
    fault("ValueError", "all input arrays must have the same shape");
  }
  const dim = axisIn(axis, first.ndim + 1);
  return joined(
    arrays.map((one) => expanded(one, dim)),
    dim,
  );
}

/** At least so many axes, as the functions of that name add them. */
function atLeast(ndim: number, value: Value): PyArray {
  const x = asArray(value);
  if (x.ndim >= ndim) return x;
  if (x.ndim === 0) return reshaped(x, listOf<number>(ndim, 1));
  if (ndim === 2) return expanded(x, 0);
  return x.ndim === 1 ? expanded(expanded(x, 0), 2) : expanded(x, 2);
}

function atLeastAll(ndim: number): Table[string] {
  return [
    "*arys",
    (arys: Value[]) => {
      const list = arys.map((one) => atLeast(ndim, one));
      return list.length === 1 ? list[0]! : new PyList(list);
    },
  ];
}

/** Where an array is cut: at places, or into so many parts. */
function split(x: PyArray, where: Value, axis: number, equal: boolean): PyList {
  const dim = axisIn(axis, x.ndim);
  const size = x.shape[dim]!;
  let ends: number[];
  if (
    where instanceof PyList ||
    where instanceof PyTuple ||
    (where instanceof PyArray && where.ndim > 0)
  ) {
    const places = where instanceof PyArray ? elements(where).map(Number) : intsOf(where);
    const bound = (place: number): number =>
      Math.min(Math.max(place < 0 ? place + size : place, 0), size);
    const starts = [0, ...places.map(bound)];
    ends = [...places.map(bound), size];
    return new PyList(
      starts.map((start, i) => sliced(x, dim, start, Math.max(0, ends[i]! - start))),
    );
  }
  const parts = intOf(where);
  if (parts <= 0) fault("ValueError", "number sections must be larger than 0.");
  if (equal && size % parts !== 0) {
    fault("ValueError", "array split does not result in an equal division");
  }
  const [each, extra] = [Math.floor(size / parts), size % parts];
  let from = 0;
  return new PyList(
    Array.from({ length: parts }, (_, i) => {
      const count = each + (i < extra ? 1 : 0);
      const part = sliced(x, dim, from, count);
      from += count;
      return part;
    }),
  );
}

/** Along which axis `hsplit` and its kind cut. */
function splitAlong(name: string, axis: (ndim: number) => number, least: number): Table[string] {
  return [
    "ary, indices_or_sections",
    (ary: Value, where: Value) => {
      const x = asArray(ary);
      if (x.ndim < least)
        fault("ValueError", `${name} only works on arrays of ${least} or more dimensions`);
      return split(x, where, axis(x.ndim), true);
    },
  ];
}

/** Each element as often as `repeats` says. */
function repeated(x: PyArray, repeats: Value, axis: Value | undefined): PyArray {
  const flat = given(axis) === undefined || (x.ndim === 0 && intOf(axis!) === 0);
  const line = flat ? raveled(x) : x;
  const dim = flat ? 0 : axisIn(intOf(axis!), x.ndim);
  const size = line.shape[dim]!;
  const counts = elements(cast(asArray(repeats), INT64)).map(Number);
  if (counts.some((one) => one < 0))
    fault("ValueError", "repeats may not contain negative values.");
  if (counts.length !== 1 && counts.length !== size) {
    fault(
      "ValueError",
      `operands could not be broadcast together with shape (${size},) (${counts.length},)`,
    );
  }
  const each = (i: number): number => (counts.length === 1 ? counts[0]! : counts[i]!);
  let total = 0;
  for (let i = 0; i < size; i++) total += each(i);
  const shape = line.shape.with(dim, total);
  const result = new PyArray(memory(x.dtype, sizeOf(shape)), x.dtype, shape);
  let to = 0;
  for (let i = 0; i < size; i++) {
    const count = each(i);
    if (count === 0) continue;
    const part = sliced(line, dim, i, 1);
    const target = sliced(result, dim, to, count);
    copyInto(target, broadcastTo(part, target.shape));
    to += count;
  }
  return result;
}

function tiled(x: PyArray, reps: readonly number[]): PyArray {
  const ndim = Math.max(x.ndim, reps.length);
  const times = [...listOf<number>(ndim - reps.length, 1), ...reps];
  const sizes = [...listOf<number>(ndim - x.ndim, 1), ...x.shape];
  const shape = sizes.map((size, d) => size * times[d]!);
  const result = new PyArray(memory(x.dtype, sizeOf(shape)), x.dtype, shape);
  // As (times, size) for each axis.
  const wide = sizes.flatMap((size, d) => [times[d]!, size]);
  const target = result.view(wide, rowMajor(wide));
  const source = x.view(sizes, [...listOf<number>(ndim - x.ndim, 0), ...x.strides]);
  copyInto(
    target,
    source.view(
      wide,
      sizes.flatMap((_, d) => [0, source.strides[d]!]),
    ),
  );
  return result;
}

function rolled(x: PyArray, shift: number, dim: number): PyArray {
  const size = x.shape[dim]!;
  const result = new PyArray(memory(x.dtype, x.size), x.dtype, x.shape);
  if (x.size === 0) return result;
  const by = ((shift % size) + size) % size;
  copyInto(sliced(result, dim, by, size - by), sliced(x, dim, 0, size - by));
  copyInto(sliced(result, dim, 0, by), sliced(x, dim, size - by, by));
  return result;
}

function flipped(x: PyArray, axes: readonly number[]): PyArray {
  let result = x.view(x.shape, x.strides);
  for (const axis of axes) result = sliced(result, axis, x.shape[axis]! - 1, x.shape[axis]!, -1);
  return result;
}

function transposed(x: PyArray, axes: Value | undefined): PyArray {
  const own = given(axes);
  if (own === undefined) return reversed(x);
  const wanted = intsOf(own);
  if (wanted.length !== x.ndim) fault("ValueError", "axes don't match array");
  const order = wanted.map((axis) => axisIn(axis, x.ndim));
  if (new Set(order).size < order.length) fault("ValueError", "repeated axis in transpose");
  return permuted(x, order);
}

function squeezed(x: PyArray, axis: Value | undefined): PyArray {
  const axes = axesOf(axis, x.ndim);
  if (axes?.some((d) => x.shape[d] !== 1) === true) {
    fault("ValueError", "cannot select an axis to squeeze out which has size not equal to one");
  }
  const drop = new Set(axes ?? [...x.shape.keys()].filter((d) => x.shape[d] === 1));
  const keep = (_: number, d: number): boolean => !drop.has(d);
  return x.view(x.shape.filter(keep), x.strides.filter(keep));
}

/** Functions that are methods of arrays too. */
export const SHAPE_METHODS: Table = {
  ravel: ["a, order='C'", (a: Value, order?: Value) => raveled(asArray(a), orderOf(order))],
  squeeze: ["a, axis=None", (a: Value, axis?: Value) => squeezed(asArray(a), axis)],
  swapaxes: [
    "a, axis1, axis2",
    (a: Value, axis1: Value, axis2: Value) => {
      const x = asArray(a);
      const [p, q] = [axisIn(intOf(axis1), x.ndim, "axis1"), axisIn(intOf(axis2), x.ndim, "axis2")];
      const axes = [...x.shape.keys()];
      [axes[p], axes[q]] = [axes[q]!, axes[p]!];
      return permuted(x, axes);
    },
  ],
  repeat: [
    "a, repeats, axis=None",
    (a: Value, repeats: Value, axis?: Value) => repeated(asArray(a), repeats, axis),
  ],
};

export const SHAPES: Table = {
  reshape: [
    "a, newshape, order='C'",
    (a: Value, shape: Value, order?: Value) => reshaped(asArray(a), intsOf(shape), orderOf(order)),
  ],
  transpose: ["a, axes=None", (a: Value, axes?: Value) => transposed(asArray(a), axes)],
  permute_dims: ["a, axes=None", (a: Value, axes?: Value) => transposed(asArray(a), axes)],
  expand_dims: [
    "a, axis",
    (a: Value, axis: Value) => {
      const x = asArray(a);
      const axes = intsOf(axis);
      const ndim = x.ndim + axes.length;
      const sorted = axes.map((one) => axisIn(one, ndim)).sort((p, q) => p - q);
      if (new Set(sorted).size < sorted.length) fault("ValueError", "repeated axis");
      let result = x.view(x.shape, x.strides);
      for (const one of sorted) result = expanded(result, one);
      return result;
    },
  ],
  moveaxis: [
    "a, source, destination",
    (a: Value, source: Value, destination: Value) => {
      const x = asArray(a);
      const from = intsOf(source).map((one) => axisIn(one, x.ndim, "source"));
      const to = intsOf(destination).map((one) => axisIn(one, x.ndim, "destination"));
      if (from.length !== to.length) {
        fault(
          "ValueError",
          "`source` and `destination` arguments must have the same number of elements",
        );
      }
      const order = [...x.shape.keys()].filter((d) => !from.includes(d));
      const pairs = to.map((place, i) => [place, from[i]!] as const).sort((p, q) => p[0] - q[0]);
      for (const [place, own] of pairs) order.splice(place, 0, own);
      return permuted(x, order);
    },
  ],
  rollaxis: [
    "a, axis, start=0",
    (a: Value, axis: Value, start?: Value) => {
      const x = asArray(a);
      const from = axisIn(intOf(axis), x.ndim);
      let to = start === undefined ? 0 : intOf(start);
      if (to < 0) to += x.ndim;
      if (to < 0 || to > x.ndim)
        throwOwn(
          "AxisError",
          `'start' arg requires ${-x.ndim} <= start < ${x.ndim + 1}, but ${to} was passed in`,
        );
      if (from < to) to--;
      return moved(x, from, to);
    },
  ],
  broadcast_to: [
    "array, shape, subok=False",
    (array: Value, shape: Value) => {
      const x = asArray(array);
      const wanted = intsOf(shape);
      const wide = tryBroadcast([x.shape, wanted]);
      if (
        wide === undefined ||
        wide.length !== wanted.length ||
        wide.some((size, d) => size !== wanted[d])
      ) {
        fault(
          "ValueError",
          x.ndim > wanted.length
            ? "input operand has more dimensions than allowed by the axis remapping"
            : `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(x.shape)}  and requested shape ${shapeText(wanted)}`,
        );
      }
      const view = broadcastTo(x, wanted);
      view.writeable = false;
      return view;
    },
  ],
  broadcast_arrays: [
    "*args, subok=False",
    (args: Value[]) => {
      const list = args.map((one) => asArray(one));
      const shape = broadcastOrFault(list.map((one) => one.shape));
      return new PyList(
        list.map((one) =>
          shapeText(one.shape) === shapeText(shape) ? one : broadcastTo(one, shape),
        ),
      );
    },
  ],
  broadcast_shapes: [
    "*args",
    (args: Value[]) => new PyTuple(broadcastOrFault(args.map(intsOf)) as Value[]),
  ],
  concatenate: [
    "arrays, axis=0, out=None, dtype=None, casting='same_kind'",
    (arrays: Value, axis?: Value, out?: Value, dtype?: Value, casting?: Value) => {
      const list = arraysOf(arrays);
      need(list);
      const flat = axis !== undefined && given(axis) === undefined;
      const own = flat ? list.map((one) => raveled(one)) : list;
      const wanted = dtypeArgument(dtype);
      for (const one of own) {
        if (
          wanted !== undefined &&
          !canCast(one.dtype, wanted, String(given(casting) ?? "same_kind"))
        ) {
          fault(
            "TypeError",
            `Cannot cast array data from dtype('${one.dtype.name}') to dtype('${wanted.name}') according to the rule '${String(given(casting) ?? "same_kind")}'`,
          );
        }
      }
      const dim = flat || axis === undefined ? 0 : intOf(axis);
      const result = joined(own, dim, wanted ?? resultType(list.map(operand)));
      const target = outputOf(out);
      if (target === undefined) return result;
      if (shapeText(target.shape) !== shapeText(result.shape))
        fault("ValueError", "Output array is the wrong shape");
      copyInto(target, result);
      return target;
    },
  ],
  stack: [
    "arrays, axis=0, out=None",
    (arrays: Value, axis?: Value) =>
      stacked(stackable(arrays), axis === undefined ? 0 : intOf(axis)),
  ],
  vstack: [
    "tup",
    (tup: Value) => {
      const list = stackable(tup).map((one) => atLeast(2, one));
      need(list);
      return joined(list, 0);
    },
  ],
  hstack: [
    "tup",
    (tup: Value) => {
      const list = stackable(tup).map((one) => atLeast(1, one));
      need(list);
      return joined(list, list[0]!.ndim === 1 ? 0 : 1);
    },
  ],
  dstack: [
    "tup",
    (tup: Value) => {
      const list = stackable(tup).map((one) => atLeast(3, one));
      need(list);
      return joined(list, 2);
    },
  ],
  column_stack: [
    "tup",
    (tup: Value) => {
      const list = stackable(tup).map((one) => (one.ndim < 2 ? reshaped(one, [one.size, 1]) : one));
      need(list);
      return joined(list, 1);
    },
  ],
  atleast_1d: atLeastAll(1),
  atleast_2d: atLeastAll(2),
  atleast_3d: atLeastAll(3),
  split: [
    "ary, indices_or_sections, axis=0",
    (ary: Value, where: Value, axis?: Value) =>
      split(asArray(ary), where, axis === undefined ? 0 : intOf(axis), true),
  ],
  array_split: [
    "ary, indices_or_sections, axis=0",
    (ary: Value, where: Value, axis?: Value) =>
      split(asArray(ary), where, axis === undefined ? 0 : intOf(axis), false),
  ],
  hsplit: splitAlong("hsplit", (ndim) => (ndim > 1 ? 1 : 0), 1),
  vsplit: splitAlong("vsplit", () => 0, 2),
  dsplit: splitAlong("dsplit", () => 2, 3),
  tile: [
    "A, reps",
    (a: Value, reps: Value) => {
      const list = reps instanceof PyArray ? elements(reps).map(Number) : intsOf(reps);
      return tiled(asArray(a), list);
    },
  ],
  flip: [
    "m, axis=None",
    (m: Value, axis?: Value) => {
      const x = asArray(m);
      return unwrapped(flipped(x, axesOf(axis, x.ndim) ?? [...x.shape.keys()]));
    },
  ],
  flipud: ["m", (m: Value) => flipped(ofNdim(asArray(m), 1), [0])],
  fliplr: ["m", (m: Value) => flipped(ofNdim(asArray(m), 2), [1])],
  roll: [
    "a, shift, axis=None",
    (a: Value, shift: Value, axis?: Value) => {
      const x = asArray(a);
      const shifts = intsOf(shift);
      if (given(axis) === undefined) {
        const total = shifts.reduce((p, q) => p + q, 0);
        return reshaped(rolled(raveled(x), total, 0), x.shape);
      }
      const axes = intsOf(axis!).map((one) => axisIn(one, x.ndim));
      const count = Math.max(axes.length, shifts.length);
      if (
        (axes.length !== 1 && axes.length !== count) ||
        (shifts.length !== 1 && shifts.length !== count)
      ) {
        broadcastShapes([[shifts.length], [axes.length]]);
      }
      let result = x;
      for (let i = 0; i < count; i++) {
        result = rolled(
          result,
          shifts[shifts.length === 1 ? 0 : i]!,
          axes[axes.length === 1 ? 0 : i]!,
        );
      }
      return result === x ? copyOf(x) : result;
    },
  ],
};

function stackable(value: Value): PyArray[] {
  if (typeof value === "object" && /^(generator|map|zip)$/.test(typeName(value))) {
    fault(
      "TypeError",
      `arrays to stack must be passed as a "sequence" type such as list or tuple.`,
    );
  }
  return arraysOf(value);
}

function ofNdim(x: PyArray, least: number): PyArray {
  if (x.ndim < least) fault("ValueError", `Input must be >= ${least}-d.`);
  return x;
}

function broadcastOrFault(shapes: readonly (readonly number[])[]): readonly number[] {
  if (shapes.length === 0) return [];
  const shape = tryBroadcast(shapes);
  if (shape !== undefined) return shape;
  const bad = shapes.findIndex((_, i) => tryBroadcast(shapes.slice(0, i + 1)) === undefined);
  const other = shapes.findIndex((one) => tryBroadcast([one, shapes[bad]!]) === undefined);
  fault(
    "ValueError",
    `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${other} with shape ${shapeText(shapes[other]!, " ")} and arg ${bad} with shape ${shapeText(shapes[bad]!, " ")}.`,
  );
}
