/** Operators that choose elements: by place, by mask, by order. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { choose } from "../../tensor/elementwise.ts";
import { indicesOf } from "../../tensor/advanced.ts";
import { isFloat } from "../../tensor/dtype.ts";
import * as layer from "../../tensor/functional/index.ts";
import { indexSelect as layerIndexSelect, gather as layerGather } from "../../tensor/indexing.ts";
import { type Tensor, tensor as layerTensor } from "../../tensor/index.ts";
import { apply, broadcast } from "./arithmetic.ts";
import { C_NAMES } from "./dtype.ts";
import { room } from "./failure.ts";
import { dimIn, long } from "./reductions.ts";
import type { Entry, Table } from "./register.ts";
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
    if (reduce !== "add" || !(from instanceof PyTensor)) {
      fault(
        "NotImplementedError",
        `Tensor.scatter(reduce=${String(reduce)}) is not here; nearest: scatter_add, or scatter_reduce`,
      );
    }
    return scatterAdd(x, dim, index, from);
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
  if (x.t.ndim === 0) return picked("sort", wrap(x.t, "Sort"), wrap(long(x.t.mul(0))));
  const found = layer.sort(x.t, at, { descending: descending === true });
  return picked("sort", wrap(found.values, "Sort"), wrap(long(found.indices)));
}

const SORT = "dim=-1, descending=False, stable=False";

function topk(x: PyTensor, k: Value, dim?: Value, largest?: Value): PyTuple {
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
  if (given(dim) !== undefined) {
    fault(
      "NotImplementedError",
      "torch.unique(dim=…) is not here; nearest: torch.unique of all elements",
    );
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
  const result = wrap(layerIndexSelect(flat, 0, int32(at)), "Unique2");
  const more: Value[] = [];
  if (inverse === true) more.push(wrap(long(int32(back)).reshape(x.t.shape)));
  if (counts === true) more.push(wrap(long(int32(found))));
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

/** Functions and methods; the first ones also with an underscore. */
export const WRITING: Table = {
  scatter: ["dim, index, src=None, reduce=None, *, value=None", scatter],
  scatter_add: ["dim, index, src", scatterAdd],
  index_add: [
    "dim, index, source, *, alpha=1",
    (x: PyTensor, dim: Value, index: Value, source: Value, alpha?: Value) => {
      const at = dimOf("index_add", dim, 0, x.t.ndim);
      const places = indexOf("index_add", index, x.t.shape[at] ?? 1, at);
      const options = alpha === undefined ? {} : { alpha: numberOf("index_add", "alpha", alpha) };
      return wrap(
        layer.indexAdd(x.t, at, places, tensorOf("index_add", "source", 4, source), options),
        "IndexAdd",
      );
    },
  ],
  index_copy: indexed("index_copy", "IndexCopy", (x, dim, index, source) =>
    layer.indexCopy(x, dim, index, tensorOf("index_copy", "source", 4, source)),
  ),
  index_fill: indexed("index_fill", "IndexFill", (x, dim, index, value) =>
    layer.indexFill(x, dim, index, numberOf("index_fill", "value", value)),
  ),
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
      return wrap(
        layer.indexPut(x.t, [m], from.reshape(from.numel).narrow(0, 0, count)),
        "MaskedScatter",
      );
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
    "sorted_sequence, values, *, right=False, out_int32=False",
    (sequence: Value, values: Value, right?: Value) => {
      const line = tensorOf("searchsorted", "sorted_sequence", 1, sequence);
      const wanted =
        values instanceof PyTensor
          ? values.t
          : layerTensor(numberOf("searchsorted", "values", values));
      return wrap(long(layer.searchsorted(line, wanted, { right: right === true })));
    },
  ],
  bucketize: [
    "input, boundaries, *, right=False, out_int32=False",
    (input: Value, boundaries: Value, right?: Value) =>
      wrap(
        long(
          layer.searchsorted(
            tensorOf("bucketize", "boundaries", 2, boundaries),
            tensorOf("bucketize", "input", 1, input),
            { right: right === true },
          ),
        ),
      ),
  ],
};
