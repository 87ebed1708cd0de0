/**
 * Writing to tensors that are there already. Every alias sees it, since views
 * share the storage, and so does autograd: the tensor that the others are views
 * of gets a new node, and its views make theirs anew when they are next asked.
 */

import { castValue, type DType, isFloat } from "../dtype.ts";
import { type Arithmetic, arithmetic, copy, type TensorLike } from "../elementwise.ts";
import { castExpr, type Expr, inputExpr, paramExpr } from "../expr.ts";
import { putAt } from "../advanced.ts";
import { broadcastAll, runInto } from "../run.ts";
import { describe, formatShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { get } from "../views.ts";
import { autogradOf, bumpVersion, flow, gradEnabled, Node, nodeOf } from "./graph.ts";
import { part, partOf, placeOf, withoutPart } from "./region.ts";

/** `x = x op other`, in place. */
export function update(name: string, operator: Arithmetic, x: Tensor, other: TensorLike): Tensor {
  check(name, x, other);
  // The gradient of `other` may need what is about to be overwritten.
  const before = gradEnabled() && nodeOf(other) !== undefined ? copy(x) : x;
  return writeResult(name, operator, x, arithmetic(operator, before, other));
}

function writeResult(name: string, operator: string, x: Tensor, value: Tensor): Tensor {
  // As in PyTorch, digits may be lost, but fractions may not, and a bool is no number.
  if (kindOf(value.dtype) > kindOf(x.dtype)) {
    throw new TypeError(
      `${name}: the result is ${value.dtype} and cannot be kept in a tensor of ${x.dtype}; use ${operator}`,
    );
  }
  return write(name, x, value);
}

function kindOf(dtype: DType): number {
  return dtype === "bool" ? 0 : isFloat(dtype) ? 2 : 1;
}

/** Copies `source`, which may broadcast and have another dtype. */
export function assign(name: string, x: Tensor, source: TensorLike): Tensor {
  check(name, x, source);
  // What is read while it is written must be read first.
  const overlaps = source instanceof Tensor && source.storage === x.storage;
  return write(name, x, overlaps ? copy(source) : source);
}

/** `x[i][j]… = value`, the last of `given`; indices may be tensors of places, and masks. */
export function assignAt(x: Tensor, given: readonly TensorLike[]): Tensor {
  if (given.length === 0) throw new TypeError("set: needs a value, after the indices");
  const value = given.at(-1) as TensorLike;
  const indices = given.slice(0, -1).map((index) => {
    if (typeof index === "number" || index instanceof Tensor) return index;
    throw new TypeError(`set: an index must be a number or a tensor, got ${describe(index)}`);
  });
  const first = indices.findIndex((index) => index instanceof Tensor);
  const leading = first < 0 ? indices : indices.slice(0, first);
  const part = leading.length === 0 ? x : get(x, leading as number[], "set");
  if (first < 0) return assign("set", part, value);
  check("set", part, 0);
  return assign("set", part, putAt("set", part, indices.slice(first), value));
}

/** Writes what `operator` makes of the tensor to the tensor. */
export function replace(name: string, x: Tensor, operator: (x: Tensor) => Tensor): Tensor {
  check(name, x, 0);
  // The gradient may need what is about to be overwritten.
  const before = gradEnabled() && nodeOf(x) !== undefined ? copy(x) : x;
  const value = operator(before);
  check(name, x, value);
  return value === x ? x : writeResult(name, name.slice(0, -1), x, value);
}

/**
 * Writes `expr`, of `x` itself (input 0) and of `others` of its shape, in one
 * program. For what needs no gradient, as in an optimiser.
 */
export function rewriteWith(
  x: Tensor,
  expr: Expr,
  others: readonly Tensor[],
  params: readonly number[],
): void {
  runInto(x, expr, [x, ...others], params);
  bumpVersion(x.storage);
}

function check(name: string, x: Tensor, other: TensorLike): void {
  if (other instanceof Tensor) {
    const shape = broadcastAll(name, [x, other]);
    if (formatShape(shape) !== formatShape(x.shape)) {
      throw new RangeError(
        `${name}: shape ${formatShape(other.shape)} does not fit into shape ${formatShape(x.shape)}: a tensor that is written keeps its shape`,
      );
    }
  } else if (typeof other !== "number" && typeof other !== "boolean" && typeof other !== "bigint") {
    throw new TypeError(
      `${name}: the value must be a tensor, a number or a boolean, got ${describe(other)}`,
    );
  }
  if (x.numel > 0 && x.shape.some((size, dim) => size > 1 && x.strides[dim] === 0)) {
    throw new Error(
      `${name}: more than one element of the tensor is the same place in memory, as after expand; write to a copy, such as add(0)`,
    );
  }
  const base = x.autograd?.base ?? x;
  const leaf = nodeOf(x)?.leaf ?? nodeOf(base)?.leaf;
  if (!gradEnabled() || leaf === undefined) return;
  throw new Error(
    `${name}: ${leaf === x ? "a leaf" : "a view of a leaf"} tensor that requires grad is being used in an in-place operation; write inside noGrad(() => …)`,
  );
}

function write(name: string, x: Tensor, value: TensorLike): Tensor {
  if (value instanceof Tensor) {
    runInto(x, castExpr(inputExpr(0, value.dtype), x.dtype), [value]);
  } else {
    runInto(
      x,
      paramExpr(0, x.dtype),
      [],
      [castValue(typeof value === "boolean" ? Number(value) : value, x.dtype)],
    );
  }
  bumpVersion(x.storage);
  if (gradEnabled() && isFloat(x.dtype)) record(name, x, value);
  return x;
}

/** Puts what was written into the graph, when the tensor or the value is part of it. */
function record(name: string, x: Tensor, value: TensorLike): void {
  const base = x.autograd?.base ?? x;
  const before = nodeOf(base);
  if (before === undefined && nodeOf(value) === undefined) return;
  const state = autogradOf(base);
  if (base === x) {
    const from = flow(value, (g) => g);
    state.node = from === undefined ? undefined : new Node(name, [from]);
  } else {
    const place = placeOf(base);
    const at = partOf(x);
    state.node = new Node(name, [
      flow(base, (g) => withoutPart(g, place, at)),
      flow(value, (g) => part(g, place, at)),
    ]);
  }
  state.epoch++;
}
