/** What joins tensors and takes them apart. */
import { fault } from "../../python/fault.ts";
import { PyList } from "../../python/objects/list.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import * as layer from "../../tensor/functional/index.ts";
import { Tensor, cat as layerCat } from "../../tensor/index.ts";
import * as views from "../../tensor/views.ts";
import { dimIn } from "./dims.ts";
import { resultType } from "./dtype.ts";
import { room } from "./failure.ts";
import { PyTensor, intOf, intsOf, tensorsOf, wrap } from "./tensor.ts";

export function parts(tensors: readonly Tensor[], made: string): PyTuple {
  return new PyTuple(tensors.map((one) => wrap(one, made)));
}

export function split(x: PyTensor, size: Value, dim?: Value): PyTuple {
  const at = dimIn(dim === undefined ? 0 : intOf("split", "dim", dim), x.t.ndim);
  const whole = x.t.shape[at] ?? 0;
  if (size instanceof PyList || size instanceof PyTuple) {
    const sizes = intsOf("split", "split_size_or_sections", [size]);
    if (sizes.reduce((a, b) => a + b, 0) !== whole) {
      fault(
        "RuntimeError",
        `split_with_sizes expects split_sizes to sum exactly to ${whole} (input tensor's size at dimension ${at}), but got split_sizes=[${sizes.join(", ")}]`,
      );
    }
    return parts(layer.split(x.t, sizes, at), "SplitWithSizes");
  }
  const each = intOf("split", "split_size", size);
  if (each < 0) {
    fault("RuntimeError", `split expects split_size be non-negative, but got split_size=${each}`);
  }
  if (each === 0 && whole !== 0) {
    fault(
      "RuntimeError",
      `split_size can only be 0 if dimension size is 0, but got dimension size of ${whole}`,
    );
  }
  return parts(each === 0 ? [x.t] : layer.split(x.t, each, at), "Split");
}

export function chunk(x: PyTensor, chunks: Value, dim?: Value): PyTuple {
  const count = intOf("chunk", "chunks", chunks);
  if (count < 1)
    fault("RuntimeError", `chunk expects \`chunks\` to be greater than 0, got: ${count}`);
  const at = dimIn(dim === undefined ? 0 : intOf("chunk", "dim", dim), x.t.ndim);
  if (x.t.shape[at] === 0)
    return parts(
      Array.from({ length: count }, () => x.t),
      "Split",
    );
  return parts(layer.chunk(x.t, count, at), "Split");
}

/** Joined along a dim; all are brought to one dtype. */
function cat(tensors: readonly Tensor[], dim: number): PyTensor {
  // torch skips vectors without elements, whatever the others look like.
  const full = tensors.filter((one) => one.ndim !== 1 || one.numel > 0);
  const [first] = full.length === 0 ? tensors : full;
  if (first === undefined)
    fault("RuntimeError", "torch.cat(): expected a non-empty list of Tensors");
  if (full.length === 0) {
    const dtype = resultType(tensors.map((one) => ({ dtype: one.dtype, strength: 2 })));
    return wrap(
      layerCat(
        tensors.map((one) => one.to(dtype)),
        0,
      ),
      "Cat",
    );
  }
  full.forEach((one, i) => {
    if (one.ndim === 0) {
      fault("RuntimeError", `zero-dimensional tensor (at position ${i}) cannot be concatenated`);
    }
  });
  const at = dimIn(dim, first.ndim);
  full.forEach((one, i) => {
    if (one.ndim !== first.ndim) {
      fault(
        "RuntimeError",
        `Tensors must have same number of dimensions: got ${first.ndim} and ${one.ndim}`,
      );
    }
    const wrong = one.shape.findIndex((size, d) => d !== at && size !== first.shape[d]);
    if (wrong >= 0) {
      fault(
        "RuntimeError",
        `Sizes of tensors must match except in dimension ${at}. Expected size ${first.shape[wrong]} but got size ${one.shape[wrong]} for tensor number ${i} in the list.`,
      );
    }
  });
  const dtype = resultType(
    tensors.map((one) => ({ dtype: one.dtype, strength: one.ndim === 0 ? 1 : 2 })),
  );
  room(full.reduce((sum, one) => sum + one.numel, 0));
  return wrap(
    layerCat(
      full.map((one) => one.to(dtype)),
      at,
    ),
    "Cat",
  );
}

function stack(tensors: readonly Tensor[], dim: number): PyTensor {
  const [first] = tensors;
  if (first === undefined) fault("RuntimeError", "stack expects a non-empty TensorList");
  const at = dimIn(dim, first.ndim + 1);
  tensors.forEach((one, i) => {
    if (one.ndim === first.ndim && one.shape.every((size, d) => size === first.shape[d])) return;
    fault(
      "RuntimeError",
      `stack expects each tensor to be equal size, but got [${first.shape.join(", ")}] at entry 0 and [${one.shape.join(", ")}] at entry ${i}`,
    );
  });
  return wrap(
    cat(
      tensors.map((one) => views.unsqueeze(one, at)),
      at,
    ).t,
    "Stack",
  );
}

export const dimOr = (what: string, dim: Value | undefined, otherwise: number): number =>
  dim === undefined ? otherwise : intOf(what, "dim", dim);

/** Functions of a list of tensors: name, signature, what it does. */
export const JOINS: Readonly<Record<string, readonly [string, (...args: never[]) => Value]>> = {
  cat: [
    "tensors, dim=0, *, axis=None, out=None",
    (tensors: Value, dim?: Value, axis?: Value) =>
      cat(tensorsOf("cat", "tensors", tensors), dimOr("cat", dim ?? axis, 0)),
  ],
  concat: [
    "tensors, dim=0, *, out=None",
    (tensors: Value, dim?: Value) =>
      cat(tensorsOf("concat", "tensors", tensors), dimOr("concat", dim, 0)),
  ],
  stack: [
    "tensors, dim=0, *, out=None",
    (tensors: Value, dim?: Value) =>
      stack(tensorsOf("stack", "tensors", tensors), dimOr("stack", dim, 0)),
  ],
  hstack: [
    "tensors, *, out=None",
    (tensors: Value) => {
      const list = tensorsOf("hstack", "tensors", tensors).map((one) =>
        one.ndim === 0 ? views.reshape(one, [1]) : one,
      );
      return cat(list, list[0]?.ndim === 1 ? 0 : 1);
    },
  ],
  vstack: [
    "tensors, *, out=None",
    (tensors: Value) =>
      cat(
        tensorsOf("vstack", "tensors", tensors).map((one) =>
          one.ndim < 2 ? views.reshape(one, [1, one.numel]) : one,
        ),
        0,
      ),
  ],
};
