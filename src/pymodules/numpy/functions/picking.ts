/** Elements by their places and by masks: taking, putting, choosing, finding. */
import { fault } from "../../../python/fault.ts";
import { None, type Value } from "../../../python/objects/object.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import { memory, PyArray, sizeOf, work } from "../array.ts";
import { BOOL, canCast, dtypeArgument, INT64, minScalarType, resultType } from "../dtype.ts";
import { axisIn, given, intOf } from "../failure.ts";
import { setElement } from "../elements.ts";
import { assign, trueAt } from "../indexing.ts";
import { asArray, cast, copyInto } from "../read.ts";
import type { Table } from "../register.ts";
import { unwrapped } from "../scalar.ts";
import { copyWhere, needWriteable, operand, reduce } from "../ufuncs/run.ts";
import { foldDtype, UFUNCS } from "../ufuncs/table.ts";
import { outputOf } from "../ufuncs/ufunc.ts";
import { elements, inOrder, moved, raveled } from "../views.ts";
import { broadcastShapes, broadcastTo, planned, strideLike, walk } from "../walk.ts";
import { copying } from "../ufuncs/kernels.ts";
import { arraysOf } from "./shapes.ts";

/** An index brought into a size, by the mode that was asked for. */
function placed(index: number, size: number, mode: string, axis: number | undefined): number {
  if (mode === "wrap") return ((index % size) + size) % size;
  if (mode === "clip") return Math.min(Math.max(index, 0), size - 1);
  if (index >= -size && index < size) return index < 0 ? index + size : index;
  return fault(
    "IndexError",
    `index ${index} is out of bounds for ${axis === undefined ? "axis 0 with" : `axis ${axis} with`} size ${size}`,
  );
}

function modeOf(mode: Value | undefined): string {
  const own = given(mode) ?? "raise";
  if (own === "raise" || own === "wrap" || own === "clip") return own;
  return fault(
    "ValueError",
    `clipmode must be one of 'clip', 'raise', or 'wrap' (got '${String(own)}')`,
  );
}

function indices(value: Value): PyArray {
  const x = asArray(value);
  if (x.dtype.kind === "f" && x.size === 0) return cast(x, INT64);
  if (x.dtype.kind === "f" || x.dtype.kind === "c") {
    fault(
      "TypeError",
      `Cannot cast array data from dtype('${x.dtype.name}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  return cast(x, INT64);
}

function taken(x: PyArray, at: PyArray, axis: Value | undefined, mode: string): PyArray {
  const flat = given(axis) === undefined;
  const line = flat ? raveled(x) : x;
  const dim = flat ? 0 : axisIn(intOf(axis!), x.ndim);
  const size = line.shape[dim]!;
  const own = elements(at);
  if (size === 0 && own.length > 0)
    fault("IndexError", "cannot do a non-empty take from an empty axes.");
  const shape = [...line.shape.slice(0, dim), ...at.shape, ...line.shape.slice(dim + 1)];
  const result = new PyArray(memory(x.dtype, sizeOf(shape)), x.dtype, shape);
  const rest = line.shape.toSpliced(dim, 1);
  const strides = line.strides.toSpliced(dim, 1);
  const target = [...result.strides.slice(0, dim), ...result.strides.slice(dim + at.ndim)];
  const inner = sizeOf(line.shape.slice(dim + 1));
  const plan = planned(rest, [strides, target]);
  const kernel = copying(x.dtype, x.dtype);
  const data = [line.data, result.data];
  own.forEach((index, i) => {
    const from =
      line.offset + placed(Number(index), size, mode, flat ? undefined : dim) * line.strides[dim]!;
    walk(plan, [from, i * inner], (count, offsets) => kernel(count, data, offsets, plan.steps));
  });
  return result;
}

function nonzeroOf(x: PyArray): PyArray[] {
  return trueAt(x.ndim === 0 ? x.view([1], [0]) : x);
}

function chosen(condition: PyArray, x: PyArray, y: PyArray): PyArray {
  const shape = broadcastShapes([condition.shape, x.shape, y.shape]);
  const dtype = resultType([operand(x), operand(y)]);
  const result = new PyArray(
    memory(dtype, sizeOf(shape)),
    dtype,
    shape,
    strideLike(shape, [condition, x, y]),
  );
  copyInto(result, broadcastTo(y, shape));
  copyWhere(result, x, condition.dtype === BOOL ? condition : cast(condition, BOOL));
  return result;
}

function diagonalOf(x: PyArray, offset: number, axis1: number, axis2: number): PyArray {
  if (x.ndim < 2) fault("ValueError", "diag requires an array of at least two dimensions");
  const [p, q] = [axisIn(axis1, x.ndim), axisIn(axis2, x.ndim)];
  if (p === q) fault("ValueError", "axis1 and axis2 cannot be the same");
  const [rows, columns] = [x.shape[p]!, x.shape[q]!];
  const count = Math.max(
    0,
    offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns),
  );
  const start = count === 0 ? 0 : offset >= 0 ? offset * x.strides[q]! : -offset * x.strides[p]!;
  const keep = (_: number, d: number): boolean => d !== p && d !== q;
  const view = x.view(
    [...x.shape.filter(keep), count],
    [...x.strides.filter(keep), x.strides[p]! + x.strides[q]!],
    x.offset + start,
  );
  view.writeable = false;
  return view;
}

const intOr = (value: Value | undefined, otherwise: number): number =>
  value === undefined ? otherwise : intOf(value);

/** Functions that are methods of arrays too. */
export const PICKING_METHODS: Table = {
  take: [
    "a, indices, axis=None, out=None, mode='raise'",
    (a: Value, at: Value, axis?: Value, out?: Value, mode?: Value) => {
      const result = taken(asArray(a), indices(at), axis, modeOf(mode));
      const target = outputOf(out);
      if (target === undefined) return unwrapped(result);
      copyInto(target, result);
      return target;
    },
  ],
  put: [
    "a, indices, values, mode='raise'",
    (a: Value, at: Value, values: Value, mode?: Value) => {
      if (!(a instanceof PyArray)) {
        fault(
          "TypeError",
          "argument 1 must be numpy.ndarray, not " +
            String((a as { type?: { name: string } }).type?.name),
        );
      }
      needWriteable(a);
      const own = elements(indices(at));
      const list = elements(cast(asArray(values), a.dtype));
      if (list.length === 0) return None;
      const places = walkAll(a);
      own.forEach((index, i) => {
        const place = places[placed(Number(index), a.size, modeOf(mode), undefined)]!;
        setElement(a.data, a.dtype, place, list[i % list.length]!);
      });
      return None;
    },
  ],
  choose: [
    "a, choices, out=None, mode='raise'",
    (a: Value, choices: Value, _out?: Value, mode?: Value) => {
      const own = indices(a);
      const list = arraysOf(choices);
      const shape = broadcastShapes([own.shape, ...list.map((one) => one.shape)]);
      const dtype = list
        .map((one) => one.dtype)
        .reduce((p, q) =>
          resultType([
            { dtype: p, scalar: false },
            { dtype: q, scalar: false },
          ]),
        );
      const places = elements(broadcastTo(own, shape));
      const values = list.map((one) => elements(broadcastTo(cast(one, dtype), shape)));
      const result = new PyArray(memory(dtype, places.length), dtype, shape);
      places.forEach((place, i) => {
        const index = Number(place);
        const how = modeOf(mode);
        if (how === "raise" && (index < 0 || index >= list.length))
          fault("ValueError", "invalid entry in choice array");
        setElement(result.data, dtype, i, values[placed(index, list.length, how, undefined)]![i]!);
      });
      return unwrapped(result);
    },
  ],
  compress: [
    "condition, a, axis=None, out=None",
    (condition: Value, a: Value, axis?: Value) => compressed(asArray(condition), asArray(a), axis),
  ],
  nonzero: ["a", (a: Value) => new PyTuple(nonzeroOf(asArray(a)))],
  diagonal: [
    "a, offset=0, axis1=0, axis2=1",
    (a: Value, offset?: Value, axis1?: Value, axis2?: Value) =>
      diagonalOf(asArray(a), intOr(offset, 0), intOr(axis1, 0), intOr(axis2, 1)),
  ],
  trace: [
    "a, offset=0, axis1=0, axis2=1, dtype=None, out=None",
    (a: Value, offset?: Value, axis1?: Value, axis2?: Value, dtype?: Value) => {
      const line = diagonalOf(asArray(a), intOr(offset, 0), intOr(axis1, 0), intOr(axis2, 1));
      const own = dtypeArgument(dtype) ?? foldDtype("add", line.dtype);
      return unwrapped(reduce("add", UFUNCS["add"]!, line, { axes: [line.ndim - 1], dtype: own }));
    },
  ],
};

export function compressed(condition: PyArray, x: PyArray, axis: Value | undefined): PyArray {
  if (condition.ndim !== 1) fault("ValueError", "condition must be a 1-d array");
  const line = given(axis) === undefined ? raveled(x) : x;
  const [places] = trueAt(condition) as [PyArray];
  return taken(line, places, given(axis) === undefined ? 0 : axis, "raise");
}

/** Where each element is, in C's order. */
function walkAll(x: PyArray): number[] {
  const places: number[] = [];
  const plan = planned(x.shape, [x.strides], true);
  work(x.size);
  walk(plan, [x.offset], (count, [at]) => {
    for (let i = 0; i < count; i++) places.push(at! + i * plan.steps[0]!);
  });
  return places;
}

export const PICKING: Table = {
  where: [
    "condition, x=None, y=None, /",
    (condition: Value, x?: Value, y?: Value) => {
      const own = asArray(condition);
      if (x === undefined && y === undefined) return new PyTuple(nonzeroOf(own));
      if (x === undefined || y === undefined)
        fault("ValueError", "either both or neither of x and y should be given");
      return chosen(own, asArray(x), asArray(y));
    },
  ],
  flatnonzero: ["a", (a: Value) => trueAt(raveled(asArray(a)))[0]!],
  argwhere: [
    "a",
    (a: Value) => {
      const x = asArray(a);
      const lists = x.ndim === 0 ? [] : trueAt(x);
      const count = x.ndim === 0 ? Number(x.data[x.offset] != 0) : lists[0]!.size;
      const data = memory(INT64, count * x.ndim);
      lists.forEach((list, axis) => {
        for (let i = 0; i < count; i++) data[axis * count + i] = list.data[i * x.ndim + axis]!;
      });
      return new PyArray(data, INT64, [count, x.ndim], [1, count]);
    },
  ],
  count_nonzero: [
    "a, axis=None, *, keepdims=False",
    (a: Value, axis?: Value, keep?: Value) => {
      const x = asArray(a);
      const own = given(axis);
      const axes =
        own === undefined
          ? undefined
          : own instanceof PyTuple
            ? own.items.map((one) => axisIn(intOf(one), x.ndim))
            : [axisIn(intOf(own), x.ndim)];
      const count = reduce("add", UFUNCS["add"]!, cast(cast(x, BOOL), INT64), {
        axes,
        keepdims: keep === true,
      });
      return own === undefined && keep !== true ? Number(count.data[0]) : unwrapped(count);
    },
  ],
  extract: [
    "condition, arr",
    (condition: Value, arr: Value) =>
      compressed(raveled(asArray(condition)), asArray(arr), undefined),
  ],
  take_along_axis: [
    "arr, indices, axis",
    (arr: Value, at: Value, axis: Value) => {
      const x = asArray(arr);
      const own = asArray(at);
      if (own.dtype.kind !== "i" && own.dtype.kind !== "u") {
        fault("IndexError", "`indices` must be an integer array");
      }
      const flat = given(axis) === undefined;
      const line = flat ? raveled(x) : x;
      const dim = flat ? 0 : axisIn(intOf(axis), x.ndim);
      if (line.ndim !== own.ndim)
        fault("ValueError", "`indices` and `arr` must have the same number of dimensions");
      const shape = broadcastShapes([line.shape.with(dim, 1), own.shape.with(dim, 1)]).with(
        dim,
        own.shape[dim]!,
      );
      const places = inOrder(moved(broadcastTo(own, shape), dim, shape.length - 1));
      const source = moved(
        broadcastTo(line, shape.with(dim, line.shape[dim]!)),
        dim,
        shape.length - 1,
      );
      const result = new PyArray(memory(x.dtype, places.size), x.dtype, places.shape);
      const count = places.shape.at(-1)!;
      const size = line.shape[dim]!;
      const rows = source.view(source.shape.slice(0, -1), source.strides.slice(0, -1));
      walkAll(rows).forEach((start, row) => {
        for (let i = 0; i < count; i++) {
          const index = Number(places.data[places.offset + row * count + i]);
          result.data[row * count + i] =
            source.data[start + placed(index, size, "raise", dim) * source.strides.at(-1)!]!;
        }
      });
      return moved(result, shape.length - 1, dim);
    },
  ],
  put_along_axis: [
    "arr, indices, values, axis",
    (arr: Value, at: Value, values: Value, axis: Value) => {
      const x = arr as PyArray;
      needWriteable(x);
      const own = asArray(at);
      const line = given(axis) === undefined ? x.view([x.size], [1]) : x;
      const dim = given(axis) === undefined ? 0 : axisIn(intOf(axis), x.ndim);
      const shape = own.shape;
      const places = inOrder(moved(own, dim, shape.length - 1));
      const source = inOrder(
        moved(broadcastTo(cast(asArray(values), x.dtype), shape), dim, shape.length - 1),
      );
      const target = moved(line, dim, line.ndim - 1);
      const count = places.shape.at(-1)!;
      walkAll(target.view(target.shape.slice(0, -1), target.strides.slice(0, -1))).forEach(
        (start, row) => {
          for (let i = 0; i < count; i++) {
            const index = placed(
              Number(places.data[places.offset + row * count + i]),
              line.shape[dim]!,
              "raise",
              dim,
            );
            target.data[start + index * target.strides.at(-1)!] =
              source.data[source.offset + row * count + i]!;
          }
        },
      );
      return None;
    },
  ],
  copyto: [
    "dst, src, casting='same_kind', where=True",
    (dst: Value, src: Value, casting?: Value, where?: Value) => {
      if (!(dst instanceof PyArray))
        fault("TypeError", "copyto() argument 1 must be numpy.ndarray, not list");
      needWriteable(dst);
      const from = asArray(src);
      const how = String(casting ?? "same_kind");
      if (!canCast(from.ndim === 0 ? minScalarType(operand(from)) : from.dtype, dst.dtype, how)) {
        fault(
          "TypeError",
          `Cannot cast array data from dtype('${from.dtype.name}') to dtype('${dst.dtype.name}') according to the rule '${how}'`,
        );
      }
      if (where === undefined || where === true) assign(dst, from);
      else copyWhere(dst, from, asArray(where, BOOL));
      return None;
    },
  ],
  putmask: [
    "a, mask, values",
    (a: Value, mask: Value, values: Value) => {
      const x = a as PyArray;
      needWriteable(x);
      const own = elements(asArray(mask, BOOL));
      const list = elements(cast(asArray(values), x.dtype));
      if (own.length !== x.size)
        fault("ValueError", "putmask: mask and data must be the same size");
      walkAll(x).forEach((place, i) => {
        if (own[i] !== 0) setElement(x.data, x.dtype, place, list[i % list.length]!);
      });
      return None;
    },
  ],
};
