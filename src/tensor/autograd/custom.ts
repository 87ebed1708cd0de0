/** Operators whose gradient a caller writes. */

import { isFloat } from "../dtype.ts";
import { describe, formatShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { detach } from "./leaf.ts";
import { type Flow, flow, Node, autogradOf, gradEnabled, nodeOf, withGrad } from "./graph.ts";

/** What `forward` leaves for `backward`. Other values may be kept as properties of `data`. */
export interface FunctionContext {
  /** Keeps tensors for `backward`, guarded against being overwritten. */
  saveForBackward(...tensors: Tensor[]): void;
  /** What was saved, in that order. */
  readonly savedTensors: readonly Tensor[];
  /** For each input, whether its gradient is asked for. */
  readonly needsInputGrad: readonly boolean[];
  /** Room for numbers, shapes and whatever else is no tensor. */
  readonly data: Record<string, unknown>;
}

/** The two directions of a custom function. */
export interface FunctionDefinition<A extends readonly unknown[]> {
  /** Computes the result; what happens inside is not recorded. */
  forward(context: FunctionContext, ...inputs: A): Tensor;
  /**
   * From the gradient of the result those of the inputs: one for each, in
   * order, undefined for what has none; bare when there is one input. Made of
   * tensor operators, it has gradients itself.
   */
  backward(
    context: FunctionContext,
    gradient: Tensor,
  ): Tensor | undefined | readonly (Tensor | undefined)[];
}

/**
 * An operator with a gradient of the caller's own.
 * @returns a function of the inputs of `forward`
 */
export function customFunction<A extends readonly unknown[]>(
  definition: FunctionDefinition<A>,
): (...inputs: A) => Tensor {
  for (const name of ["forward", "backward"] as const) {
    if (typeof definition?.[name] !== "function") {
      throw new TypeError(
        `customFunction: needs { forward, backward }, and ${name} is no function`,
      );
    }
  }
  return (...inputs) => apply(definition, inputs);
}

class Context implements FunctionContext {
  savedTensors: readonly Tensor[] = [];
  readonly needsInputGrad: readonly boolean[];
  readonly data: Record<string, unknown> = {};

  constructor(needsInputGrad: readonly boolean[]) {
    this.needsInputGrad = needsInputGrad;
  }

  saveForBackward(...tensors: Tensor[]): void {
    this.savedTensors = tensors;
  }
}

function apply<A extends readonly unknown[]>(definition: FunctionDefinition<A>, inputs: A): Tensor {
  const tensors = inputs.map((one) => (one instanceof Tensor ? one : undefined));
  const needs = tensors.map((one) => one !== undefined && nodeOf(one) !== undefined);
  const context = new Context(needs);
  const result = withGrad("customFunction", false, () => definition.forward(context, ...inputs));
  if (!(result instanceof Tensor)) {
    throw new TypeError(`customFunction: forward must return a tensor, got ${describe(result)}`);
  }
  const kept = context.savedTensors;
  context.savedTensors = [];
  if (!gradEnabled() || !needs.includes(true) || !isFloat(result.dtype)) return result;
  // A result that is an input, or a view of one, gets a past of its own.
  const out = result.autograd === undefined && !inputs.includes(result) ? result : detach(result);
  const saved = kept.map((one) => (one === result && !inputs.includes(one) ? out : one));
  autogradOf(out).node = nodeFor(definition, context, tensors, saved);
  return out;
}

/** `backward` is called once a gradient, for the first input that asks, and the others take their part. */
function nodeFor<A extends readonly unknown[]>(
  definition: FunctionDefinition<A>,
  context: Context,
  tensors: readonly (Tensor | undefined)[],
  saved: readonly Tensor[],
): Node {
  const shapes = tensors.map((one) => one?.shape);
  let known: { gradient: Tensor; parts: readonly (Tensor | undefined)[] } | undefined;
  const last = context.needsInputGrad.lastIndexOf(true);
  const partsOf = (
    gradient: Tensor,
    values: readonly Tensor[],
  ): readonly (Tensor | undefined)[] => {
    context.savedTensors = values;
    try {
      const result = definition.backward(context, gradient);
      const parts = result === undefined || result instanceof Tensor ? [result] : result;
      checkParts(parts, shapes);
      return parts;
    } finally {
      context.savedTensors = [];
    }
  };
  const flows: (Flow | undefined)[] = [];
  // A loop: a function around this would hold on to `saved` after it is freed.
  for (const [index, one] of tensors.entries()) {
    if (one === undefined) {
      flows.push(undefined);
      continue;
    }
    const vjp = (gradient: Tensor, ...values: readonly Tensor[]): Tensor | undefined => {
      if (known?.gradient !== gradient) known = { gradient, parts: partsOf(gradient, values) };
      const part = known.parts[index];
      if (index === last) known = undefined;
      return part;
    };
    flows.push(flow(one, vjp, ...saved));
  }
  return new Node("customFunction", flows);
}

function checkParts(
  parts: readonly (Tensor | undefined)[],
  shapes: readonly (readonly number[] | undefined)[],
): void {
  if (parts.length !== shapes.length) {
    throw new RangeError(
      `customFunction: backward returned an incorrect number of gradients: expected ${shapes.length}, one for each input, got ${parts.length}`,
    );
  }
  parts.forEach((part, index) => {
    const shape = shapes[index];
    if (part === undefined || shape === undefined) return;
    if (!(part instanceof Tensor)) {
      throw new TypeError(
        `customFunction: gradient ${index} from backward must be a tensor or undefined, got ${describe(part)}`,
      );
    }
    if (formatShape(part.shape) !== formatShape(shape)) {
      throw new RangeError(
        `customFunction: backward returned a gradient of shape ${formatShape(part.shape)} for input ${index}, whose shape is ${formatShape(shape)}`,
      );
    }
  });
}
