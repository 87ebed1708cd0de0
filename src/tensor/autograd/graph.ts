/**
 * What operators write down so that gradients can be worked out later: a node
 * per result, with one flow per input that wants a gradient. Nodes are numbered
 * as they are made, so walking them by descending number is the reverse order
 * of computation. A node holds no tensor but those that its flows save.
 */

import type { Storage } from "../device.ts";
import { type DType, isFloat } from "../dtype.ts";
import type { TensorLike } from "../elementwise.ts";
import { formatShape, type Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { partOf, placeOf, unpart } from "./region.ts";

/** Looks at a gradient, and may give another one in its place. */
export type Hook = (gradient: Tensor) => Tensor | undefined | void;

/** How much of a result's gradient goes to one input. */
export interface Flow {
  readonly to: Node;
  /** Of the input: what the gradient is summed down and cast back to. */
  readonly shape: Shape;
  readonly dtype: DType;
  readonly saved: readonly Saved[];
  readonly vjp: (gradient: Tensor, saved: readonly TensorLike[]) => Tensor | undefined;
}

/** A value that a flow needs later, and how often its storage had been written when it was saved. */
interface Saved {
  readonly value: TensorLike;
  readonly version: number;
}

/** One step of the computation, or a leaf that gradients end in. */
export class Node {
  static #count = 0;
  readonly operator: string;
  /** Ascending in the order of computation; -1 for leaves, which come last on the way back. */
  readonly order: number;
  /** The tensor whose `grad` the gradient is added to. */
  readonly leaf: Tensor | undefined;
  /** Undefined once what they saved was freed. */
  flows: readonly (Flow | undefined)[] | undefined;
  hooks: Set<Hook> | undefined;
  /** Not a leaf, but `grad` is wanted all the same. */
  retains: Tensor | undefined;

  constructor(operator: string, flows: readonly (Flow | undefined)[], leaf?: Tensor) {
    this.operator = operator;
    this.flows = flows;
    this.leaf = leaf;
    this.order = leaf === undefined ? Node.#count++ : -1;
  }

  /** Lets go of what was saved; steps that saved nothing can be walked again, as in PyTorch. */
  free(): void {
    const holds = this.flows?.some((one) => one !== undefined && one.saved.length > 0);
    if (holds === true) this.flows = undefined;
  }
}

/** What autograd knows of one tensor. */
export class Autograd {
  /** The step that made the tensor, or its leaf; undefined when it requires no gradient. */
  node: Node | undefined = undefined;
  grad: Tensor | undefined = undefined;
  /** The tensor that this one is a view of; it is no view itself. */
  base: Tensor | undefined = undefined;
  /** On a base: how often its node was replaced. On a view: when its own node was made. */
  epoch = 0;
}

export function autogradOf(x: Tensor): Autograd {
  return (x.autograd ??= new Autograd());
}

let enabled = true;

export function gradEnabled(): boolean {
  return enabled;
}

/** Switches recording on or off until it is switched back; `withGrad` does so by itself. */
export function setGradEnabled(on: boolean): void {
  enabled = on;
}

/** Runs `body` with recording switched on or off. */
export function withGrad<T>(operator: string, on: boolean, body: () => T): T {
  const before = enabled;
  enabled = on;
  try {
    const result = body();
    if (result instanceof Promise) {
      throw new TypeError(
        `${operator}: the function must not be async: recording is switched back when it returns`,
      );
    }
    return result;
  } finally {
    enabled = before;
  }
}

/** How often each storage was written after it was made; those never written are left out. */
const versions = new WeakMap<Storage, number>();

function versionOf(storage: Storage): number {
  return versions.get(storage) ?? 0;
}

export function bumpVersion(storage: Storage): void {
  versions.set(storage, versionOf(storage) + 1);
}

/** The node of a tensor that requires a gradient. A view's is made anew when its base was written. */
export function nodeOf(x: TensorLike): Node | undefined {
  if (!(x instanceof Tensor)) return undefined;
  const state = x.autograd;
  const base = state?.base;
  if (state === undefined || base === undefined) return state?.node;
  const epoch = base.autograd?.epoch ?? 0;
  if (state.epoch !== epoch) {
    state.epoch = epoch;
    state.node = nodeOf(base) === undefined ? undefined : viewAgain(base, x);
  }
  return state.node;
}

function viewAgain(base: Tensor, x: Tensor): Node {
  const place = placeOf(base);
  const part = partOf(x);
  return new Node("view", [flow(base, (g) => unpart(g, place, part))]);
}

/**
 * What `input` gets of a result's gradient: `vjp` of it and of the `saved`
 * values. It may have the result's shape, and is then summed over what was
 * broadcast. Undefined when the input is a number or requires no gradient.
 */
export function flow<S extends readonly TensorLike[]>(
  input: TensorLike,
  vjp: (gradient: Tensor, ...saved: S) => Tensor | undefined,
  ...saved: S
): Flow | undefined {
  const to = nodeOf(input);
  if (to === undefined || !(input instanceof Tensor)) return undefined;
  return {
    to,
    shape: input.shape,
    dtype: input.dtype,
    saved: saved.map(save),
    vjp: (gradient, values) => vjp(gradient, ...(values as unknown as S)),
  };
}

function save(value: TensorLike): Saved {
  if (!(value instanceof Tensor)) return { value, version: 0 };
  value.storage.device.keep?.(value.storage);
  return { value, version: versionOf(value.storage) };
}

/** What a flow saved. @throws Error when one of the tensors was written since */
export function unpack(operator: string, flow: Flow): TensorLike[] {
  return flow.saved.map(({ value, version }) => {
    if (value instanceof Tensor && versionOf(value.storage) !== version) {
      throw new Error(
        `backward: a tensor of shape ${formatShape(value.shape)} needed for the gradient of ${operator} ` +
          `has been modified by an inplace operation: it is at version ${versionOf(value.storage)}, ` +
          `expected version ${version}; compute a new tensor instead, or write before it is used`,
      );
    }
    return value;
  });
}

/**
 * The last line of a differentiable operator: gives `result` a node when
 * gradients are recorded and an input requires one. `flows` must come from a
 * function that closes over no tensor.
 */
export function track(
  operator: string,
  inputs: readonly TensorLike[],
  result: Tensor,
  flows: () => readonly (Flow | undefined)[],
): Tensor {
  if (!enabled || !isFloat(result.dtype) || inputs.includes(result)) return result;
  if (!inputs.some((one) => nodeOf(one) !== undefined)) return result;
  const made = flows();
  result.autograd = new Autograd();
  result.autograd.node = new Node(operator, made);
  return result;
}

/** As `track`, for a view of `x`, which writes to either must reach. */
export function trackView(
  operator: string,
  x: Tensor,
  result: Tensor,
  vjp: (gradient: Tensor) => Tensor,
): Tensor {
  const state = new Autograd();
  state.base = x.autograd?.base ?? x;
  const records = enabled && nodeOf(x) !== undefined;
  state.epoch = state.base.autograd?.epoch ?? 0;
  if (records) state.node = new Node(operator, [flow(x, vjp)]);
  result.autograd = state;
  return result;
}
