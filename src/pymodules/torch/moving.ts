/** Elements in another order, and any walk through memory. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { trackView } from "../../tensor/autograd/graph.ts";
import { bytesOf } from "../../tensor/dtype.ts";
import { copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import { Tensor, arange, full, zeros } from "../../tensor/index.ts";
import { isContiguous, product } from "../../tensor/shape.ts";
import * as views from "../../tensor/views.ts";
import { dimIn } from "./dims.ts";
import { room } from "./failure.ts";
import type { Entry } from "./register.ts";
import { PyTensor, given, intOf, intsOf, wrap } from "./tensor.ts";

/** The whole tensor so many times along each dim. */
export function repeat(x: Tensor, times: readonly number[]): PyTensor {
  if (times.length < x.ndim) {
    fault(
      "RuntimeError",
      "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
    );
  }
  room(x.numel * product(times));
  return wrap(anew(layer.tile(x, [...times]), x), "Repeat");
}

export function swap(name: string): Entry {
  return [
    "dim0, dim1",
    (x: PyTensor, a: Value, b: Value) => {
      const [d0, d1] = [
        dimIn(intOf(name, "dim0", a), x.t.ndim),
        dimIn(intOf(name, "dim1", b), x.t.ndim),
      ];
      return wrap(views.transpose(x.t, d0, d1), "Transpose0");
    },
  ];
}

/** A result that has elements of its own, where the layer may have given a view of `x`. */
export function anew(result: Tensor, x: Tensor): Tensor {
  return result.storage === x.storage ? copy(result) : result;
}

export function roll(x: PyTensor, shifts: Value, dims?: Value): PyTensor {
  const by = intsOf("roll", "shifts", [shifts]);
  const along = given(dims) === undefined ? undefined : intsOf("roll", "dims", [dims!]);
  if (along === undefined || along.length === 0)
    return wrap(anew(layer.roll(x.t, by[0] ?? 0), x.t), "Roll");
  if (along.length !== by.length) {
    fault(
      "RuntimeError",
      `shifts and dimensions must align. shifts: ${by.length}, dims:${along.length}`,
    );
  }
  const places = along.map((dim) => dimIn(dim, x.t.ndim));
  return wrap(anew(layer.roll(x.t, by, places), x.t), "Roll");
}

export function flip(x: PyTensor, dims: number[]): PyTensor {
  const along = dims.map((dim) => dimIn(dim, x.t.ndim));
  // torch copies here, and so nothing written to it reaches x.
  room(x.t.numel);
  return wrap(copy(views.flip(x.t, along)), "Flip");
}

export function triangle(what: "tril" | "triu", made: string): Entry {
  return [
    "diagonal=0",
    (x: PyTensor, k?: Value) => {
      if (x.t.ndim === 0)
        fault("IndexError", "Dimension specified as -2 but tensor has no dimensions");
      dimIn(-2, x.t.ndim);
      return wrap(x.t[what](k === undefined ? 0 : intOf(what, "diagonal", k)), made);
    },
  ];
}

/** Any walk through the memory of a tensor, as a view; gradients go back by the places it reaches. */
export function asStrided(x: PyTensor, size: Value, stride: Value, offset?: Value): PyTensor {
  const shape = intsOf("as_strided", "size", [size]);
  const strides = intsOf("as_strided", "stride", [stride]);
  const start =
    given(offset) === undefined ? x.t.offset : intOf("as_strided", "storage_offset", offset!);
  if (start < 0) fault("RuntimeError", `Tensor: invalid storage offset ${start}`);
  const negative = shape.find((one) => one < 0);
  if (negative !== undefined) {
    fault(
      "RuntimeError",
      `Trying to create tensor with negative dimension ${negative}: [${shape.join(", ")}]`,
    );
  }
  if (shape.length !== strides.length)
    fault("RuntimeError", "mismatch in length of strides and shape");
  if (strides.some((one) => one < 0)) {
    fault(
      "RuntimeError",
      `as_strided: Negative strides are not supported at the moment, got strides: [${strides.join(", ")}]`,
    );
  }
  const last = shape.reduce((sum, one, d) => sum + (one - 1) * strides[d]!, start);
  const held = x.t.storage.length;
  if (product(shape) > 0 && last >= held) {
    const bytes = bytesOf(x.t.dtype);
    fault(
      "RuntimeError",
      `setStorage: sizes [${shape.join(", ")}], strides [${strides.join(", ")}], storage offset ${start}, and itemsize ${bytes} requiring a storage size of ${(last + 1) * bytes} are out of bounds for storage of size ${held * bytes}`,
    );
  }
  const { shape: own, offset: from } = x.t;
  const back = (g: Tensor): Tensor => {
    if (!isContiguous(x.t)) {
      fault(
        "NotImplementedError",
        "the gradient of Tensor.as_strided of a tensor that is not contiguous is not here; nearest: Tensor.contiguous() first",
      );
    }
    const places = shape.reduce<Tensor>(
      (sum, count, d) => {
        const along = arange(0, count, 1, { dtype: "int32" }).mul(strides[d]!);
        return sum.add(along.reshape([count, ...shape.slice(d + 1).map(() => 1)]));
      },
      full([], start - from, { dtype: "int32" }),
    );
    const flat = zeros([product(own)], { dtype: g.dtype });
    return layer.scatterAdd(flat, 0, places.reshape(g.numel), g.reshape(g.numel)).reshape(own);
  };
  const made = new Tensor(x.t.storage, shape, strides, start);
  return wrap(trackView("as_strided", x.t, made, back), "AsStrided");
}

/** The gradient of windows: each place in one goes back to where it came from, and all are summed. */
function foldBack(g: Tensor, shape: readonly number[], dim: number, step: number): Tensor {
  const [count, size] = [g.shape[dim]!, g.shape.at(-1)!];
  const starts = arange(0, count, 1, { dtype: "int32" }).mul(step).unsqueeze(1);
  const places = starts.add(arange(0, size, 1, { dtype: "int32" })).reshape(count * size);
  // The windows' dims side by side, at the end.
  const order = [...shape.keys()].filter((d) => d !== dim);
  const rows = views.permute(g, [...order, dim, shape.length]).reshape([-1, count * size]);
  const flat = zeros([rows.shape[0]!, shape[dim]!], { dtype: g.dtype });
  const sums = layer.scatterAdd(flat, 1, places.unsqueeze(0).expand(rows.shape), rows);
  const moved = sums.reshape([...order.map((d) => shape[d]!), shape[dim]!]);
  return views.permute(
    moved,
    [...shape.keys()].map((d) => (d === dim ? shape.length - 1 : order.indexOf(d))),
  );
}

/** Windows along a dim, as a view in a new last dim. */
export function unfold(x: PyTensor, dim: number, size: number, step: number): PyTensor {
  const length = x.t.shape[dim] ?? 1;
  if (size > length) {
    fault(
      "RuntimeError",
      `maximum size for tensor at dimension ${dim} is ${length} but size is ${size}`,
    );
  }
  if (step <= 0) fault("RuntimeError", `step is ${step} but must be > 0`);
  if (x.t.ndim === 0) return wrap(views.reshape(x.t, [1]), "Unfold");
  const count = Math.floor((length - size) / step) + 1;
  const shape = x.t.shape.with(dim, count);
  const strides = x.t.strides.with(dim, x.t.strides[dim]! * step);
  const made = new Tensor(
    x.t.storage,
    [...shape, size],
    [...strides, x.t.strides[dim]!],
    x.t.offset,
  );
  const back = (g: Tensor): Tensor => foldBack(g, x.t.shape, dim, step);
  return wrap(trackView("unfold", x.t, made, back), "Unfold");
}
