/**
 * Laziness, as a device in front of a device: what is asked of it is written
 * down as a graph, and runs when a value is read. Tensors and operators see
 * an ordinary device; the one behind sees only programs whose inputs are there.
 *
 * A storage holds a `Value`. Values are never changed once something is to
 * read them: a write in place then makes a new value, so no order of reads and
 * writes can show a reader anything else than what was there when it asked.
 */

import type { CompiledKernel, Device, DeviceKind, Operand, Storage } from "./device.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { inputExpr, type Program } from "./expr.ts";
import { plan, type Job } from "./graph-plan.ts";
import { DISPOSED, noteStorage } from "./scope.ts";
import { isContiguous, product, type Shape } from "./shape.ts";

/** Longer chains are run, so that neither the stack nor the graph grows without end. */
const MAX_DEPTH = 1024;
const MAX_STEPS = 256;
/** When waiting programs keep this much from being freed, all of them run. */
const MAX_HELD_BYTES = 512 * 2 ** 20;
/** Inputs below this are not worth counting. */
const HEAVY_BYTES = 2 ** 16;

/**
 * Programs over fewer elements run at once where all that they read is there:
 * planning takes longer than fusion saves, and so does compiling what is fused.
 * Measured by training small nets on the CPU and by many small programs on WebGPU.
 */
const SMALLEST = 4096;

/** A value and the way through it, over a program's shape. */
export interface Source {
  readonly value: Value;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** A program that waits, and where in its value it writes. */
export interface Step {
  readonly program: Program;
  readonly inputs: readonly Source[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** It writes every element, in order. */
  readonly whole: boolean;
  /** What the cache of plans calls it, once it was asked; 0 before. */
  kind: number;
}

/** Elements that are there, or programs that will make them. */
export class Value {
  readonly dtype: DType;
  readonly length: number;
  /** On the device behind; undefined until something was computed. */
  real: Storage | undefined;
  /** Writes that wait, in order. */
  steps: Step[] = [];
  /** How many waiting values read this one. Those that nobody will ever read count too. */
  readers = 0;
  /** It was already computed once inside another program. */
  inlined = false;
  /** It will be read again: it was saved for a gradient, or is what a tensor was changed to in place. */
  kept = false;
  /** The host holds it too, and may change it at any time: programs that touch it run at once. */
  shared = false;
  /** No storage holds it any more: it goes when its last reader has run. */
  orphan = false;
  /** The longest chain of waiting programs that ends here. */
  depth = 0;
  /** Bytes that it keeps from being freed, as far as they were counted. */
  held = 0;

  constructor(dtype: DType, length: number) {
    this.dtype = dtype;
    this.length = length;
  }
}

class LazyStorage implements Storage {
  readonly device: Device;
  readonly dtype: DType;
  readonly length: number;
  /** Undefined once disposed of. */
  value: Value | undefined;

  constructor(device: Device, value: Value) {
    this.device = device;
    this.dtype = value.dtype;
    this.length = value.length;
    this.value = value;
  }
}

let lazy: boolean | undefined;

/**
 * Whether programs wait until their result is read, or run at once. Without a
 * value (the default) only those wait that are worth planning for.
 */
export function setLazy(on?: boolean): void {
  lazy = on;
}

/** The value that a storage holds now. @throws Error when it was disposed of */
export function valueOf(storage: Storage, device: Device = storage.device): Value {
  if (!(storage instanceof LazyStorage) || storage.device !== device) {
    throw new Error(
      `A tensor on device ${storage.device.kind} cannot be used on device ${device.kind}`,
    );
  }
  if (storage.value === undefined) {
    throw new Error(DISPOSED);
  }
  return storage.value;
}

export class LazyDevice implements Device {
  readonly kind: DeviceKind;
  readonly #inner: Device;
  /** Waiting values that keep much from being freed. */
  #heavy: WeakRef<Value>[] = [];
  #held = 0;
  /** Whether any value was ever shared. */
  #shares = false;

  constructor(inner: Device) {
    this.kind = inner.kind;
    this.#inner = inner;
  }

  lacks(dtype: DType): string | undefined {
    return this.#inner.lacks(dtype);
  }

  check(dtype: DType, length: number): void {
    this.#inner.check(dtype, length);
  }

  allocate(dtype: DType, length: number): Storage {
    this.#inner.check(dtype, length);
    return noteStorage(new LazyStorage(this, new Value(dtype, length)));
  }

  upload(dtype: DType, values: TypedArray): Storage {
    const value = new Value(dtype, values.length);
    value.real = this.#inner.upload(dtype, values);
    return noteStorage(new LazyStorage(this, value));
  }

  adopt(dtype: DType, values: TypedArray): Storage | undefined {
    const real = this.#inner.adopt?.(dtype, values);
    if (real === undefined) return undefined;
    const value = new Value(dtype, values.length);
    value.real = real;
    value.shared = this.#shares = true;
    return noteStorage(new LazyStorage(this, value));
  }

  share(storage: Storage): TypedArray | undefined {
    if (this.#inner.adopt === undefined) return undefined;
    this.#shares = true;
    const value = valueOf(storage, this);
    const real = this.#realise(value);
    const held = value.readers === 0 ? this.#inner.share?.(real) : undefined;
    value.shared = held !== undefined;
    if (held !== undefined) return held;
    // Those that read it before are to see what was there then.
    const array = this.#inner.read(real, 0, value.length);
    const copy = new Value(value.dtype, value.length);
    copy.real = this.#inner.adopt(value.dtype, array);
    copy.shared = true;
    (storage as LazyStorage).value = copy;
    this.#abandon(value);
    return array;
  }

  run(program: Program, inputs: readonly Operand[], output: Operand): void {
    if (this.#shares && [...inputs, output].some((one) => valueOf(one.storage, this).shared)) {
      this.#runShared(program, inputs, output);
      return;
    }
    const waits = lazy ?? true;
    if (lazy !== true && sizeOf(program) < SMALLEST && this.#runNow(program, inputs, output))
      return;
    const sources = inputs.map(({ storage, strides, offset }) => ({
      value: valueOf(storage, this),
      strides,
      offset,
    }));
    const old = valueOf(output.storage, this);
    const { strides, offset } = output;
    const whole = writesAll(program, output);
    const step: Step = { program, inputs: sources, strides, offset, whole, kind: 0 };
    forEachInput(step, (input) => input.readers++);
    let value = old;
    if (old.readers > 0 || (whole && (old.real !== undefined || old.steps.length > 0))) {
      value = new Value(old.dtype, old.length);
      value.kept = true;
      if (!whole) this.#add(value, copyStep(old));
      (output.storage as LazyStorage).value = value;
      this.#abandon(old);
    }
    this.#add(value, step);
    if (value.depth > MAX_DEPTH) recount(value);
    const full = value.depth > MAX_DEPTH || value.steps.length > MAX_STEPS;
    if (full || !waits) this.#realise(value);
    else if (this.#held > MAX_HELD_BYTES) this.#realiseHeavy();
  }

  start(storages: readonly Storage[]): void {
    if (lazy === true) return;
    for (const one of storages) this.#realise(valueOf(one, this));
  }

  keep(storage: Storage): void {
    valueOf(storage, this).kept = true;
  }

  checkIndices(operator: string, indices: Operand, shape: Shape, size: number): void {
    const storage = this.#realise(valueOf(indices.storage, this));
    this.#inner.checkIndices(operator, { ...indices, storage }, shape, size);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    return this.#inner.read(this.#realise(valueOf(storage, this)), start, length);
  }

  async readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    return await this.#inner.readAsync(this.#realise(valueOf(storage, this)), start, length);
  }

  release(storage: Storage): void {
    if (!(storage instanceof LazyStorage) || storage.value === undefined) return;
    this.#abandon(storage.value);
    storage.value = undefined;
  }

  bytesInUse(): number {
    return this.#inner.bytesInUse();
  }

  compile(source: string, entryPoint: string): CompiledKernel {
    const compiled = this.#inner.compile(source, entryPoint);
    const real = (storage: Storage): Storage => this.#realise(valueOf(storage, this));
    return {
      run(inputs, outputs, uniforms, workgroups): void {
        compiled.run(inputs.map(real), outputs.map(real), uniforms, workgroups);
      },
    };
  }

  /** Runs a program at once, and leaves memory where it is. */
  #runShared(program: Program, inputs: readonly Operand[], output: Operand): void {
    const operands = inputs.map((one) => ({
      ...one,
      storage: this.#realise(valueOf(one.storage, this)),
    }));
    const old = valueOf(output.storage, this);
    const target = this.#realise(old);
    if (old.readers === 0 && !operands.some(({ storage }) => storage === target)) {
      this.#inner.run(program, operands, { ...output, storage: target });
      return;
    }
    // Not every device reads what it writes, and readers that wait want what was there before.
    const made = this.#inner.allocate(old.dtype, old.length);
    this.#copy(target, made);
    this.#inner.run(program, operands, { ...output, storage: made });
    if (old.readers === 0) {
      this.#copy(made, target);
      this.#inner.release(made);
      return;
    }
    const value = new Value(old.dtype, old.length);
    value.real = made;
    (output.storage as LazyStorage).value = value;
    this.#abandon(old);
  }

  #copy(from: Storage, to: Storage): void {
    const { dtype, length } = from;
    if (length === 0) return;
    const whole = { strides: [1], offset: 0 };
    this.#inner.run(
      { kind: "elementwise", expr: inputExpr(0, dtype), shape: [length], params: [] },
      [{ storage: from, ...whole }],
      { storage: to, ...whole },
    );
  }

  /** Runs a program without planning, if neither it nor a reader of its output waits for anything. */
  #runNow(program: Program, inputs: readonly Operand[], output: Operand): boolean {
    const target = valueOf(output.storage, this);
    if (target.readers > 0 || target.steps.length > 0) return false;
    const values = inputs.map(({ storage }) => valueOf(storage, this));
    // Not every device reads what it writes.
    if (values.some((one) => one.steps.length > 0 || one === target)) return false;
    this.#inner.run(
      program,
      inputs.map(({ strides, offset }, at) => ({
        storage: this.#realOf(values[at] as Value),
        strides,
        offset,
      })),
      { storage: this.#realOf(target), strides: output.strides, offset: output.offset },
    );
    return true;
  }

  /** Adds a program whose inputs count it as a reader already. */
  #add(value: Value, step: Step): void {
    value.steps.push(step);
    let held = 0;
    for (const { value: input } of step.inputs) {
      if (input.steps.length > 0) value.depth = Math.max(value.depth, input.depth + 1);
      if (input.real !== undefined) held += input.length * 4;
    }
    if (held < HEAVY_BYTES) return;
    if (value.held === 0) this.#heavy.push(new WeakRef(value));
    value.held += held;
    this.#held += held;
  }

  /** Runs all that a value waits for. */
  #realise(value: Value): Storage {
    if (value.steps.length > 0) {
      for (const job of plan(value)) this.#runJob(job);
    }
    return this.#realOf(value);
  }

  #realOf(value: Value): Storage {
    value.real ??= this.#inner.allocate(value.dtype, value.length);
    return value.real;
  }

  #runJob({ value, program, inputs, strides, offset, inlined, last }: Job): void {
    // What read it may have computed it inside meanwhile, and then nobody wants it any more.
    if (value.steps.length === 0) return;
    this.#inner.run(
      program,
      inputs.map((one) => ({
        storage: this.#realOf(one.value),
        strides: one.strides,
        offset: one.offset,
      })),
      { storage: this.#realOf(value), strides, offset },
    );
    for (const one of inlined) {
      one.inlined = true;
      this.#uncount(one);
    }
    if (last) this.#finish(value);
  }

  /** Forgets a value's programs, because they have run or nobody wants them. */
  #finish(value: Value): void {
    const { steps } = value;
    value.steps = [];
    value.depth = 0;
    this.#uncount(value);
    for (const step of steps) {
      forEachInput(step, (input) => {
        input.readers--;
        if (input.orphan && input.readers === 0) this.#abandon(input);
      });
    }
  }

  #uncount(value: Value): void {
    this.#held -= value.held;
    value.held = 0;
  }

  /** A storage holds this value no more. */
  #abandon(value: Value): void {
    value.orphan = true;
    if (value.readers > 0) return;
    if (value.steps.length > 0) this.#finish(value);
    if (value.real !== undefined) this.#inner.release(value.real);
  }

  #realiseHeavy(): void {
    const waiting = this.#heavy;
    this.#heavy = [];
    this.#held = 0;
    for (const one of waiting) {
      const value = one.deref();
      if (value !== undefined && value.held > 0) {
        value.held = 0;
        this.#realise(value);
      }
    }
  }
}

/** Counts anew how many programs wait one for another, as some may have run. */
function recount(target: Value): void {
  const counted = new Set<Value>();
  const visit = (value: Value): number => {
    if (counted.has(value)) return value.depth;
    counted.add(value);
    value.depth = 0;
    for (const { inputs } of value.steps) {
      for (const { value: input } of inputs) {
        if (input.steps.length > 0) value.depth = Math.max(value.depth, visit(input) + 1);
      }
    }
    return value.depth;
  };
  visit(target);
}

/** Visits each value that a program reads once. */
function forEachInput({ inputs }: Step, visit: (value: Value) => void): void {
  inputs.forEach(({ value }, at) => {
    if (inputs.findIndex((one) => one.value === value) === at) visit(value);
  });
}

/** How many elements a program walks over, at most. */
function sizeOf(program: Program): number {
  if (program.kind !== "matmul") return product(program.shape);
  const { batch, m, n, k } = program;
  return product(batch) * Math.max(m * n, m * k, k * n);
}

function writesAll(program: Program, { storage, strides, offset }: Operand): boolean {
  // Devices write the others from the start to the end.
  if (program.kind !== "elementwise" && program.kind !== "scan") return true;
  const { shape } = program;
  return (
    offset === 0 && product(shape) === storage.length && isContiguous({ shape, strides, offset })
  );
}

/** The elements that a write to a part leaves as they were. */
function copyStep(from: Value): Step {
  const { dtype, length } = from;
  from.readers++;
  return {
    program: { kind: "elementwise", expr: inputExpr(0, dtype), shape: [length], params: [] },
    inputs: [{ value: from, strides: [1], offset: 0 }],
    strides: [1],
    offset: 0,
    whole: true,
    kind: 0,
  };
}
