/** Operators that choose elements: by place, by mask, by order. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { indicesOf } from "../../tensor/advanced.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { choose, copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import { type Tensor, tensor as layerTensor } from "../../tensor/index.ts";
import { gather as layerGather, indexSelect as layerIndexSelect } from "../../tensor/indexing.ts";
import { apply, broadcast } from "./arithmetic.ts";
import { dimIn } from "./dims.ts";
import { C_NAMES } from "./dtype.ts";
import { room } from "./failure.ts";
import { long, needNumbers } from "./reductions.ts";
import type { Table } from "./register.ts";
import { PyTensor, given, intOf, numberOf, picked, tensorOf, wrap } from "./tensor.ts";
import { unique } from "./unique.ts";

export const dimOf = (
  what: string,
  dim: Value | undefined,
  otherwise: number,
  ndim: number,
): number => dimIn(dim === undefined ? otherwise : intOf(what, "dim", dim), ndim);

/** An index of whole numbers whose values lie in the dim. */
export function indexOf(what: string, value: Value, size: number, dim: number): Tensor {
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
