/** What a caller says about gradients of one tensor, and in which stretches of code none are recorded. */

import { isFloat } from "../dtype.ts";
import { describe, formatShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { keep } from "../tidy.ts";
import { autogradOf, type Hook, Node, nodeOf, withGrad } from "./graph.ts";

/** A hook that can be taken off again. */
export interface HookHandle {
  /** The hook is not called any more. */
  remove(): void;
}

/** Runs `body` without recording: results require no gradient. Returns what `body` does. */
export function noGrad<T>(body: () => T): T {
  return withGrad("noGrad", false, body);
}

/** Runs `body` with recording, also inside `noGrad` or a custom function. */
export function enableGrad<T>(body: () => T): T {
  return withGrad("enableGrad", true, body);
}

/** Makes `x` a leaf that gathers its gradient, or no part of a graph any more. */
export function requireGrad(x: Tensor, requires: boolean): Tensor {
  const node = nodeOf(x);
  if (node !== undefined && node.leaf === undefined) {
    if (requires) return x;
    throw new Error(
      "requiresGrad_: you can only change requiresGrad of leaf tensors; use detach() of what was computed",
    );
  }
  if (requires && !isFloat(x.dtype)) {
    throw new TypeError(
      `requiresGrad_: only float tensors can require gradients, got ${x.dtype}; use .to("float32") first`,
    );
  }
  if (requires === (node !== undefined)) return x;
  autogradOf(x).node = requires ? new Node("leaf", [], x) : undefined;
  return x;
}

/** The same storage, without a past. */
export function detach(x: Tensor): Tensor {
  return new Tensor(x.storage, x.shape, x.strides, x.offset);
}

/** Sets or takes away the gradient that a leaf has gathered. */
export function setGrad(x: Tensor, gradient: Tensor | undefined): void {
  if (gradient !== undefined) {
    if (!(gradient instanceof Tensor)) {
      throw new TypeError(`grad: must be a tensor or undefined, got ${describe(gradient)}`);
    }
    if (gradient.dtype !== x.dtype) {
      throw new TypeError(
        `grad: a gradient of ${gradient.dtype} does not fit a tensor of ${x.dtype}; use .to("${x.dtype}") first`,
      );
    }
    if (formatShape(gradient.shape) !== formatShape(x.shape)) {
      throw new RangeError(
        `grad: shape ${formatShape(gradient.shape)} does not fit a tensor of shape ${formatShape(x.shape)}`,
      );
    }
  }
  autogradOf(x).grad = gradient === undefined ? undefined : keep(gradient);
}

export function retainGrad(x: Tensor): Tensor {
  needsNode("retainGrad", x).retains = x;
  return x;
}

export function registerHook(x: Tensor, hook: Hook): HookHandle {
  const node = needsNode("registerHook", x);
  // Wrapped, so that the same function counts as often as it is given.
  const own: Hook = (gradient) => hook(gradient);
  const hooks = (node.hooks ??= new Set());
  hooks.add(own);
  return {
    remove: () => {
      hooks.delete(own);
    },
  };
}

function needsNode(operator: string, x: Tensor): Node {
  const node = nodeOf(x);
  if (node !== undefined) return node;
  throw new Error(`${operator}: the tensor does not require grad, so there is no gradient to see`);
}
