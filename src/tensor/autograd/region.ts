/**
 * Gradients of parts: a tensor that others are views of, and the part that one
 * view covers, both told by their way through the storage they share.
 */

import { constExpr, inputExpr } from "../expr.ts";
import { emptyTensor, runInto } from "../run.ts";
import type { Layout, Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { flow, track } from "./graph.ts";

/** A way through a storage of `length` elements. */
export interface Place extends Layout {
  readonly length: number;
}

export function placeOf({ shape, strides, offset, storage }: Tensor): Place {
  return { shape, strides, offset, length: storage.length };
}

export function partOf({ shape, strides, offset }: Tensor): Layout {
  return { shape, strides, offset };
}

function through(whole: Tensor, { shape, strides, offset }: Layout): Tensor {
  return new Tensor(whole.storage, shape, strides, offset);
}

/** A tensor of zeros beside `like`. */
export function zerosBeside(like: Tensor, shape: Shape): Tensor {
  const out = emptyTensor(like.storage.device, like.dtype, shape);
  runInto(out, constExpr(0, like.dtype), []);
  return out;
}

/** A whole storage of zeros, with `x` where `at` says. */
function spread(x: Tensor, at: Layout, length: number): Tensor {
  const whole = zerosBeside(x, [length]);
  runInto(through(whole, at), inputExpr(0, x.dtype), [x]);
  return whole;
}

/** What a tensor at `place` holds in `at`. */
export function part(x: Tensor, place: Place, at: Layout): Tensor {
  const out = through(spread(x, place, place.length), at);
  return track("part", [x], out, () => partFlows(x, place, at));
}

/** A tensor at `place` that holds `x` in `at` and zeros elsewhere. */
export function unpart(x: Tensor, place: Place, at: Layout): Tensor {
  const out = through(spread(x, at, place.length), place);
  return track("unpart", [x], out, () => unpartFlows(x, place, at));
}

/** A tensor at `place`, with zeros in `at`. */
export function withoutPart(x: Tensor, place: Place, at: Layout): Tensor {
  const whole = spread(x, place, place.length);
  runInto(through(whole, at), constExpr(0, x.dtype), []);
  return track("withoutPart", [x], through(whole, place), () => withoutPartFlows(x, place, at));
}

type Flows = readonly ReturnType<typeof flow>[];

function partFlows(x: Tensor, place: Place, at: Layout): Flows {
  return [flow(x, (g) => unpart(g, place, at))];
}
function unpartFlows(x: Tensor, place: Place, at: Layout): Flows {
  return [flow(x, (g) => part(g, place, at))];
}
function withoutPartFlows(x: Tensor, place: Place, at: Layout): Flows {
  return [flow(x, (g) => withoutPart(g, place, at))];
}

/**
 * The gradient of a view that picks elements: zeros of `shape`, with `x` where
 * `view` of them leads.
 */
export function unview(x: Tensor, shape: Shape, view: (whole: Tensor) => Tensor): Tensor {
  const out = zerosBeside(x, shape);
  runInto(view(out), inputExpr(0, x.dtype), [x]);
  return track("unview", [x], out, () => unviewFlows(x, view));
}

function unviewFlows(x: Tensor, view: (whole: Tensor) => Tensor): Flows {
  return [flow(x, view)];
}
