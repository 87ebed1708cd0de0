/** What layers have in common: their tensors are found by the fields that hold them. */

import { noGrad } from "../autograd/leaf.ts";
import { rand } from "../random.ts";
import { formatShape, type Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";

/** A leaf that gathers gradients, with the values of `x`: what a module learns. */
export function parameter(x: Tensor): Tensor {
  return x.detach().requiresGrad_();
}

/** A parameter of numbers drawn evenly from (−bound, bound). */
export function uniform(shape: Shape, bound: number): Tensor {
  return parameter(
    rand(shape)
      .mul(2 * bound)
      .sub(bound),
  );
}

/**
 * A layer, or a model of layers. Fields that hold tensors are its parameters
 * (those that require gradients) and buffers, fields that hold modules, or
 * lists of them, its children; names join them with dots, as in PyTorch.
 */
export abstract class Module {
  /** Whether layers such as dropout behave as in training; see `train` and `eval`. */
  training: boolean = true;

  /** Tensors and modules of this module alone, by name. */
  private *members(): Generator<[string, Tensor | Module]> {
    for (const [name, value] of Object.entries(this)) {
      const many: [string, unknown][] = Array.isArray(value)
        ? value.map((one: unknown, i) => [`${name}.${i}`, one])
        : [[name, value]];
      for (const [path, one] of many) {
        if (one instanceof Module) yield [path, one];
        // What an operator made is a value in passing, not a part of the module.
        else if (one instanceof Tensor && one.isLeaf) yield [path, one];
      }
    }
  }

  private *named(prefix: string = ""): Generator<[string, Tensor]> {
    for (const [name, value] of this.members()) {
      if (value instanceof Module) yield* value.named(`${prefix}${name}.`);
      else yield [prefix + name, value];
    }
  }

  /** The modules that this one holds directly, each once. */
  children(): Module[] {
    const found = [...this.members()].map(([, value]) => value);
    return [...new Set(found.filter((value) => value instanceof Module))];
  }

  /** Parameters of this module and all below it, each once, by name. */
  namedParameters(): [string, Tensor][] {
    const seen = new Set<Tensor>();
    return [...this.named()].filter(([, one]) => {
      if (!one.requiresGrad || seen.has(one)) return false;
      seen.add(one);
      return true;
    });
  }

  /** Parameters of this module and all below it, each once. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, one]) => one);
  }

  /** Every parameter and buffer by name; they share the module's storage. */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries([...this.named()].map(([name, one]) => [name, one.detach()]));
  }

  /**
   * Copies values into the module's tensors.
   * @throws RangeError naming what is missing, not known, or of another shape; then nothing is copied
   */
  loadStateDict(state: Readonly<Record<string, Tensor>>): void {
    const own = new Map(this.named());
    const missing = [...own.keys()].filter((name) => !Object.hasOwn(state, name));
    const unknown = Object.keys(state).filter((name) => !own.has(name));
    if (missing.length > 0 || unknown.length > 0) {
      throw new RangeError(
        `loadStateDict: names do not agree: missing [${missing.join(", ")}], not known [${unknown.join(", ")}]`,
      );
    }
    for (const [name, one] of own) {
      const given = state[name] as Tensor;
      if (formatShape(given.shape) === formatShape(one.shape)) continue;
      throw new RangeError(
        `loadStateDict: "${name}" has shape ${formatShape(one.shape)}, got ${formatShape(given.shape)}`,
      );
    }
    noGrad(() => {
      for (const [name, one] of own) one.copy_(state[name] as Tensor);
    });
  }

  /** Sets `training` here and in all below. */
  train(on: boolean = true): this {
    this.training = on;
    for (const child of this.children()) child.train(on);
    return this;
  }

  /** As `train(false)`: dropout does nothing, running statistics are used. */
  eval(): this {
    return this.train(false);
  }

  /** Takes the gradients of all parameters away. */
  zeroGrad(): void {
    for (const one of this.parameters()) one.grad = undefined;
  }
}
