/**
 * Which programs make a value. An elementwise program that another one reads
 * is written into it, so that its result never goes to memory, where that
 * costs less than it saves and the way through it stays a matter of strides.
 */

import type { HostValue } from "./dtype.ts";
import {
  binaryExpr,
  constExpr,
  type Elementwise,
  type Expr,
  indexExpr,
  operands,
  type Program,
  type Reduce,
  rewrite,
  storedExpr,
  usesIndex,
} from "./expr.ts";
import type { Source, Step, Value } from "./graph.ts";
import { coalesce, contiguousStrides, product, type Shape } from "./shape.ts";

/** WebGPU promises 8 storage buffers, and the result is one. */
const MAX_INPUTS = 7;
/** Nodes of an expression; larger ones take longer to compile than they save. */
const MAX_SIZE = 160;
/** What an element may cost to compute again for another reader instead of storing it. */
const AGAIN = 10;
/** The same when it is computed again for each repeat of a broadcast or at each read. */
const AGAIN_OFTEN = 4;

/** A program ready for the device, once `inputs` are there. */
export interface Job {
  readonly value: Value;
  readonly program: Program;
  readonly inputs: readonly Source[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** The values that are computed inside it and stay without elements of their own. */
  readonly inlined: readonly Value[];
  /** The value is complete after it. */
  readonly last: boolean;
}

/** Everything to run for `target`, in order. Changes nothing. */
export function plan(target: Value): Job[] {
  const jobs: Job[] = [];
  const planned = new Set<Value>();
  const visit = (value: Value): void => {
    if (value.steps.length === 0 || planned.has(value)) return;
    planned.add(value);
    const last = value.steps.length - 1;
    value.steps.forEach((step, at) => {
      let job: Job;
      do {
        job = fuse(value, step, at === last, planned);
        for (const input of job.inputs) visit(input.value);
        // What an input needed stored is read from there, as its own inputs may be gone by then.
      } while (job.inlined.some((one) => planned.has(one)));
      jobs.push(job);
    });
  };
  visit(target);
  return jobs;
}

/** An input of the program that is being put together. */
interface Slot extends Source {
  /** Something else computes it too, or it is computed for each repeat. */
  readonly again: boolean;
}

function fuse(value: Value, step: Step, last: boolean, planned: ReadonlySet<Value>): Job {
  const { program, inputs, strides, offset } = step;
  const none = program.kind === "matmul" || !inputs.some((one) => one.value.steps.length > 0);
  if (none) return { value, program, inputs, strides, offset, inlined: [], last };
  const fusion = new Fusion(program, inputs, planned);
  const fused = fusion.finish();
  return { value, ...fused, strides, offset, inlined: [...fusion.inlined], last };
}

/** A program that takes in the programs before it, one after another. */
class Fusion {
  readonly inlined = new Set<Value>();
  readonly #program: Elementwise | Reduce;
  readonly #planned: ReadonlySet<Value>;
  readonly #count: number;
  /** How many of a value's readers are inside. */
  readonly #inside = new Map<Value, number>();
  #slots: Slot[] = [];
  #expr: Expr;
  #params: HostValue[];
  #size: number;
  /** What the values that are computed again cost together. */
  #spent = 0;

  constructor(
    program: Elementwise | Reduce,
    inputs: readonly Source[],
    planned: ReadonlySet<Value>,
  ) {
    this.#program = program;
    this.#planned = planned;
    this.#count = product(program.shape);
    this.#params = [...program.params];
    this.#expr = program.expr;
    this.#expr = this.#attach(program.expr, inputs, false);
    this.#size = sizeOf(this.#expr);
    for (let at = 0; at < this.#slots.length;) {
      // What was taken in may make an earlier input's last reader, so all are tried again.
      if (this.#take(at)) at = 0;
      else at++;
    }
  }

  finish(): { program: Program; inputs: Source[] } {
    const program = { ...this.#program, expr: this.#expr, params: this.#params };
    return { program, inputs: this.#slots };
  }

  /** Gives an expression's inputs slots here, the same one for the same elements. */
  #attach(expr: Expr, inputs: readonly Source[], again: boolean): Expr {
    const counted = new Set<Value>();
    const numbers = inputs.map((one) => {
      if (!counted.has(one.value)) {
        counted.add(one.value);
        this.#inside.set(one.value, (this.#inside.get(one.value) ?? 0) + 1);
      }
      const known = this.#slots.findIndex((slot) => isSame(slot, one));
      if (known >= 0) return known;
      return this.#slots.push({ ...one, again }) - 1;
    });
    return renumber(expr, (input) => numbers[input] ?? 0);
  }

  /** Writes the program that makes slot `at` into this one, if that is worth it. */
  #take(at: number): boolean {
    const slot = this.#slots[at] as Slot;
    const { value } = slot;
    const [step] = value.steps;
    if (step === undefined || value.steps.length > 1 || value.real !== undefined) return false;
    if (step.program.kind !== "elementwise" || !step.whole || this.#planned.has(value)) {
      return false;
    }
    const { expr, params } = step.program;
    const cost = costOf(expr);
    const often = value.inlined || this.#count > value.length;
    const again = slot.again || often || (this.#inside.get(value) ?? 0) < value.readers;
    if (again && this.#spent + cost > (often ? AGAIN_OFTEN : AGAIN)) return false;
    const uses = countUses(this.#expr, at);
    const size = this.#size + uses * (sizeOf(expr) + 1);
    if (uses === 0 || size > MAX_SIZE) return false;
    const walk = follow(this.#program.shape, slot, step);
    if (walk === undefined) return false;
    const before = this.#slots;
    const fresh = walk.inputs.filter((one) => !before.some((other) => isSame(other, one)));
    if (before.length - 1 + fresh.length > MAX_INPUTS) return false;

    this.#slots = before.toSpliced(at, 1);
    const first = this.#params.length;
    this.#params.push(...params);
    const moved = rewrite(expr, (leaf) => {
      if (leaf.op === "index") return walk.index(leaf.dim);
      if (leaf.op === "param") return { ...leaf, param: leaf.param + first };
      return leaf.op === "lookup" ? { ...leaf, stride: leaf.stride + first } : leaf;
    });
    const inner = storedExpr(this.#attach(moved, walk.inputs, again));
    this.#expr = rewrite(this.#expr, (leaf) => {
      if (leaf.op !== "input" && leaf.op !== "lookup") return leaf;
      if (leaf.input === at) return inner;
      return leaf.input > at ? { ...leaf, input: leaf.input - 1 } : leaf;
    });
    this.#size = size;
    if (again) this.#spent += cost;
    this.inlined.add(value);
    return true;
  }
}

function isSame(a: Source, b: Source): boolean {
  return (
    a.value === b.value &&
    a.offset === b.offset &&
    a.strides.every((stride, dim) => stride === b.strides[dim])
  );
}

function renumber(expr: Expr, number: (input: number) => number): Expr {
  return rewrite(expr, (leaf) =>
    leaf.op === "input" || leaf.op === "lookup" ? { ...leaf, input: number(leaf.input) } : leaf,
  );
}

/** How often an input is read; 0 when a lookup goes through it, which needs it in memory. */
function countUses(expr: Expr, input: number): number {
  let uses = 0;
  let found = false;
  const visit = (one: Expr): void => {
    if (one.op === "input" && one.input === input) uses++;
    if (one.op === "lookup" && one.input === input) found = true;
    for (const part of operands(one)) visit(part);
  };
  visit(expr);
  return found ? 0 : uses;
}

function sizeOf(expr: Expr): number {
  let size = 1;
  for (const part of operands(expr)) size += sizeOf(part);
  return size;
}

/** What an element costs, in additions, roughly and on every device. */
function costOf(expr: Expr): number {
  let cost = WEIGHTS[expr.op] ?? 1;
  for (const part of operands(expr)) cost += costOf(part);
  return cost;
}

const WEIGHTS: Partial<Record<Expr["op"], number>> = {
  input: 0,
  param: 0,
  const: 0,
  index: 0,
  cast: 0,
  div: 2,
  sqrt: 2,
  exp: 8,
  log: 8,
  sin: 8,
  cos: 8,
  tanh: 8,
  erf: 8,
  pow: 8,
};

interface Walk {
  /** The inner program's inputs, over the outer one's shape. */
  inputs: Source[];
  /** The inner program's index along a dim, in the outer one's indices. */
  index(dim: number): Expr;
}

/**
 * How an outer program over `shape` that reads `slot` walks the inputs of the
 * program that makes it. Undefined when that takes more than strides: each dim
 * of the outer must be a straight line through the dims of the inner.
 */
function follow(shape: Shape, slot: Source, { program, inputs }: Step): Walk | undefined {
  const inner = program as Elementwise;
  const walks = inputs.map(({ strides }) => strides);
  const { shape: sizes, strides } = usesIndex(inner.expr)
    ? { shape: inner.shape, strides: walks }
    : coalesce(inner.shape, walks);
  const units = contiguousStrides(sizes);
  const start = split(slot.offset, units);
  const low = [...start];
  const high = [...start];
  const moves = shape.map((size, dim) => {
    const stride = slot.strides[dim] ?? 0;
    if (size === 1) return units.map(() => 0);
    const move = split(Math.abs(stride), units).map((step) => (stride < 0 ? -step : step));
    move.forEach((step, at) => {
      const far = step * (size - 1);
      if (far < 0) low[at] = (low[at] ?? 0) + far;
      else high[at] = (high[at] ?? 0) + far;
    });
    return move;
  });
  if (low.some((at) => at < 0) || high.some((at, dim) => at >= (sizes[dim] ?? 1))) return undefined;
  const along = (steps: readonly number[], walk: readonly number[]): number =>
    steps.reduce((sum, step, dim) => sum + step * (walk[dim] ?? 0), 0);
  return {
    inputs: inputs.map(({ value, offset }, at) => {
      const walk = strides[at] ?? [];
      return {
        value,
        strides: moves.map((move) => along(move, walk)),
        offset: offset + along(start, walk),
      };
    }),
    index(dim): Expr {
      let sum: Expr | undefined;
      moves.forEach((move, outer) => {
        const step = move[dim] ?? 0;
        if (step === 0) return;
        const index = indexExpr(outer);
        const term = step === 1 ? index : binaryExpr("mul", index, constExpr(step, "int32"));
        sum = sum === undefined ? term : binaryExpr("add", sum, term);
      });
      const from = constExpr(start[dim] ?? 0, "int32");
      if (sum === undefined) return from;
      return from.op === "const" && from.value === 0 ? sum : binaryExpr("add", sum, from);
    },
  };
}

/** A distance in elements as steps along dims, the largest first. */
function split(distance: number, units: readonly number[]): number[] {
  let rest = distance;
  return units.map((unit) => {
    const steps = Math.floor(rest / unit);
    rest -= steps * unit;
    return steps;
  });
}
