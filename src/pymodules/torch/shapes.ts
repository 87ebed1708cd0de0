/** Other ways through the same elements, and what joins, splits and repeats them. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import { Tensor } from "../../tensor/index.ts";
import { isContiguous, product, reshapeStrides } from "../../tensor/shape.ts";
import * as views from "../../tensor/views.ts";
import { dimIn } from "./dims.ts";
import { C_NAMES, PyDtype } from "./dtype.ts";
import { room } from "./failure.ts";
import { chunk, dimOr, parts, split } from "./joining.ts";
import { asStrided, flip, repeat, roll, swap, triangle, unfold } from "./moving.ts";
import type { Table } from "./register.ts";
import { PyTensor, given, intOf, intsOf, tensorOf, wrap } from "./tensor.ts";

/** The shape that is asked for, with -1 worked out. */
function shapeFor(x: Tensor, sizes: readonly number[]): number[] {
  const wrong = (): never =>
    fault("RuntimeError", `shape '[${sizes.join(", ")}]' is invalid for input of size ${x.numel}`);
  const unknown = sizes.filter((size) => size === -1).length;
  if (unknown > 1) fault("RuntimeError", "only one dimension can be inferred");
  const bad = sizes.find((size) => size < -1);
  if (bad !== undefined) fault("RuntimeError", `invalid shape dimension ${bad}`);
  const known = product(sizes.filter((size) => size !== -1));
  if (unknown === 0) return known === x.numel ? [...sizes] : wrong();
  if (known === 0) {
    fault(
      "RuntimeError",
      `cannot reshape tensor of 0 elements into shape [${sizes.join(", ")}] because the unspecified dimension size -1 can be any value and is ambiguous`,
    );
  }
  if (x.numel % known !== 0) wrong();
  return sizes.map((size) => (size === -1 ? x.numel / known : size));
}

/** As `reshape` of torch: a view where one is possible. */
function reshape(x: Tensor, sizes: readonly number[]): PyTensor {
  const shape = shapeFor(x, sizes);
  const isView = reshapeStrides(x, shape) !== undefined;
  if (!isView) room(x.numel);
  return wrap(views.reshape(x, shape), isView ? "ReshapeAlias" : "UnsafeView");
}

function view(x: PyTensor, sizes: Value[]): Value {
  if (sizes.length === 1 && sizes[0] instanceof PyDtype) {
    fault(
      "NotImplementedError",
      "Tensor.view(dtype) is not here; nearest: Tensor.to(dtype), which converts the values",
    );
  }
  const shape = shapeFor(x.t, intsOf("view", "size", sizes));
  if (reshapeStrides(x.t, shape) === undefined) {
    fault(
      "RuntimeError",
      "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
    );
  }
  return wrap(views.reshape(x.t, shape), "View");
}

function permute(x: PyTensor, given: number[]): PyTensor {
  if (given.length !== x.t.ndim) {
    fault(
      "RuntimeError",
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${x.t.ndim} is not equal to len(dims) = ${given.length}`,
    );
  }
  const dims = given.map((dim) => dimIn(dim, x.t.ndim));
  if (new Set(dims).size !== dims.length) {
    fault("RuntimeError", "permute(): duplicate dims are not allowed.");
  }
  return wrap(views.permute(x.t, dims), "Permute");
}

function expanded(x: Tensor, sizes: readonly number[]): Tensor {
  const added = sizes.length - x.ndim;
  if (added < 0) {
    fault(
      "RuntimeError",
      `expand(torch.${C_NAMES[x.dtype]}Tensor{[${x.shape.join(", ")}]}, size=[${sizes.join(", ")}]): the number of sizes provided (${sizes.length}) must be greater or equal to the number of dimensions in the tensor (${x.ndim})`,
    );
  }
  for (let dim = x.ndim - 1; dim >= 0; dim--) {
    const [own, size] = [x.shape[dim]!, sizes[dim + added]!];
    if (own === size || own === 1 || size === -1) continue;
    fault(
      "RuntimeError",
      `The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${dim + added}.  Target sizes: [${sizes.join(", ")}].  Tensor sizes: [${x.shape.join(", ")}]`,
    );
  }
  const unknown = sizes.slice(0, added).indexOf(-1);
  if (unknown >= 0) {
    fault(
      "RuntimeError",
      `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${unknown}`,
    );
  }
  return views.expand(x, sizes);
}

function squeeze(x: PyTensor, dim?: Value): PyTensor {
  const at = given(dim);
  if (at === undefined) return wrap(views.squeeze(x.t, undefined), "Squeeze0");
  const dims = intsOf("squeeze", "dim", [at]).map((one) => dimIn(one, x.t.ndim));
  if (x.t.ndim === 0 || dims.length === 0) return wrap(views.reshape(x.t, x.t.shape), "Squeeze1");
  return wrap(views.squeeze(x.t, dims), "Squeeze1");
}

function unsqueeze(x: PyTensor, dim: Value): PyTensor {
  const at = dimIn(intOf("unsqueeze", "dim", dim), x.t.ndim + 1);
  return wrap(views.unsqueeze(x.t, at), "Unsqueeze");
}

function flatten(x: PyTensor, start?: Value, end?: Value): PyTensor {
  const from = dimIn(start === undefined ? 0 : intOf("flatten", "start_dim", start), x.t.ndim);
  const to = dimIn(end === undefined ? -1 : intOf("flatten", "end_dim", end), x.t.ndim);
  if (from > to) {
    fault("RuntimeError", "flatten() has invalid args: start_dim cannot come after end_dim");
  }
  if (x.t.ndim === 0) return reshape(x.t, [1]);
  if (from === to) return x;
  const { shape } = x.t;
  return reshape(x.t, [
    ...shape.slice(0, from),
    product(shape.slice(from, to + 1)),
    ...shape.slice(to + 1),
  ]);
}

/** Both functions and methods. */
export const SHAPES: Table = {
  reshape: [
    "shape",
    (x: PyTensor, shape: Value) => reshape(x.t, intsOf("reshape", "shape", [shape])),
  ],
  as_strided: ["size, stride, storage_offset=None", asStrided],
  squeeze: ["dim=None", squeeze],
  unsqueeze: ["dim", unsqueeze],
  flatten: ["start_dim=0, end_dim=-1", flatten],
  ravel: ["", (x: PyTensor) => reshape(x.t, [-1])],
  permute: ["dims", (x: PyTensor, dims: Value) => permute(x, intsOf("permute", "dims", [dims]))],
  transpose: swap("transpose"),
  swapaxes: swap("swapaxes"),
  swapdims: swap("swapdims"),
  t: [
    "",
    (x: PyTensor) => {
      if (x.t.ndim > 2)
        fault(
          "RuntimeError",
          `t() expects a tensor with <= 2 dimensions, but self is ${x.t.ndim}D`,
        );
      return wrap(x.t.ndim < 2 ? views.reshape(x.t, x.t.shape) : views.transpose(x.t, 0, 1), "T");
    },
  ],
  movedim: [
    "source, destination",
    (x: PyTensor, from: Value, to: Value) =>
      wrap(
        layer.movedim(
          x.t,
          intsOf("movedim", "source", [from]).map((dim) => dimIn(dim, x.t.ndim)),
          intsOf("movedim", "destination", [to]).map((dim) => dimIn(dim, x.t.ndim)),
        ),
        "Permute",
      ),
  ],
  flip: ["dims", (x: PyTensor, dims: Value) => flip(x, intsOf("flip", "dims", [dims]))],
  fliplr: [
    "",
    (x: PyTensor) => {
      if (x.t.ndim < 2) fault("RuntimeError", "Input must be >= 2-d.");
      return flip(x, [1]);
    },
  ],
  flipud: [
    "",
    (x: PyTensor) => {
      if (x.t.ndim < 1) fault("RuntimeError", "Input must be >= 1-d.");
      return flip(x, [0]);
    },
  ],
  roll: ["shifts, dims=None", roll],
  split: ["split_size_or_sections, dim=0", split],
  chunk: ["chunks, dim=0", chunk],
  unbind: [
    "dim=0",
    (x: PyTensor, dim?: Value) => {
      if (x.t.ndim === 0)
        fault("IndexError", "Dimension specified as 0 but tensor has no dimensions");
      return parts(layer.unbind(x.t, dimIn(dimOr("unbind", dim, 0), x.t.ndim)), "Unbind");
    },
  ],
  narrow: [
    "dim, start, length",
    (x: PyTensor, dim: Value, start: Value, length: Value) => {
      const at = dimIn(intOf("narrow", "dim", dim), x.t.ndim);
      const [from, count] = [intOf("narrow", "start", start), intOf("narrow", "length", length)];
      const size = x.t.shape[at]!;
      if (count < 0) fault("RuntimeError", "narrow(): length must be non-negative.");
      if (from < -size || from > size) {
        fault(
          "IndexError",
          `Dimension out of range (expected to be in range of [${-size}, ${size}], but got ${from})`,
        );
      }
      const begin = from < 0 ? from + size : from;
      if (begin + count > size) {
        fault(
          "RuntimeError",
          `start (${begin}) + length (${count}) exceeds dimension size (${size}).`,
        );
      }
      return wrap(views.narrow(x.t, at, begin, count), "Slice");
    },
  ],
  select: [
    "dim, index",
    (x: PyTensor, dim: Value, index: Value) => {
      const at = dimIn(intOf("select", "dim", dim), x.t.ndim);
      if (x.t.ndim === 0) fault("IndexError", "select() cannot be applied to a 0-dim tensor.");
      const place = intOf("select", "index", index);
      const size = x.t.shape[at]!;
      if (place < -size || place >= size) {
        fault(
          "IndexError",
          `select(): index ${place} out of range for tensor of size [${x.t.shape.join(", ")}] at dimension ${at}`,
        );
      }
      return wrap(views.select(x.t, at, place), "Select");
    },
  ],
  repeat_interleave: [
    "repeats, dim=None, *, output_size=None",
    (x: PyTensor, repeats: Value, dim?: Value) => {
      const times =
        repeats instanceof PyTensor ? repeats.t : intOf("repeat_interleave", "repeats", repeats);
      const at = given(dim);
      if (typeof times === "number") room(x.t.numel * Math.max(times, 0));
      const counts = times instanceof Tensor && times.numel === 1 ? Number(times.item()) : times;
      return wrap(
        layer.repeatInterleave(
          x.t,
          counts,
          at === undefined ? undefined : dimIn(intOf("repeat_interleave", "dim", at), x.t.ndim),
        ),
        "IndexSelect",
      );
    },
  ],
  tile: [
    "dims",
    (x: PyTensor, dims: Value) => {
      const times = intsOf("tile", "dims", [dims]);
      return repeat(x.t, [
        ...Array.from({ length: Math.max(0, x.t.ndim - times.length) }, () => 1),
        ...times,
      ]);
    },
  ],
  tril: triangle("tril", "Tril"),
  triu: triangle("triu", "Triu"),
  diagonal: [
    "offset=0, dim1=0, dim2=1",
    (x: PyTensor, offset?: Value, dim1?: Value, dim2?: Value) => {
      const [first, second] = [dimOr("diagonal", dim1, 0), dimOr("diagonal", dim2, 1)];
      const [a, b] = [dimIn(first, x.t.ndim), dimIn(second, x.t.ndim)];
      if (a === b) {
        fault("RuntimeError", `diagonal dimensions cannot be identical ${first}, ${second}`);
      }
      return wrap(views.diagonal(x.t, dimOr("diagonal", offset, 0), a, b), "Diagonal");
    },
  ],
  diag: [
    "diagonal=0",
    (x: PyTensor, k?: Value) => {
      if (x.t.ndim !== 1 && x.t.ndim !== 2) {
        fault("RuntimeError", "matrix or a vector expected");
      }
      if (x.t.ndim === 1) room(x.t.numel * x.t.numel);
      const made = layer.diag(x.t, dimOr("diag", k, 0));
      return wrap(x.t.ndim === 2 ? copy(made) : made.to(x.t.dtype), "Diag");
    },
  ],
  diag_embed: [
    "offset=0, dim1=-2, dim2=-1",
    (x: PyTensor, k?: Value, dim1?: Value, dim2?: Value) => {
      room(x.t.numel * (x.t.shape.at(-1) ?? 1));
      const made = layer.diagEmbed(x.t, dimOr("diag_embed", k, 0)).to(x.t.dtype);
      const [a, b] = [dim1, dim2].map((dim, i) =>
        dimIn(dimOr("diag_embed", dim, i - 2), made.ndim),
      ) as [number, number];
      const rest = [...made.shape.keys()].slice(0, -2);
      const order = [...made.shape.keys()].map((dim) =>
        dim === a ? made.ndim - 2 : dim === b ? made.ndim - 1 : rest.shift()!,
      );
      return wrap(views.permute(made, order), "DiagEmbed");
    },
  ],
  clone: ["*, memory_format=None", (x: PyTensor) => wrap(copy(x.t), "Clone")],
  unflatten: [
    "dim, sizes",
    (x: PyTensor, dim: Value, sizes: Value) => {
      const at = dimIn(intOf("unflatten", "dim", dim), x.t.ndim);
      const own = intsOf("unflatten", "sizes", [sizes]);
      const size = x.t.shape[at] ?? 1;
      const inferred = own.map((one) => (one === -1 ? size / -product(own) : one));
      if (product(inferred) !== size || !inferred.every(Number.isInteger)) {
        fault(
          "RuntimeError",
          `unflatten: Provided sizes [${own.join(", ")}] don't multiply up to the size of dim ${at} (${size}) in the input tensor`,
        );
      }
      return reshape(x.t, [...x.t.shape.slice(0, at), ...inferred, ...x.t.shape.slice(at + 1)]);
    },
  ],
  broadcast_to: [
    "size",
    (x: PyTensor, size: Value) =>
      wrap(expanded(x.t, intsOf("broadcast_to", "size", [size])), "Expand"),
  ],
};

/** Methods that take their sizes one by one too. */
export const SHAPE_METHODS: Table = {
  reshape: [
    "*shape",
    (x: PyTensor, shape: Value[]) => reshape(x.t, intsOf("reshape", "shape", shape)),
  ],
  view: ["*size", view],
  permute: ["*dims", (x: PyTensor, dims: Value[]) => permute(x, intsOf("permute", "dims", dims))],
  flip: [
    "*dims, dims=None",
    (x: PyTensor, dims: Value[], named?: Value) =>
      flip(x, intsOf("flip", "dims", named === undefined ? dims : [named])),
  ],
  expand: [
    "*size",
    (x: PyTensor, size: Value[]) => wrap(expanded(x.t, intsOf("expand", "size", size)), "Expand"),
  ],
  expand_as: [
    "other",
    (x: PyTensor, other: Value) =>
      wrap(expanded(x.t, tensorOf("expand_as", "other", 1, other).shape), "Expand"),
  ],
  view_as: [
    "other",
    (x: PyTensor, other: Value) => view(x, [...tensorOf("view_as", "other", 1, other).shape]),
  ],
  reshape_as: [
    "other",
    (x: PyTensor, other: Value) => reshape(x.t, tensorOf("reshape_as", "other", 1, other).shape),
  ],
  repeat: [
    "*sizes",
    (x: PyTensor, sizes: Value[]) => repeat(x.t, intsOf("repeat", "sizes", sizes)),
  ],
  tile: [
    "*dims",
    (x: PyTensor, dims: Value[]) =>
      SHAPES["tile"]![1](x, new PyTuple(intsOf("tile", "dims", dims)) as never),
  ],
  contiguous: [
    "*, memory_format=None",
    (x: PyTensor) => (isContiguous(x.t) ? x : wrap(copy(x.t), "Clone")),
  ],
  unfold: [
    "dimension, size, step",
    (x: PyTensor, dim: Value, size: Value, step: Value) =>
      unfold(
        x,
        dimIn(intOf("unfold", "dimension", dim), x.t.ndim),
        intOf("unfold", "size", size),
        intOf("unfold", "step", step),
      ),
  ],
};
