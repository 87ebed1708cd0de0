/** Operators that write to the places that an index names. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { fromValues } from "../../tensor/creation.ts";
import { type HostValue, castValue, isFloat } from "../../tensor/dtype.ts";
import { choose, copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import {
  type Scalar,
  type Tensor,
  customFunction,
  full,
  iinfo,
  onesLike,
} from "../../tensor/index.ts";
import { gather as layerGather } from "../../tensor/indexing.ts";
import { contiguousStrides } from "../../tensor/shape.ts";
import { C_NAMES } from "./dtype.ts";
import { room } from "./failure.ts";
import { anew } from "./moving.ts";
import { dimOf, indexOf } from "./picking.ts";
import { type Entry, type Table, underivable } from "./register.ts";
import { PyTensor, numberOf, scalarOf, tensorOf, wrap } from "./tensor.ts";

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
  return wrap(layer.scatterAdd(x.t, at, places, from).to(x.t.dtype), "ScatterAdd");
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
      return wrap(layer.indexAdd(x.t, at, places, from, options).to(x.t.dtype), "IndexAdd");
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
