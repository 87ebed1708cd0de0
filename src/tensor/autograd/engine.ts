/** The way back: from the gradients of results to those of what they were made of. */

import { type DType, isFloat } from "../dtype.ts";
import { cast, copy } from "../elementwise.ts";
import { describe, formatShape, isContiguous, type Shape } from "../shape.ts";
import type { Storage } from "../device.ts";
import { Tensor } from "../tensor.ts";
import { keep } from "../tidy.ts";
import { reshape } from "../views.ts";
import { constExpr } from "../expr.ts";
import { runElementwise } from "../run.ts";
import { autogradOf, type Hook, type Node, nodeOf, unpack, withGrad } from "./graph.ts";

/** What happens to the graph that gradients are worked out from. */
export interface BackwardOptions {
  /** Keeps saved tensors, so that the same graph can be walked again. */
  retainGraph?: boolean;
  /** Records how the gradients are made, so that they have gradients themselves. */
  createGraph?: boolean;
}

/** What `grad` takes besides outputs and inputs. */
export interface GradOptions extends BackwardOptions {
  /** The gradients of the outputs; 1 for outputs of one element when left out. */
  gradOutputs?: Tensor | readonly Tensor[];
  /** Zeros, rather than an error, for an input that no output depends on. */
  allowUnused?: boolean;
}

/** `t.backward()`: adds to the `grad` of every leaf that `x` depends on. */
export function backward(
  x: Tensor,
  gradient: Tensor | undefined,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions,
): void {
  const root = rootOf("backward", x);
  const given = new Set<Storage>();
  if (gradient !== undefined) given.add(gradient.storage);
  const gather = (owner: Tensor, g: Tensor): void => {
    const state = autogradOf(owner);
    if (state.grad !== undefined) {
      state.grad = keep(state.grad.add(g));
      return;
    }
    // A gradient that something else holds too would be written through it.
    const own = isContiguous(g) && g.numel === g.storage.length && !given.has(g.storage);
    state.grad = keep(own ? g : copy(g));
    given.add(state.grad.storage);
  };
  withGrad("backward", createGraph, () => {
    const seeds = new Map([[root, seedOf("backward", x, gradient)]]);
    walk(seeds, reachable([root]), retainGraph, given, (node, g) => {
      const owner = node.leaf ?? node.retains;
      if (owner !== undefined) gather(owner, g);
    });
  });
}

/**
 * The gradients of the sum of `outputs` (each times its `gradOutputs`) for each
 * of `inputs`, in their order and shapes. `grad` of no tensor changes.
 * @throws Error when an input requires no gradient, or none of the outputs depends on it
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): Tensor[] {
  const { createGraph = false, retainGraph = createGraph, allowUnused = false } = options;
  const list = (one: Tensor | readonly Tensor[] | undefined): readonly Tensor[] =>
    one === undefined ? [] : one instanceof Tensor ? [one] : one;
  const from = list(outputs);
  const gradients = list(options.gradOutputs);
  if (gradients.length > 0 && gradients.length !== from.length) {
    throw new RangeError(
      `grad: got ${from.length} outputs and ${gradients.length} gradOutputs; give one for each`,
    );
  }
  const to = list(inputs).map((one, index) => {
    const node = nodeOf(one);
    if (node !== undefined) return node;
    throw new Error(
      `grad: input ${index} does not require grad; make it with { requiresGrad: true }`,
    );
  });
  const roots = from.map((one) => rootOf("grad", one));
  const wanted = new Set(to);
  const found = new Map<Node, Tensor>();
  withGrad("grad", createGraph, () => {
    const seeds = new Map<Node, Tensor>();
    from.forEach((one, index) => {
      const root = roots[index] as Node;
      const seed = seedOf("grad", one, gradients[index]);
      seeds.set(root, seeds.get(root)?.add(seed) ?? seed);
    });
    const nodes = leadingTo(wanted, reachable(roots));
    walk(seeds, nodes, retainGraph, new Set(), (node, g) => {
      if (wanted.has(node)) found.set(node, g);
      if (node.retains !== undefined) autogradOf(node.retains).grad = keep(g);
    });
  });
  return to.map((node, index) => {
    const gradient = found.get(node);
    if (gradient !== undefined) return gradient;
    if (!allowUnused) {
      throw new Error(
        `grad: input ${index} appears to not have been used in the graph; set allowUnused: true to get zeros for it`,
      );
    }
    const input = list(inputs)[index] as Tensor;
    return ones(input, 0);
  });
}

function ones(like: Tensor, value = 1): Tensor {
  return runElementwise(like.storage.device, constExpr(value, like.dtype), like.shape, []);
}

function rootOf(operator: string, x: Tensor): Node {
  const node = nodeOf(x);
  if (node !== undefined) return node;
  throw new Error(
    `${operator}: the tensor does not require grad and does not have a graph; make what it is computed from with { requiresGrad: true }, outside noGrad`,
  );
}

/** The gradient to start from. */
function seedOf(operator: string, x: Tensor, gradient: Tensor | undefined): Tensor {
  if (gradient === undefined) {
    if (x.numel === 1) return ones(x);
    throw new Error(
      `${operator}: grad can be implicitly created only for scalar outputs, got shape ${formatShape(x.shape)}; give the gradient of the output`,
    );
  }
  if (!(gradient instanceof Tensor) || !isFloat(gradient.dtype)) {
    throw new TypeError(`${operator}: the gradient must be a tensor of floats`);
  }
  if (formatShape(gradient.shape) !== formatShape(x.shape)) {
    throw new RangeError(
      `${operator}: mismatch in shape: the gradient has shape ${formatShape(gradient.shape)} and the output has shape ${formatShape(x.shape)}`,
    );
  }
  return cast(gradient, x.dtype);
}

/** Every node that one of `roots` depends on, last made first. */
function reachable(roots: readonly Node[]): Node[] {
  const seen = new Set(roots);
  // A set is walked to its end even as it grows.
  for (const node of seen)
    for (const one of node.flows ?? []) if (one !== undefined) seen.add(one.to);
  return [...seen].sort((a, b) => b.order - a.order);
}

/** Those of `nodes` through which gradients reach `wanted`. */
function leadingTo(wanted: ReadonlySet<Node>, nodes: readonly Node[]): Node[] {
  const leads = new Set<Node>();
  for (const node of nodes.toReversed()) {
    const on = node.flows?.some((one) => one !== undefined && leads.has(one.to)) ?? true;
    if (on || wanted.has(node)) leads.add(node);
  }
  return nodes.filter((node) => leads.has(node));
}

function walk(
  gradients: Map<Node, Tensor>,
  nodes: readonly Node[],
  retainGraph: boolean,
  given: Set<Storage>,
  see: (node: Node, gradient: Tensor) => void,
): void {
  const included = new Set(nodes);
  for (const node of nodes) {
    let gradient = gradients.get(node);
    if (gradient === undefined) continue;
    gradients.delete(node);
    for (const hook of node.hooks ?? []) gradient = hooked(hook, gradient);
    see(node, gradient);
    if (node.flows === undefined) {
      throw new Error(
        `backward: trying to go backward through the graph a second time (at ${node.operator}), and what it saved is freed; give retainGraph: true the first time`,
      );
    }
    for (const one of node.flows) {
      if (one === undefined || !included.has(one.to)) continue;
      const saved = unpack(node.operator, one);
      for (const value of saved) if (value instanceof Tensor) given.add(value.storage);
      const raw = one.vjp(gradient, saved);
      if (raw === undefined) continue;
      const more = sumTo(raw, one.shape, one.dtype);
      gradients.set(one.to, gradients.get(one.to)?.add(more) ?? more);
    }
    if (!retainGraph) node.free();
  }
}

function hooked(hook: Hook, gradient: Tensor): Tensor {
  const other: unknown = hook(gradient);
  if (other === undefined) return gradient;
  if (other instanceof Tensor && formatShape(other.shape) === formatShape(gradient.shape)) {
    return other;
  }
  const got = other instanceof Tensor ? `shape ${formatShape(other.shape)}` : describe(other);
  throw new TypeError(
    `backward: a hook must return nothing, or a tensor of shape ${formatShape(gradient.shape)}, got ${got}`,
  );
}

/** Undoes broadcasting: the sum over the dims in which `shape` was repeated. */
function sumTo(x: Tensor, shape: Shape, dtype: DType): Tensor {
  const added = x.ndim - shape.length;
  const repeated = [...x.shape.keys()].filter(
    (dim) => dim < added || (shape[dim - added] === 1 && x.shape[dim] !== 1),
  );
  const sum = repeated.length === 0 ? x : reshape(x.sum(repeated), shape);
  return cast(sum, dtype);
}
