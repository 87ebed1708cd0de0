/** Optimisers, gradient clipping and learning-rate schedules, with PyTorch's formulas. */

import { noGrad } from "./autograd/leaf.ts";
import { zeros, zerosLike } from "./creation.ts";
import { moveByMoments } from "./moments.ts";
import type { Tensor } from "./tensor.ts";
import { keep } from "./tidy.ts";

/** Changes parameters by their gradients, in place. */
export abstract class Optimizer {
  /** What is learned. */
  readonly parameters: readonly Tensor[];
  /** The learning rate, which schedules change. */
  lr: number;

  constructor(parameters: readonly Tensor[], lr: number) {
    if (parameters.length === 0) throw new RangeError("Optimizer: needs at least one parameter");
    parameters.forEach((one, i) => {
      if (one.requiresGrad && one.isLeaf) return;
      throw new TypeError(
        `Optimizer: parameter ${i} must be a leaf that requires gradients; see nn.parameter`,
      );
    });
    if (!(lr >= 0)) throw new RangeError(`Optimizer: lr must be a number from 0, got ${lr}`);
    this.parameters = parameters;
    this.lr = lr;
  }

  /** Moves every parameter that has a gradient. */
  step(): void {
    noGrad(() => {
      for (const one of this.parameters) {
        if (one.grad !== undefined) this.update(one, one.grad);
      }
    });
    // A step by itself is the same work each time, so that plans for it are too.
    for (const { storage } of this.parameters) storage.device.start?.([storage]);
  }

  /** Takes all gradients away; do so before each `backward`. */
  zeroGrad(): void {
    for (const one of this.parameters) one.grad = undefined;
  }

  protected abstract update(x: Tensor, gradient: Tensor): void;
}

/** What `SGD` takes. */
export interface SGDOptions {
  lr: number;
  momentum?: number;
  /** Looks ahead along the momentum (Sutskever et al. 2013). */
  nesterov?: boolean;
  /** Adds so much of the parameter to its gradient. */
  weightDecay?: number;
}

/** Gradient descent: `v = momentum·v + g; x = x − lr·v`. */
export class SGD extends Optimizer {
  private readonly options: Required<Omit<SGDOptions, "lr">>;
  private readonly velocities: Map<Tensor, Tensor> = new Map();

  constructor(
    parameters: readonly Tensor[],
    { lr, momentum = 0, nesterov = false, weightDecay = 0 }: SGDOptions,
  ) {
    super(parameters, lr);
    if (nesterov && momentum === 0) throw new RangeError("SGD: nesterov needs a momentum above 0");
    this.options = { momentum, nesterov, weightDecay };
  }

  protected override update(x: Tensor, gradient: Tensor): void {
    const { momentum, nesterov, weightDecay } = this.options;
    const g = weightDecay === 0 ? gradient : gradient.add(x.mul(weightDecay));
    if (momentum === 0) {
      x.sub_(g.mul(this.lr));
      return;
    }
    const velocity = remembered(this.velocities, x).mul_(momentum).add_(g);
    const direction = nesterov ? g.add(velocity.mul(momentum)) : velocity;
    x.sub_(direction.mul(this.lr));
  }
}

/** What `Adam` and `AdamW` take. */
export interface AdamOptions {
  /** 0.001 when left out. */
  lr?: number;
  /** How slowly the means of gradients and of their squares move; [0.9, 0.999] when left out. */
  betas?: readonly [number, number];
  eps?: number;
  weightDecay?: number;
}

interface Moments {
  first: Tensor;
  second: Tensor;
  steps: number;
}

/** Steps by the mean gradient over the root of the mean square (Kingma & Ba 2014). */
export class Adam extends Optimizer {
  protected readonly options: Required<Omit<AdamOptions, "lr">>;
  private readonly moments: Map<Tensor, Moments> = new Map();

  constructor(
    parameters: readonly Tensor[],
    { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 }: AdamOptions = {},
  ) {
    super(parameters, lr);
    if (!betas.every((beta) => beta >= 0 && beta < 1)) {
      throw new RangeError(`Adam: betas must be in [0, 1), got [${betas.join(", ")}]`);
    }
    this.options = { betas, eps, weightDecay };
  }

  protected override update(x: Tensor, gradient: Tensor): void {
    const { weightDecay } = this.options;
    this.move(x, weightDecay === 0 ? gradient : gradient.add(x.mul(weightDecay)));
  }

  /** Shrinks x by `shrink` first; one program for each mean and one for x, as there are many parameters. */
  protected move(x: Tensor, gradient: Tensor, shrink: number = 1): void {
    const {
      betas: [slow, slower],
      eps,
    } = this.options;
    const state = this.moments.get(x) ?? {
      first: keep(zerosLike(x)),
      second: keep(zerosLike(x)),
      steps: 0,
    };
    this.moments.set(x, state);
    state.steps++;
    moveByMoments(x, gradient, state, {
      betas: [slow, slower],
      eps,
      shrink,
      rate: this.lr / (1 - slow ** state.steps),
      bias: 1 - slower ** state.steps,
    });
  }
}

/** Adam whose weight decay shrinks the parameters themselves (Loshchilov & Hutter 2017); 0.01 when left out. */
export class AdamW extends Adam {
  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super(parameters, { weightDecay: 0.01, ...options });
  }

  protected override update(x: Tensor, gradient: Tensor): void {
    this.move(x, gradient, 1 - this.lr * this.options.weightDecay);
  }
}

/** What `RMSprop` takes. */
export interface RMSpropOptions {
  /** 0.01 when left out. */
  lr?: number;
  /** How slowly the mean of squares moves; 0.99 when left out. */
  alpha?: number;
  eps?: number;
  momentum?: number;
  weightDecay?: number;
}

/** Steps by the gradient over the root of the mean of its squares (Hinton 2012). */
export class RMSprop extends Optimizer {
  private readonly options: Required<Omit<RMSpropOptions, "lr">>;
  private readonly squares: Map<Tensor, Tensor> = new Map();
  private readonly velocities: Map<Tensor, Tensor> = new Map();

  constructor(
    parameters: readonly Tensor[],
    { lr = 0.01, alpha = 0.99, eps = 1e-8, momentum = 0, weightDecay = 0 }: RMSpropOptions = {},
  ) {
    super(parameters, lr);
    this.options = { alpha, eps, momentum, weightDecay };
  }

  protected override update(x: Tensor, gradient: Tensor): void {
    const { alpha, eps, momentum, weightDecay } = this.options;
    const g = weightDecay === 0 ? gradient : gradient.add(x.mul(weightDecay));
    const squares = remembered(this.squares, x);
    squares.mul_(alpha).add_(g.square().mul(1 - alpha));
    const step = g.div(squares.sqrt().add(eps));
    if (momentum === 0) x.sub_(step.mul(this.lr));
    else x.sub_(remembered(this.velocities, x).mul_(momentum).add_(step).mul(this.lr));
  }
}

/** What `Adagrad` takes. */
export interface AdagradOptions {
  /** 0.01 when left out. */
  lr?: number;
  eps?: number;
  weightDecay?: number;
}

/** Steps by the gradient over the root of the sum of all its squares (Duchi et al. 2011). */
export class Adagrad extends Optimizer {
  private readonly options: Required<Omit<AdagradOptions, "lr">>;
  private readonly sums: Map<Tensor, Tensor> = new Map();

  constructor(
    parameters: readonly Tensor[],
    { lr = 0.01, eps = 1e-10, weightDecay = 0 }: AdagradOptions = {},
  ) {
    super(parameters, lr);
    this.options = { eps, weightDecay };
  }

  protected override update(x: Tensor, gradient: Tensor): void {
    const { eps, weightDecay } = this.options;
    const g = weightDecay === 0 ? gradient : gradient.add(x.mul(weightDecay));
    const sum = remembered(this.sums, x).add_(g.square());
    x.sub_(g.div(sum.sqrt().add(eps)).mul(this.lr));
  }
}

/** What an optimiser keeps for a parameter: zeros at first. */
function remembered(state: Map<Tensor, Tensor>, x: Tensor): Tensor {
  const known = state.get(x) ?? keep(zerosLike(x));
  state.set(x, known);
  return known;
}

/** Scales all gradients so that their common 2-norm is at most `maxNorm`; returns the norm they had, []. */
export function clipGradNorm(parameters: readonly Tensor[], maxNorm: number): Tensor {
  return noGrad(() => {
    let squares: Tensor = zeros([]);
    for (const { grad } of parameters) {
      if (grad !== undefined) squares = squares.add(grad.square().sum());
    }
    const norm = squares.sqrt();
    const scale = norm.add(1e-6).reciprocal().mul(maxNorm).clamp({ max: 1 });
    for (const one of parameters) {
      if (one.grad !== undefined) one.grad = one.grad.mul(scale);
    }
    return norm;
  });
}

/** Cuts each element of all gradients to [−maxValue, maxValue]. */
export function clipGradValue(parameters: readonly Tensor[], maxValue: number): void {
  noGrad(() => {
    for (const one of parameters) {
      if (one.grad !== undefined) one.grad = one.grad.clamp({ min: -maxValue, max: maxValue });
    }
  });
}

/** What the first learning rate is multiplied by after so many steps. */
export type Schedule = (step: number) => number;

/** Sets an optimiser's learning rate by a schedule: call `step` after each of the optimiser's. */
export class Scheduler {
  private readonly optimizer: Optimizer;
  private readonly schedule: Schedule;
  private readonly first: number;
  private steps: number = 0;

  constructor(optimizer: Optimizer, schedule: Schedule) {
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.first = optimizer.lr;
    optimizer.lr = this.first * schedule(0);
  }

  /** One step on. */
  step(): void {
    this.steps++;
    this.optimizer.lr = this.first * this.schedule(this.steps);
  }
}

/** Multiplies by `gamma` every `every` steps. */
export function stepDecay(every: number, gamma: number = 0.1): Schedule {
  return (step) => gamma ** Math.floor(step / every);
}

/** Multiplies by `gamma` every step. */
export function exponentialDecay(gamma: number): Schedule {
  return (step) => gamma ** step;
}

/** A line from `start` to `end` in `total` steps, and `end` from then on. */
export function linearDecay(total: number, end: number = 0, start: number = 1): Schedule {
  return (step) => start + ((end - start) * Math.min(step, total)) / total;
}

/** Half a cosine from 1 to `end` in `total` steps (Loshchilov & Hutter 2016), and `end` from then on. */
export function cosineDecay(total: number, end: number = 0): Schedule {
  return (step) =>
    end + ((1 - end) * (1 + Math.cos((Math.PI * Math.min(step, total)) / total))) / 2;
}

/** Rises in a line from `1 / steps` to 1 in `steps` steps; then `next` begins, or 1. */
export function warmup(steps: number, next: Schedule = () => 1): Schedule {
  return (step) => (step < steps ? (step + 1) / steps : next(step - steps));
}
