/**
 * NumPy's advanced indices: tensors of places, and masks, over the leading dims.
 * The host reads them, checks them, and moves whole rows.
 */

import { tensor } from "./creation.ts";
import { type HostValue, isInteger } from "./dtype.ts";
import { type TensorLike, where } from "./elementwise.ts";
import { broadcastPair, describe, disagreement, formatShape, product } from "./shape.ts";
import { Tensor } from "./tensor.ts";

export function int32(values: ArrayLike<number>, shape: readonly number[]): Tensor {
  return tensor(Int32Array.from(values), { dtype: "int32", shape });
}

/** Values of an int32 tensor on the host, negative ones counted from the end of `size`. */
export function hostIndices(
  operator: string,
  index: Tensor,
  size: number,
  where: string,
): Int32Array {
  if (!(index instanceof Tensor) || !isInteger(index.dtype)) {
    throw new TypeError(
      `${operator}: index must be an int32 tensor, got ${index instanceof Tensor ? `a ${index.dtype} tensor` : describe(index)}; write tensor([…], { dtype: "int32" })`,
    );
  }
  const values: ArrayLike<HostValue> = index.toTypedArray();
  return Int32Array.from(values, (given) => {
    const value = Number(given);
    if (value >= -size && value < size) return value < 0 ? value + size : value;
    throw new RangeError(`${operator}: index ${value} is outside ${where}`);
  });
}

/** Row-major places of the elements that are not 0. */
export function placesOf(x: Tensor): number[] {
  const found: number[] = [];
  x.to("bool")
    .toTypedArray()
    .forEach((value, at) => {
      if (value !== 0) found.push(at);
    });
  return found;
}

/** The indices of the elements that are not 0, in row-major order: int32 of [count, dims]. */
export function indicesOf(x: Tensor): Tensor {
  const places = placesOf(x);
  const steps = x.shape.map((_, dim) => product(x.shape.slice(dim + 1)));
  const rows = places.flatMap((at) =>
    steps.map((step, dim) => Math.floor(at / step) % (x.shape[dim] ?? 1)),
  );
  return int32(rows, [places.length, x.ndim]);
}

/** One index of `index` and `indexPut`: of a dim, of several places in it, or a mask over some dims. */
export type Index = number | Tensor;

/** Rows that an advanced index names: their places in the leading dims, and the shape they have together. */
interface Rows {
  readonly places: Int32Array;
  readonly shape: readonly number[];
  readonly leading: number;
  readonly rest: readonly number[];
}

export function rowsOf(operator: string, x: Tensor, indices: readonly Index[]): Rows {
  const parts = indices.flatMap((one): Tensor[] => {
    if (typeof one === "number") return [tensor(one, { dtype: "int32" })];
    if (!(one instanceof Tensor)) {
      throw new TypeError(
        `${operator}: an index must be a number or a tensor, got ${describe(one)}`,
      );
    }
    if (one.dtype !== "bool") return [one];
    const found = indicesOf(one);
    return one.shape.map((_, dim) => found.select(1, dim));
  });
  let dim = 0;
  for (const one of indices) {
    if (!(one instanceof Tensor) || one.dtype !== "bool") {
      dim++;
      continue;
    }
    const wrong = one.shape.findIndex((size, d) => size !== x.shape[dim + d]);
    if (wrong >= 0) throw disagreement(operator, x.shape, dim + wrong, one.shape, wrong);
    dim += one.ndim;
  }
  if (parts.length > x.ndim) {
    throw new RangeError(
      `${operator}: ${parts.length} indices for shape ${formatShape(x.shape)}, which has ${x.ndim} dims`,
    );
  }
  const shape = parts
    .map((one) => one.shape)
    .reduce<readonly number[]>((a, b) => broadcastPair(operator, a, b), []);
  const places = new Int32Array(product(shape));
  parts.forEach((one, d) => {
    const size = x.shape[d] ?? 0;
    const name = `dim ${d} of shape ${formatShape(x.shape)}`;
    const along = hostIndices(operator, one.expand(shape), size, name);
    along.forEach((value, i) => (places[i] = (places[i] ?? 0) * size + value));
  });
  const leading = product(x.shape.slice(0, parts.length));
  return { places, shape, leading, rest: x.shape.slice(parts.length) };
}

/** Which of `count` places gets which write: the last one; −1 for none. */
function winners(places: ArrayLike<number>, count: number): { from: Tensor; hit: Tensor } {
  const from = new Int32Array(count).fill(-1);
  for (let i = 0; i < places.length; i++) from[places[i] ?? 0] = i;
  return {
    from: int32(
      from.map((at) => Math.max(at, 0)),
      [count],
    ),
    hit: tensor(
      Uint8Array.from(from, (at) => (at < 0 ? 0 : 1)),
      { dtype: "bool", shape: [count] },
    ),
  };
}

/** x with `value`, which broadcasts to what the indices name; of several writes to one place the last wins. */
export function putAt(
  operator: string,
  x: Tensor,
  indices: readonly Index[],
  value: TensorLike,
): Tensor {
  const { places, shape, leading, rest } = rowsOf(operator, x, indices);
  const whole = [...shape, ...rest];
  if (!(value instanceof Tensor)) return put(x, places, leading, rest, value);
  const fits = broadcastPair(operator, whole, value.shape);
  if (formatShape(fits) !== formatShape(whole)) {
    throw new RangeError(
      `${operator}: value of shape ${formatShape(value.shape)} does not fit into the indexed shape ${formatShape(whole)}`,
    );
  }
  const rows = value
    .to(x.dtype)
    .expand(whole)
    .reshape([places.length, ...rest]);
  return put(x, places, leading, rest, rows);
}

export function put(
  x: Tensor,
  places: ArrayLike<number>,
  leading: number,
  rest: readonly number[],
  rows: TensorLike,
): Tensor {
  if (places.length === 0 || x.numel === 0) return x;
  const { from, hit } = winners(places, leading);
  const flat = x.reshape([leading, ...rest]);
  const source = rows instanceof Tensor ? rows.indexSelect(0, from) : rows;
  const when = hit.reshape([leading, ...rest.map(() => 1)]);
  return where(when, source, flat).to(x.dtype).reshape(x.shape);
}
