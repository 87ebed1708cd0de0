/** Operators that choose elements: by place, by mask, by order. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { choose, copy } from "../../tensor/elementwise.ts";
import { indicesOf } from "../../tensor/advanced.ts";
import { castValue, type HostValue, isFloat } from "../../tensor/dtype.ts";
import { fromValues } from "../../tensor/creation.ts";
import { contiguousStrides } from "../../tensor/shape.ts";
import * as views from "../../tensor/views.ts";
import * as layer from "../../tensor/functional/index.ts";
import { indexSelect as layerIndexSelect, gather as layerGather } from "../../tensor/indexing.ts";
import {
  customFunction,
  full,
  iinfo,
  onesLike,
  type Scalar,
  type Tensor,
  tensor as layerTensor,
} from "../../tensor/index.ts";
import { apply, broadcast } from "./arithmetic.ts";
import { C_NAMES } from "./dtype.ts";
import { room } from "./failure.ts";
import { dimIn, long, needNumbers } from "./reductions.ts";
import { type Entry, type Table, underivable } from "./register.ts";
import { anew } from "./shapes.ts";
import { given, intOf, numberOf, picked, PyTensor, scalarOf, tensorOf, wrap } from "./tensor.ts";

const dimOf = (what: string, dim: Value | undefined, otherwise: number, ndim: number): number =>
  dimIn(dim === undefined ? otherwise : intOf(what, "dim", dim), ndim);

/** An index of whole numbers whose values lie in the dim. */
function indexOf(what: string, value: Value, size: number, dim: number): Tensor {
  const index = tensorOf(what, "index", 3, value);
  if (index.dtype !== "int64" && index.dtype !== "int32") {
    fault("RuntimeError", `${what}(): Expected dtype int64 for index`);
  }
  for (const one of index.toTypedArray() as Iterable<number | bigint>) {
    if (one >= 0 && one < size) continue;
    fault(
      "RuntimeError",
      `index ${String(one)} is out of bounds for dimension ${dim} with size ${size}`,
    );
  }
  return index;
}

function gather(x: PyTensor, dim: Value, index: Value): PyTensor {
  const at = dimOf("gather", dim, 0, x.t.ndim);
  const places = indexOf("gather", index, x.t.shape[at] ?? 1, at);
  if (places.numel > 0 && places.ndim !== x.t.ndim) {
    fault("RuntimeError", "Index tensor must have the same number of dimensions as input tensor");
  }
  places.shape.forEach((size, d) => {
    if (d === at || size <= x.t.shape[d]!) return;
    fault(
      "RuntimeError",
      `Size does not match at dimension ${d} expected index [${places.shape.join(", ")}] to be smaller than self [${x.t.shape.join(", ")}] apart from dimension ${at}`,
    );
  });
  return wrap(layerGather(x.t, at, places), "Gather");
}

function scatterInto(x: PyTensor, what: string, dim: Value, index: Value): [number, Tensor] {
  const at = dimOf(what, dim, 0, x.t.ndim);
  const places = indexOf(what, index, x.t.shape[at] ?? 1, at);
  if (places.numel > 0 && places.ndim !== x.t.ndim) {
    fault("RuntimeError", "Index tensor must have the same number of dimensions as self tensor");
  }
  return [at, places];
}

function scatter(
  x: PyTensor,
  dim: Value,
  index: Value,
  src?: Value,
  reduce?: Value,
  value?: Value,
): PyTensor {
  const [at, places] = scatterInto(x, "scatter", dim, index);
  const from = src ?? value;
  const scalar = from instanceof PyTensor ? undefined : scalarOf(from!);
  if (reduce !== undefined) {
    const kind = { add: "sum", multiply: "prod" }[String(reduce)];
    if (kind === undefined) {
      fault("RuntimeError", "reduce argument must be either add or multiply.");
    }
    const source =
      from instanceof PyTensor
        ? from.t.detach()
        : full(places.shape, scalar!, { dtype: x.t.dtype });
    const out = reduceInto("scatter", x.t.detach(), at, places, source, kind as Fold, true);
    return underivable("scatter", out, x.t);
  }
  if (from instanceof PyTensor && from.t.dtype !== x.t.dtype) {
    fault("RuntimeError", `scatter(): Expected self.dtype to be equal to src.dtype`);
  }
  if (places.numel === 0) return wrap(x.t, "Scatter0");
  const source = from instanceof PyTensor ? from.t : isFloat(x.t.dtype) ? Number(scalar) : scalar!;
  return wrap(
    layer.scatter(x.t, at, places, source),
    from instanceof PyTensor ? "Scatter0" : "Scatter1",
  );
}

function scatterAdd(x: PyTensor, dim: Value, index: Value, src: Value): PyTensor {
  const [at, places] = scatterInto(x, "scatter", dim, index);
  const from = tensorOf("scatter_add", "src", 3, src);
  if (from.dtype !== x.t.dtype) {
    fault("RuntimeError", "scatter(): Expected self.dtype to be equal to src.dtype");
  }
  return wrap(layer.scatterAdd(x.t, at, places, from), "ScatterAdd");
}

function indexSelect(x: PyTensor, dim: Value, index: Value): PyTensor {
  const at = dimOf("index_select", dim, 0, x.t.ndim);
  const places = tensorOf("index_select", "index", 3, index);
  if (places.ndim > 1) fault("RuntimeError", "index_select(): Index is supposed to be a vector");
  for (const one of places.toTypedArray() as Iterable<number | bigint>) {
    if (one < 0 || one >= x.t.shape[at]!) fault("IndexError", "index out of range in self");
  }
  return wrap(layerIndexSelect(x.t, at, places.reshape(places.numel)), "IndexSelect");
}

function sorted(x: PyTensor, dim?: Value, descending?: Value): PyTuple {
  const at = dimOf("sort", dim, -1, x.t.ndim);
  if (x.t.ndim === 0) return picked("sort", wrap(copy(x.t), "Sort"), wrap(long(x.t.ne(x.t))));
  const found = layer.sort(x.t, at, { descending: descending === true });
  return picked("sort", wrap(found.values, "Sort"), wrap(long(found.indices)));
}

const SORT = "dim=-1, descending=False, stable=False";

function topk(x: PyTensor, k: Value, dim?: Value, largest?: Value): PyTuple {
  needNumbers("topk", x.t);
  const at = dimOf("topk", dim, -1, x.t.ndim);
  const count = intOf("topk", "k", k);
  if (count < 0 || count > (x.t.shape[at] ?? 1))
    fault("RuntimeError", "selected index k out of range");
  const found = layer.topk(x.t, count, at, { largest: largest !== false });
  return picked("topk", wrap(found.values, "Topk"), wrap(long(found.indices)));
}

function nonzero(x: PyTensor, asTuple?: Value): Value {
  const found = long(indicesOf(x.t.ndim === 0 ? x.t.reshape(1) : x.t));
  if (asTuple !== true) return wrap(x.t.ndim === 0 ? found.narrow(1, 0, 0) : found);
  return new PyTuple(
    Array.from({ length: Math.max(x.t.ndim, 1) }, (_, dim) => wrap(found.select(1, dim))),
  );
}

function unique(x: PyTensor, ordered?: Value, inverse?: Value, counts?: Value, dim?: Value): Value {
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

/** `torch.where`. */
export function where(condition: Value, a?: Value, b?: Value): Value {
  const when = tensorOf("where", "condition", 1, condition);
  if (a === undefined || b === undefined) return nonzero(condition as PyTensor, true);
  if (when.dtype !== "bool") {
    fault(
      "RuntimeError",
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${C_NAMES[when.dtype]}`,
    );
  }
  return apply(
    {
      name: "where",
      made: "Where",
      compute: ({ a: x, b: y, dtype }) => {
        for (const one of [x, y]) if (typeof one === "object") broadcast(when.shape, one.shape);
        const out = choose("where", when, x, y);
        return out.dtype === dtype ? out : out.to(dtype);
      },
    },
    a,
    b,
  );
}

function indexed(
  what: string,
  made: string,
  run: (x: Tensor, dim: number, index: Tensor, source: Value) => Tensor,
): Entry {
  return [
    "dim, index, source",
    (x: PyTensor, dim: Value, index: Value, source: Value) => {
      const at = dimOf(what, dim, 0, x.t.ndim);
      return wrap(run(x.t, at, indexOf(what, index, x.t.shape[at] ?? 1, at), source), made);
    },
  ];
}

type Fold = "sum" | "prod" | "mean" | "amax" | "amin";

/**
 * What folds together at each place that the indices lead to; the elements of x
 * count too where `self` says so, and stay where nothing leads.
 */
function reduceInto(
  what: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  kind: Fold,
  self: boolean,
): Tensor {
  if (index.numel === 0) return copy(x);
  const part = index.shape.reduce((one, size, d) => one.narrow(d, 0, size), source);
  const ones = onesLike(part);
  const zero = x.maskedFill(x.eq(x).logicalOr(x.ne(x)), 0);
  const hits = layer.scatterAdd(zero, dim, index, ones);
  const reached = hits.gt(0);
  const base = self ? x : x.maskedFill(reached, START[kind](x));
  if (kind === "sum") return layer.scatterAdd(base, dim, index, part);
  if (kind === "mean") {
    const total = layer.scatterAdd(base, dim, index, part);
    const count = self ? hits.add(1) : hits.maskedFill(hits.eq(0), 1);
    return isFloat(x.dtype) ? total.div(count) : layer.floorDivide(total, count);
  }
  return folded(what, base, dim, index, part, kind);
}

/** What a fold begins with: the value that changes nothing. */
const START: Readonly<Record<Fold, (x: Tensor) => Scalar>> = {
  sum: () => 0,
  mean: () => 0,
  prod: () => 1,
  amax: (x) => (isFloat(x.dtype) ? -Infinity : iinfo(x.dtype).min),
  amin: (x) => (isFloat(x.dtype) ? Infinity : iinfo(x.dtype).max),
};

/**
 * Products and extremes, one index after another as they stand; the gradient of an
 * extreme goes in equal parts to those that reach it, that of a product by division.
 */
function folded(
  what: string,
  base: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  kind: "prod" | "amax" | "amin",
): Tensor {
  const step = customFunction<[Tensor, Tensor]>({
    forward: (context, x, from) => {
      const out = foldHost(x, dim, index, from, kind);
      context.saveForBackward(x, from, out);
      return out;
    },
    backward: (context, g) => {
      const [x, from, out] = context.savedTensors as [Tensor, Tensor, Tensor];
      const at = (t: Tensor): Tensor => layerGather(t, dim, index);
      if (kind === "prod") {
        const whole = g.mul(out);
        return [whole.div(x), at(whole).div(from)];
      }
      const own = x.eq(out).to(g.dtype);
      const theirs = from.eq(at(out)).to(g.dtype);
      const share = g.div(layer.scatterAdd(own, dim, index, theirs));
      return [own.mul(share), theirs.mul(at(share))];
    },
  });
  if (!["prod", "amax", "amin"].includes(kind)) {
    fault("RuntimeError", `${what}: reduce argument must be sum, prod, mean, amax or amin`);
  }
  return step(base, source);
}

function foldHost(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  kind: "prod" | "amax" | "amin",
): Tensor {
  room(x.numel + index.numel);
  const out = x.toTypedArray().slice() as unknown as HostValue[];
  const values = source.toTypedArray() as ArrayLike<HostValue>;
  const places = index.toTypedArray() as ArrayLike<HostValue>;
  const steps = contiguousStrides(x.shape);
  const inner = contiguousStrides(index.shape);
  for (let i = 0; i < index.numel; i++) {
    let to = 0;
    index.shape.forEach((size, d) => {
      const at = d === dim ? Number(places[i]) : Math.floor(i / inner[d]!) % size;
      to += at * steps[d]!;
    });
    const [a, b] = [out[to]!, values[i]!];
    const nan = a !== a ? a : b !== b ? b : undefined;
    const most = a > b === (kind === "amax") ? a : b;
    const fold = kind === "prod" ? (a as number) * (b as number) : (nan ?? most);
    out[to] = castValue(fold, x.dtype);
  }
  return fromValues(x.dtype, out as never, x.shape);
}

function scatterReduce(
  x: PyTensor,
  dim: Value,
  index: Value,
  src: Value,
  reduce: Value,
  self?: Value,
): PyTensor {
  const what = "scatter_reduce";
  const [at, places] = scatterInto(x, what, dim, index);
  const from = tensorOf(what, "src", 3, src);
  if (from.dtype !== x.t.dtype) {
    fault("RuntimeError", "scatter(): Expected self.dtype to be equal to src.dtype");
  }
  if (!["sum", "prod", "mean", "amax", "amin"].includes(String(reduce))) {
    fault("RuntimeError", "reduce argument must be either sum, prod, mean, amax or amin.");
  }
  const out = reduceInto(what, x.t, at, places, from, reduce as Fold, self !== false);
  return wrap(out, "ScatterReduce");
}

/** Functions and methods; the first ones also with an underscore. */
export const WRITING: Table = {
  scatter: ["dim, index, src=None, reduce=None, *, value=None", scatter],
  scatter_add: ["dim, index, src", scatterAdd],
  scatter_reduce: ["dim, index, src, reduce, *, include_self=True", scatterReduce],
  index_add: [
    "dim, index, source, *, alpha=1",
    (x: PyTensor, dim: Value, index: Value, source: Value, alpha?: Value) => {
      const at = dimOf("index_add", dim, 0, x.t.ndim);
      const places = indexOf("index_add", index, x.t.shape[at] ?? 1, at);
      const from = tensorOf("index_add", "source", 4, source);
      if (from.dtype !== x.t.dtype) {
        fault(
          "RuntimeError",
          `index_add_(): self (${C_NAMES[x.t.dtype]}) and source (${C_NAMES[from.dtype]}) must have the same scalar type`,
        );
      }
      if (from.ndim > 0 && from.shape[at] !== places.numel) {
        fault(
          "RuntimeError",
          `index_add_(): Number of indices (${places.numel}) should be equal to source.size(dim): (${from.shape[at]}), for dim: ${at}`,
        );
      }
      const options = alpha === undefined ? {} : { alpha: numberOf("index_add", "alpha", alpha) };
      return wrap(layer.indexAdd(x.t, at, places, from, options), "IndexAdd");
    },
  ],
  index_copy: indexed("index_copy", "IndexCopy", (x, dim, index, source) =>
    layer.indexCopy(x, dim, index, tensorOf("index_copy", "source", 4, source)),
  ),
  index_fill: [
    "dim, index, value",
    (x: PyTensor, dim: Value, index: Value, value: Value) => {
      const at = dimOf("index_fill", dim, 0, x.t.ndim);
      const places = indexOf("index_fill", index, x.t.shape[at] ?? 1, at);
      if (!(value instanceof PyTensor)) {
        const filler = numberOf("index_fill", "value", value);
        return wrap(layer.indexFill(x.t, at, places, filler), "IndexFill0");
      }
      if (value.t.ndim > 0) {
        fault(
          "RuntimeError",
          `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.t.ndim} dimension(s).`,
        );
      }
      const mask = layer.indexFill(x.t.detach().mul(0), at, places, 1).ne(0);
      return wrap(choose("index_fill", mask, value.t.to(x.t.dtype), x.t), "IndexFill1");
    },
  ],
  masked_scatter: [
    "mask, source",
    (x: PyTensor, mask: Value, source: Value) => {
      const m = tensorOf("masked_scatter", "mask", 1, mask).expand(x.t.shape);
      const from = tensorOf("masked_scatter", "source", 2, source);
      const count = Number(m.to("int64").sum().item());
      if (from.numel < count)
        fault(
          "RuntimeError",
          "masked_scatter_: expected self and source to have same dtypes and number of elements",
        );
      const rows = from.reshape(from.numel).narrow(0, 0, count);
      return wrap(anew(layer.indexPut(x.t, [m], rows), x.t), "MaskedScatter");
    },
  ],
};

export const PICKING: Table = {
  gather: ["dim, index, *, sparse_grad=False", gather],
  index_select: ["dim, index", indexSelect],
  masked_select: [
    "mask",
    (x: PyTensor, mask: Value) => {
      const m = tensorOf("masked_select", "mask", 2, mask);
      if (m.dtype !== "bool")
        fault("RuntimeError", "masked_select: expected BoolTensor or ByteTensor for mask");
      const shape = broadcast(x.t.shape, m.shape);
      return wrap(layer.maskedSelect(x.t.expand(shape), m.expand(shape)), "MaskedSelect");
    },
  ],
  take: [
    "index",
    (x: PyTensor, index: Value) => {
      const places = tensorOf("take", "index", 2, index);
      return wrap(layer.take(x.t, places), "Take");
    },
  ],
  take_along_dim: [
    "indices, dim=None",
    (x: PyTensor, indices: Value, dim?: Value) => {
      const places = tensorOf("take_along_dim", "indices", 2, indices);
      const at = given(dim);
      if (at === undefined)
        return wrap(layerGather(x.t.reshape(x.t.numel), 0, places.reshape(places.numel)), "Gather");
      if (places.ndim !== x.t.ndim) {
        fault(
          "RuntimeError",
          `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${x.t.ndim} dimensions for input, and ${places.ndim} dimensions for indices`,
        );
      }
      return wrap(
        layer.takeAlongDim(x.t, places, dimOf("take_along_dim", at, 0, x.t.ndim)),
        "Gather",
      );
    },
  ],
  sort: [SORT, sorted],
  argsort: [
    SORT,
    (x: PyTensor, dim?: Value, descending?: Value) =>
      (sorted(x, dim, descending) as PyTuple).items[1]!,
  ],
  msort: ["", (x: PyTensor) => (sorted(x, 0) as PyTuple).items[0]!],
  topk: ["k, dim=-1, largest=True, sorted=True", topk],
  kthvalue: [
    "k, dim=-1, keepdim=False",
    (x: PyTensor, k: Value, dim?: Value, keepdim?: Value) => {
      const at = dimOf("kthvalue", dim, -1, x.t.ndim);
      const n = intOf("kthvalue", "k", k);
      if (n < 1 || n > (x.t.shape[at] ?? 1))
        fault("RuntimeError", "kthvalue(): selected number k out of range for dimension " + at);
      needNumbers("kthvalue", x.t);
      const found = layer.sort(x.t, at);
      const one = (t: Tensor): Tensor =>
        keepdim === true ? t.narrow(at, n - 1, 1) : t.select(at, n - 1);
      return picked(
        "kthvalue",
        wrap(one(found.values), "Kthvalue"),
        wrap(long(one(found.indices))),
      );
    },
  ],
  nonzero: ["*, as_tuple=False", nonzero],
  argwhere: ["", (x: PyTensor) => nonzero(x)],
  unique: ["sorted=True, return_inverse=False, return_counts=False, dim=None", unique],
  bincount: [
    "weights=None, minlength=0",
    (x: PyTensor, weights?: Value, least?: Value) => {
      const w = given(weights);
      if (isFloat(x.t.dtype))
        fault("RuntimeError", `"bincount_cpu" not implemented for '${C_NAMES[x.t.dtype]}'`);
      const values = Array.from(x.t.toTypedArray() as ArrayLike<number | bigint>, Number);
      if (values.some((one) => one < 0) || x.t.ndim !== 1) {
        fault("RuntimeError", "bincount only supports 1-d non-negative integral inputs.");
      }
      const size = Math.max(
        least === undefined ? 0 : intOf("bincount", "minlength", least),
        ...values.map((one) => one + 1),
      );
      room(size);
      const out = new Float64Array(size);
      const amounts =
        w === undefined
          ? undefined
          : Array.from(
              tensorOf("bincount", "weights", 2, w).toTypedArray() as ArrayLike<number | bigint>,
              Number,
            );
      values.forEach((one, i) => {
        out[one]! += amounts?.[i] ?? 1;
      });
      const dtype =
        w === undefined ? "int64" : (w as PyTensor).t.dtype === "float32" ? "float32" : "float64";
      return wrap(layerTensor(out, { dtype: "float64" }).to(dtype));
    },
  ],
};

/** Functions whose first argument is no plain tensor, or whose order is their own. */
export const PICKING_FUNCTIONS: Readonly<
  Record<string, readonly [string, (...args: never[]) => Value]>
> = {
  where: ["condition, input=None, other=None", where],
  searchsorted: [
    "sorted_sequence, values, *, right=False, out_int32=False, side=None, sorter=None, out=None",
    (
      sequence: Value,
      values: Value,
      right?: Value,
      narrow?: Value,
      side?: Value,
      order?: Value,
    ) => {
      const line = tensorOf("searchsorted", "sorted_sequence", 1, sequence);
      const by = given(order);
      const sorted =
        by === undefined ? line : layerGather(line, -1, tensorOf("searchsorted", "sorter", 5, by));
      const wanted =
        values instanceof PyTensor
          ? values.t
          : layerTensor(numberOf("searchsorted", "values", values));
      if (given(side) !== undefined && side !== "left" && side !== "right") {
        fault(
          "RuntimeError",
          `torch.searchsorted(): side can only be 'left' or 'right' but got ${String(side)}`,
        );
      }
      return places(sorted, wanted, right === true || side === "right", narrow);
    },
  ],
  bucketize: [
    "input, boundaries, *, out_int32=False, right=False, out=None",
    (input: Value, boundaries: Value, narrow?: Value, right?: Value) =>
      places(
        tensorOf("bucketize", "boundaries", 2, boundaries),
        input instanceof PyTensor ? input.t : layerTensor(numberOf("bucketize", "input", input)),
        right === true,
        narrow,
      ),
  ],
};

function places(line: Tensor, values: Tensor, right: boolean, narrow?: Value): PyTensor {
  const found = layer.searchsorted(line, values, { right });
  return wrap(narrow === true ? found.to("int32") : long(found));
}
