/**
 * How several programs become one. An elementwise program that another one reads
 * is written into it, so that its result never goes to memory, where that
 * costs less than it saves and the way through it stays a matter of strides.
 * A fold or a product goes the other way: what reads it becomes its epilogue,
 * or the next step over the same rows, when nobody else wants it.
 *
 * It is long because each way to take a program in changes the same few fields.
 */

import type { HostValue } from "./dtype.ts";
import {
  constExpr,
  type Elementwise,
  type Expr,
  type Fold,
  foldedExpr,
  indexExpr,
  type Matmul,
  type Program,
  type Reduce,
  renumber,
  type Rows,
  rewrite,
  rowsOf,
  storedExpr,
  substitute,
  usesIndex,
} from "./expr.ts";
import { openStep, type Planned } from "./graph-cache.ts";
import { costOf, sizeOf, usesOf } from "./graph-cost.ts";
import { follow, isSame, rowsFirst } from "./graph-walk.ts";
import type { Source, Step, Value } from "./graph.ts";
import { contiguousStrides, isContiguous, product, reshapeStrides, type Shape } from "./shape.ts";

/** WebGPU promises 8 storage buffers, and the result is one. */
const MAX_INPUTS = 7;
/** Nodes of an expression; larger ones take longer to compile than they save. */
const MAX_SIZE = 160;
/** Rows of at most this many elements are folded several times by one program. */
const LONGEST_ROW = 4096;
/** The same where there are few rows, which would leave a device idle. */
const LONGEST_OF_FEW = 1024;
const FEW_ROWS = 32;
/** What an element may cost to compute again for another reader instead of storing it. */
const AGAIN = 10;
/** The same when it is computed again for each repeat of a broadcast or at each read. */
const AGAIN_OFTEN = 4;

/** An input of the program that is being put together. */
interface Slot extends Source {
  /** It is computed again for something else, or for each repeat. */
  readonly again: boolean;
  /** Something else computes it too. */
  readonly shared: boolean;
}

/** A program that takes in others, one after another. */
export class Fusion {
  readonly inlined: Set<Value> = new Set();
  /** The values whose steps were looked behind, and those whose parameters came, in order. */
  readonly behind: Set<Value> = new Set();
  readonly params: (Value | undefined)[] = [undefined];
  readonly #planned: ReadonlySet<Value>;
  readonly #step: Step;
  /** Of what is written, over the dims that it has. */
  #strides: readonly number[];
  /** What is walked; dims from `kept` on are folded. */
  #shape: Shape;
  #kept: number;
  #each = false;
  #folds: Fold[] = [];
  #product: Matmul | undefined;
  #expr: Expr;
  #params: HostValue[];
  /** What is read; undefined where a program was taken in. */
  #slots: (Slot | undefined)[] = [];
  /** How many of a value's readers are inside. */
  readonly #inside = new Map<Value, number>();
  #size: number;
  /** What the values that are computed again cost together. */
  #spent = 0;

  constructor(program: Elementwise | Reduce | Rows, step: Step, planned: ReadonlySet<Value>) {
    this.#planned = planned;
    this.#step = step;
    this.#strides = step.strides;
    this.#params = [...program.params];
    this.#shape = program.shape;
    this.#kept = program.shape.length;
    this.#expr = program.expr;
    if (program.kind !== "elementwise") {
      const rows = rowsOf(program);
      [this.#kept, this.#each, this.#expr] = [rows.kept, rows.each, rows.expr];
      this.#folds = [...rows.folds];
    }
    const number = this.#attach(step.inputs);
    this.#change((expr) => renumber(expr, number));
    this.#size = this.#exprs().reduce((sum, expr) => sum + sizeOf(expr), 0);
    const any = (take: (slot: Slot, at: number) => boolean): boolean =>
      this.#slots.some((slot, at) => slot !== undefined && take(slot, at));
    // What was taken in may make an earlier input's last reader, so all are tried again.
    while (
      any((slot, at) => this.#takeFold(slot, at)) ||
      any((slot, at) => this.#takeOfRow(slot, at)) ||
      any((slot, at) => this.#takeElements(slot, at, false)) ||
      any((slot, at) => this.#takeElements(slot, at, true))
    );
  }

  finish(): Omit<Planned, "inlined"> {
    this.#keepElements();
    const left = this.#slots.flatMap((slot, at) => (slot === undefined ? [] : [at]));
    this.#change((expr) => renumber(expr, (input) => left.indexOf(input)));
    const inputs = left.map((at) => this.#slots[at] as Slot);
    return { program: this.#program(), inputs, strides: this.#strides, offset: this.#step.offset };
  }

  /** Has what the last fold went over wait in the output, if it is dear and wanted once more. */
  #keepElements(): void {
    const last = this.#folds.findLast(({ reducer }) => reducer !== undefined)?.expr;
    if (!this.#each || last === undefined || last.dtype !== this.#expr.dtype) return;
    if (costOf(last) <= AGAIN_OFTEN) return;
    this.#expr = substitute(this.#expr, last, { op: "element", dtype: last.dtype });
  }

  #program(): Program {
    const [expr, shape, params, kept] = [this.#expr, this.#shape, this.#params, this.#kept];
    if (this.#product !== undefined) return { ...this.#product, epilogue: expr, params };
    const [first, second] = this.#folds;
    if (first === undefined) return { kind: "elementwise", expr, shape, params };
    if (second !== undefined || this.#each || first.reducer === undefined) {
      return { kind: "rows", folds: this.#folds, expr, each: this.#each, shape, kept, params };
    }
    const { reducer, expr: folded } = first;
    const plain = { kind: "reduce", reducer, expr: folded, shape, kept, params } as const;
    return expr.op === "folded" ? plain : { ...plain, epilogue: expr };
  }

  #exprs(): Expr[] {
    return [...this.#folds.map(({ expr }) => expr), this.#expr];
  }

  #change(change: (expr: Expr) => Expr): void {
    this.#folds = this.#folds.map((fold) => ({ ...fold, expr: change(fold.expr) }));
    this.#expr = change(this.#expr);
  }

  /** Gives inputs slots here, the same one for the same elements. */
  #attach(inputs: readonly Source[], again = false, shared = false): (input: number) => number {
    for (const value of new Set(inputs.map((one) => one.value))) {
      this.#inside.set(value, (this.#inside.get(value) ?? 0) + 1);
    }
    const numbers = inputs.map((one) => {
      const known = this.#find(one);
      if (known < 0) return this.#slots.push({ ...one, again, shared }) - 1;
      const before = this.#slots[known] as Slot;
      this.#slots[known] = {
        ...one,
        again: again || before.again,
        shared: shared || before.shared,
      };
      return known;
    });
    return (input) => numbers[input] ?? 0;
  }

  #find(one: Source): number {
    return this.#slots.findIndex((slot) => slot !== undefined && isSame(slot, one));
  }

  /** Whether something outside reads a value too. */
  #wanted(value: Value): boolean {
    return value.kept || (this.#inside.get(value) ?? 0) < value.readers;
  }

  /** Whether there is room for so much more. */
  #fits({ value }: Slot, inputs: readonly Source[], size: number): boolean {
    this.behind.add(value);
    const fresh = inputs.filter((one) => this.#find(one) < 0).length;
    const held = this.#slots.filter((slot) => slot !== undefined).length - 1;
    return held + fresh <= MAX_INPUTS && this.#size + size <= MAX_SIZE;
  }

  /** An expression of another program, over slots and parameters here. */
  #moved({ value }: Slot, expr: Expr, number: (input: number) => number): Expr {
    const first = this.#params.length;
    const params = value.steps[0]?.program.params ?? [];
    this.#params.push(...params);
    this.params.push(value);
    return rewrite(expr, (leaf) => {
      if (leaf.op === "param") return { ...leaf, param: leaf.param + first };
      if (leaf.op === "input") return { ...leaf, input: number(leaf.input) };
      if (leaf.op !== "lookup") return leaf;
      return { ...leaf, input: number(leaf.input), stride: leaf.stride + first };
    });
  }

  /** Puts `inner` where slot `at` is read, which is then free. */
  #replace(at: number, inner: Expr): void {
    this.inlined.add((this.#slots[at] as Slot).value);
    this.#slots[at] = undefined;
    this.#change((expr) =>
      rewrite(expr, (leaf) => (leaf.op === "input" && leaf.input === at ? inner : leaf)),
    );
  }

  /**
   * Writes the elementwise program that makes a slot into this one, if that is
   * worth it. What others want too comes last, as they may turn up inside.
   */
  #takeElements(slot: Slot, at: number, alsoShared: boolean): boolean {
    const step = openStep(slot.value, this.#planned);
    if (step?.program.kind !== "elementwise" || this.#isFactor(at)) return false;
    const { value } = slot;
    const { expr } = step.program;
    const cost = costOf(expr);
    const folds = this.#folds.length > 0;
    const once = folds && !this.#each && usesOf(this.#exprs().slice(0, -1), at) === 0;
    const count = product(once ? this.#shape.slice(0, this.#kept) : this.#shape);
    const often = value.inlined || count > value.length;
    const shared = slot.shared || value.inlined || this.#wanted(value);
    if (shared && !alsoShared) return false;
    const again = slot.again || often || shared;
    if (again && this.#spent + cost > (often ? AGAIN_OFTEN : AGAIN)) return false;
    const uses = usesOf(this.#exprs(), at);
    const size = uses * (sizeOf(expr) + 1);
    if (uses === 0 || this.#size + size > MAX_SIZE) return false;
    const walk = follow(this.#shape, slot, step);
    if (walk === undefined || !this.#fits(slot, walk.inputs, size)) return false;
    const placed = rewrite(expr, (leaf) => (leaf.op === "index" ? walk.index(leaf.dim) : leaf));
    const inner = this.#moved(slot, placed, this.#attach(walk.inputs, again, shared));
    this.#replace(at, storedExpr(inner));
    this.#size += size;
    if (again) this.#spent += cost;
    return true;
  }

  /** Whether a slot is one of the two that are multiplied, which are not walked as the others are. */
  #isFactor(at: number): boolean {
    return this.#product !== undefined && at < 2;
  }

  /** Runs after or among the fold (or the product) that makes a slot, if nobody else wants that. */
  #takeFold(slot: Slot, at: number): boolean {
    const { value } = slot;
    const step = openStep(slot.value, this.#planned);
    if (step === undefined || slot.shared || value.inlined || this.#isFactor(at)) return false;
    const { program } = step;
    if (program.kind !== "matmul" && program.kind !== "reduce") return false;
    if (this.#wanted(value)) return false;
    if (usesOf(this.#exprs(), at) === 0) return false;
    const open = this.#folds.length === 0 && this.#product === undefined;
    if (program.kind === "matmul") return open && this.#follow(slot, at, step, program);
    if (open && product(this.#shape) === value.length) {
      return this.#follow(slot, at, step, program);
    }
    return this.#joinRows(slot, at, step, program);
  }

  /** What was elementwise so far becomes the epilogue of what makes a slot. */
  #follow(slot: Slot, at: number, { inputs }: Step, program: Reduce | Matmul): boolean {
    const straight =
      this.#step.whole &&
      slot.offset === 0 &&
      product(this.#shape) === slot.value.length &&
      isContiguous({ shape: this.#shape, strides: slot.strides, offset: 0 });
    const matmul = program.kind === "matmul";
    if (!straight || (matmul && this.#expr.dtype !== program.dtype)) return false;
    const size = matmul ? 0 : sizeOf(program.expr);
    const kept = matmul
      ? [...program.batch, program.m, program.n]
      : program.shape.slice(0, program.kept);
    const same = kept.join() === this.#shape.join();
    if ((!same && usesIndex(this.#expr)) || !this.#fits(slot, inputs, size)) return false;
    const rest = matmul ? [] : program.shape.slice(program.kept).map(() => 0);
    const slots = this.#slots.map((one) => {
      if (one === undefined || one === slot) return one;
      const strides = reshapeStrides({ ...one, shape: this.#shape }, kept);
      return strides && { ...one, strides: [...strides, ...rest] };
    });
    if (slots.some((one, i) => one === undefined && this.#slots[i] !== undefined)) return false;
    this.#slots = slots;
    this.#strides = contiguousStrides(kept);
    if (matmul) {
      this.#shape = kept;
      this.#product = program;
      this.#replace(at, storedExpr(foldedExpr(0, program.dtype)));
      this.#slots.unshift(...inputs.map((one) => ({ ...one, again: false, shared: false })));
      this.#change((expr) => renumber(expr, (input) => input + 2));
    } else {
      const { reducer, expr } = program;
      this.#shape = program.shape;
      this.#begin(at, { reducer, expr: this.#moved(slot, expr, this.#attach(inputs)) });
    }
    this.#kept = kept.length;
    this.#size += size;
    return true;
  }

  /** Computes something once for each row, before all else, and reads it where slot `at` was read. */
  #begin(at: number, fold: Fold): void {
    this.#change((one) =>
      rewrite(one, (leaf) => (leaf.op === "folded" ? { ...leaf, fold: leaf.fold + 1 } : leaf)),
    );
    const folded = foldedExpr(0, fold.expr.dtype);
    this.#replace(at, fold.reducer === undefined ? folded : storedExpr(folded));
    this.#folds.unshift(fold);
  }

  /** The program as rows along which a slot stays the same, if it can be seen so. */
  #asRows(slot: Slot): { dims: number[]; shape: number[]; kept: number } | undefined {
    const begun = this.#folds.length > 0;
    const dims = begun ? [...this.#shape.keys()] : rowsFirst(this.#shape, slot);
    if (dims === undefined || this.#product !== undefined) return undefined;
    const shape = dims.map((dim) => this.#shape[dim] ?? 1);
    const strides = dims.map((dim) => slot.strides[dim] ?? 0);
    const kept = begun ? this.#kept : strides.filter((stride) => stride !== 0).length;
    const rows = shape.slice(0, kept);
    const length = product(shape.slice(kept));
    const fits =
      slot.offset === 0 &&
      length > 0 &&
      length <= (product(rows) < FEW_ROWS ? LONGEST_OF_FEW : LONGEST_ROW) &&
      slot.value.length === product(rows) &&
      isContiguous({ shape: rows, strides: strides.slice(0, kept), offset: 0 }) &&
      strides.every((stride, dim) => dim < kept || stride === 0 || shape[dim] === 1);
    return fits ? { dims, shape, kept } : undefined;
  }

  /** Walks an elementwise program by rows from now on. */
  #enter({ dims, shape, kept }: { dims: number[]; shape: number[]; kept: number }): void {
    if (this.#folds.length > 0) return;
    const along = (walk: readonly number[]): number[] => dims.map((dim) => walk[dim] ?? 0);
    this.#slots = this.#slots.map((one) => one && { ...one, strides: along(one.strides) });
    this.#strides = along(this.#strides);
    this.#change((expr) =>
      rewrite(expr, (leaf) => {
        if (leaf.op !== "index") return leaf;
        const dim = dims.indexOf(leaf.dim);
        return dim < 0 ? constExpr(0, "int32") : indexExpr(dim);
      }),
    );
    [this.#shape, this.#kept, this.#each] = [shape, kept, true];
  }

  /** Walks the rows that a fold was over, because its result is read for each of their elements. */
  #joinRows(slot: Slot, at: number, step: Step, program: Reduce): boolean {
    const rows = this.#asRows(slot);
    if (rows === undefined) return false;
    const { shape, kept } = rows;
    const own = program.shape.slice(program.kept);
    if (product(own) !== product(shape.slice(kept))) return false;
    if (usesIndex(program.expr) && program.shape.join() !== shape.join()) return false;
    const walks = step.inputs.flatMap((one) => {
      const part = (from: number, to: number, sizes: Shape): number[] | undefined =>
        reshapeStrides(
          { shape: program.shape.slice(from, to), strides: one.strides.slice(from, to), offset: 0 },
          sizes,
        );
      const outer = part(0, program.kept, shape.slice(0, kept));
      const inner = part(program.kept, program.shape.length, shape.slice(kept));
      return outer && inner ? [{ ...one, strides: [...outer, ...inner] }] : [];
    });
    const size = sizeOf(program.expr);
    if (walks.length < step.inputs.length || !this.#fits(slot, walks, size)) return false;
    this.#enter(rows);
    const { reducer, expr } = program;
    this.#begin(at, { reducer, expr: this.#moved(slot, expr, this.#attach(walks)) });
    this.#size += size;
    return true;
  }

  /** Whether an elementwise program reads a fold that waits, directly or through others of its size. */
  #foldsBefore(value: Value, length: number, depth: number = 4): boolean {
    this.behind.add(value);
    const [step] = value.steps;
    return (step?.inputs ?? []).some(({ value: input }) => {
      const before = openStep(input, this.#planned);
      if (before === undefined || input.length !== length) return false;
      if (before.program.kind !== "elementwise") return before.program.kind === "reduce";
      return depth > 0 && this.#foldsBefore(input, length, depth - 1);
    });
  }

  /** Computes the elementwise program that makes a slot once for each row. */
  #takeOfRow(slot: Slot, at: number): boolean {
    const { value } = slot;
    const step = openStep(slot.value, this.#planned);
    if (step?.program.kind !== "elementwise" || product(this.#shape) === value.length) return false;
    if (costOf(step.program.expr) === 0) return false;
    if (slot.shared || value.inlined || this.#wanted(value)) return false;
    if (this.#folds.length === 0 && !this.#foldsBefore(value, value.length)) return false;
    const rows = this.#asRows(slot);
    if (rows === undefined || usesOf(this.#exprs(), at) === 0) return false;
    const { dims, shape } = rows;
    const there = { ...slot, strides: dims.map((dim) => slot.strides[dim] ?? 0) };
    const walk = follow(shape, there, step);
    const { expr } = step.program;
    const size = sizeOf(expr);
    if (walk === undefined || !this.#fits(slot, walk.inputs, size)) return false;
    this.#enter(rows);
    const placed = rewrite(expr, (leaf) => (leaf.op === "index" ? walk.index(leaf.dim) : leaf));
    const moved = this.#moved(slot, placed, this.#attach(walk.inputs));
    this.#begin(at, { expr: storedExpr(moved) });
    this.#size += size;
    return true;
  }
}
