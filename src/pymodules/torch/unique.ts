/** The different elements, or slices, of a tensor. */
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import type { HostValue } from "../../tensor/dtype.ts";
import { type Tensor, tensor as layerTensor } from "../../tensor/index.ts";
import { indexSelect as layerIndexSelect } from "../../tensor/indexing.ts";
import * as views from "../../tensor/views.ts";
import { dimIn } from "./dims.ts";
import { room } from "./failure.ts";
import { long } from "./reductions.ts";
import { PyTensor, given, intOf, wrap } from "./tensor.ts";

export function unique(
  x: PyTensor,
  ordered?: Value,
  inverse?: Value,
  counts?: Value,
  dim?: Value,
): Value {
  void ordered;
  const along = given(dim);
  if (along !== undefined) {
    const at = dimIn(intOf("unique", "dim", along), x.t.ndim);
    return uniqueRows(x.t, at, inverse === true, counts === true);
  }
  const values = x.t.toTypedArray() as ArrayLike<number | bigint>;
  room(values.length, 32);
  const list = Array.from(values);
  const order = [...new Set(list)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const place = new Map(order.map((value, i) => [value, i]));
  const found = new Int32Array(order.length);
  const back = Int32Array.from(list, (value) => {
    const at = place.get(value)!;
    found[at]!++;
    return at;
  });
  const first = new Map<number | bigint, number>();
  list.forEach((value, i) => first.has(value) || first.set(value, i));
  const at = Int32Array.from(order, (value) => first.get(value)!);
  const flat = x.t.reshape(x.t.numel);
  const result = wrap(layerIndexSelect(flat, 0, int32(at)), "Unique2Backward0");
  const more: Value[] = [];
  if (inverse === true) more.push(wrap(long(int32(back)).reshape(x.t.shape)));
  if (counts === true) more.push(wrap(long(int32(found))));
  return more.length === 0 ? result : new PyTuple([result, ...more]);
}

/** The different slices along a dim, in the order of their elements. */
function uniqueRows(x: Tensor, dim: number, inverse: boolean, counts: boolean): Value {
  const rows = views.permute(x, [dim, ...[...x.shape.keys()].filter((d) => d !== dim)]);
  const values = rows.toTypedArray() as ArrayLike<HostValue>;
  const [count = 0] = rows.shape;
  const width = count === 0 ? 0 : x.numel / count;
  room(x.numel, 16);
  const compare = (a: number, b: number): number => {
    for (let i = 0; i < width; i++) {
      const [left, right] = [values[a * width + i]!, values[b * width + i]!];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => compare(a, b) || a - b);
  const firsts: number[] = [];
  const many: number[] = [];
  const back = new Int32Array(count);
  for (const row of order) {
    if (firsts.length === 0 || compare(firsts.at(-1)!, row) !== 0) {
      firsts.push(row);
      many.push(0);
    }
    many[many.length - 1]!++;
    back[row] = firsts.length - 1;
  }
  const result = wrap(layerIndexSelect(x, dim, int32(Int32Array.from(firsts))), "UniqueDim");
  const more: Value[] = [];
  if (inverse) more.push(wrap(long(int32(back))));
  if (counts) more.push(wrap(long(int32(Int32Array.from(many)))));
  return more.length === 0 ? result : new PyTuple([result, ...more]);
}

function int32(values: Int32Array): Tensor {
  return layerTensor(values, { dtype: "int32" });
}
