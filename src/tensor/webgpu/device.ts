/** Tensors on a WebGPU adapter: programs become WGSL and commands for the thread that owns the device. */

import type { CompiledKernel, Device, Operand, Storage } from "../device.ts";
import {
  bytesOf as hostBytes,
  type DType,
  hostArray,
  type HostValue,
  hostView,
  isFloat,
  type TypedArray,
  wideOf,
} from "../dtype.ts";
import {
  apart,
  type Elementwise,
  type Expr,
  exprKey,
  inputExpr,
  inputsOf,
  type Matmul,
  operands,
  type Program,
  type Reduce,
  renumber,
  type Rows,
  rowsOf,
  usesIndex,
} from "../expr.ts";
import { DISPOSED } from "../scope.ts";
import { coalesce, contiguousStrides, product } from "../shape.ts";
import { SMALLEST_BUFFER } from "./pool.ts";
import { WebgpuClient, type WebgpuOptions } from "./client.ts";
import { compileKernel } from "./kernels.ts";
import type { Hello, PipelineSource } from "./protocol.ts";
import { rowsLayout } from "./rows.ts";
import { elementwiseSource, matmulSource, reduceSource, TILE, WORKGROUP } from "./wgsl.ts";

/** How many elements one thread folds at the most before a reduction takes another pass. */
const FOLD = 128;
const FOLD_STEP = 64;
/** Looking for dropped storages is worth it when this much was handed out since. */
const SWEEP_BYTES = 256 * 2 ** 20;
/** Beyond these, threads take several elements: a workgroup costs a software adapter microseconds. */
const THREADS: Record<"software" | "gpu", number> = { software: 2 ** 14, gpu: 2 ** 20 };
/** A software adapter's memory is the machine's own. */
const SOFTWARE_BYTES = 4 * 2 ** 30;

/** A storage is a number in the commands; whoever drops the last view of it gives it back. */
class WebgpuStorage implements Storage {
  readonly device: Device;
  readonly dtype: DType;
  readonly length: number;
  readonly buffer: number;
  released = false;

  constructor(device: Device, dtype: DType, length: number, buffer: number) {
    this.device = device;
    this.dtype = dtype;
    this.length = length;
    this.buffer = buffer;
  }
}

/** Of an element; a bool is a u32 here. */
function bytesEach(dtype: DType): number {
  return dtype === "bool" ? 4 : hostBytes(dtype);
}

/** Of elements, in whole words: nothing smaller is bound, written or read. */
function bytesOf(dtype: DType, length: number): number {
  return Math.ceil((length * bytesEach(dtype)) / 4) * 4;
}

/** What a storage weighs. */
function weightOf(dtype: DType, length: number): number {
  return Math.max(bytesOf(dtype, length), SMALLEST_BUFFER);
}

export class WebgpuDevice implements Device {
  readonly kind: "software" | "gpu";
  readonly client: WebgpuClient;
  readonly #pipelines = new Map<string, number>();
  /** Storages that were not given back yet. */
  readonly #live = new Map<number, { bytes: number; storage: WeakRef<Storage> }>();
  readonly #collected: FinalizationRegistry<number>;
  #bytes = 0;
  #sinceSweep = 0;

  constructor(kind: "software" | "gpu", options: WebgpuOptions, readTimeoutMs: number) {
    this.kind = kind;
    this.client = new WebgpuClient(kind, options, readTimeoutMs);
    this.#collected = new FinalizationRegistry((buffer) => this.#giveBack(buffer));
  }

  lacks(dtype: DType): string | undefined {
    const instead = "use float32 or int32 here, or device cpu, which has all dtypes";
    if (dtype === "int64" || dtype === "float64") {
      return `device ${this.kind} has no ${dtype}, since WebGPU computes in 32 bits; ${instead}`;
    }
    if (dtype !== "float16" || this.client.hello().adapter.features.includes("shader-f16")) {
      return undefined;
    }
    return `device ${this.kind} has no float16, since its adapter lacks shader-f16; ${instead}`;
  }

  check(dtype: DType, length: number): void {
    const lack = this.lacks(dtype);
    if (lack !== undefined) throw new TypeError(lack);
    const { maxBytes } = this.client.hello();
    if (weightOf(dtype, length) <= maxBytes) return;
    throw new RangeError(
      `${this.#cannot(dtype, length)}: out of memory, one tensor holds at most ${maxBytes} bytes there`,
    );
  }

  allocate(dtype: DType, length: number): Storage {
    this.check(dtype, length);
    const bytes = weightOf(dtype, length);
    this.#sinceSweep += bytes;
    if (this.#sinceSweep > SWEEP_BYTES) this.#sweep();
    if (this.kind === "software" && this.#bytes + bytes > SOFTWARE_BYTES) {
      throw new RangeError(
        `${this.#cannot(dtype, length)}: out of memory, ${this.#bytes} bytes are in use; dispose() of tensors that are done with`,
      );
    }
    const buffer = this.client.number();
    const storage = new WebgpuStorage(this, dtype, length, buffer);
    this.client.push({ do: "allocate", buffer, bytes: bytesOf(dtype, length) }, bytes);
    this.#bytes += bytes;
    this.#live.set(buffer, { bytes, storage: new WeakRef(storage) });
    this.#collected.register(storage, buffer, storage);
    return storage;
  }

  upload(dtype: DType, values: TypedArray): Storage {
    const storage = this.allocate(dtype, values.length);
    const held = values instanceof Uint8Array ? Uint32Array.from(values) : values;
    const data = new Uint8Array(bytesOf(dtype, values.length));
    data.set(new Uint8Array(held.buffer, held.byteOffset, held.byteLength));
    if (data.length > 0) {
      this.client.push({ do: "write", buffer: this.bufferOf(storage), data }, data.length);
    }
    return storage;
  }

  run(program: Program, inputs: readonly Operand[], output: Operand): void {
    if (program.kind === "elementwise") this.#elementwise(program, inputs, output);
    else if (program.kind === "reduce") this.#reduce(program, inputs, output);
    else if (program.kind === "rows") this.#rows(program, inputs, output);
    else this.#matmul(program, inputs, output);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    const buffer = this.bufferOf(storage);
    if (length === 0) return hostArray(storage.dtype, 0);
    const { first, ...span } = spanOf(storage.dtype, start, length);
    const bytes = this.client.ask({ ask: "read", buffer, ...span });
    return valuesOf(storage.dtype, bytes, first, length);
  }

  async readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    const buffer = this.bufferOf(storage);
    if (length === 0) return hostArray(storage.dtype, 0);
    const { first, ...span } = spanOf(storage.dtype, start, length);
    const bytes = await this.client.askAsync({ ask: "read", buffer, ...span });
    return valuesOf(storage.dtype, bytes, first, length);
  }

  release(storage: Storage): void {
    if (!(storage instanceof WebgpuStorage) || storage.released) return;
    storage.released = true;
    this.#collected.unregister(storage);
    this.#giveBack(storage.buffer);
  }

  bytesInUse(): number {
    return this.#bytes;
  }

  compile(source: string, entryPoint: string): CompiledKernel {
    return compileKernel(this, source, entryPoint);
  }

  /** The limits and the adapter; starts the device. */
  hello(): Hello {
    return this.client.hello();
  }

  /** The number of a storage's buffer. */
  bufferOf(storage: Storage): number {
    if (!(storage instanceof WebgpuStorage) || storage.device !== this) {
      throw new Error(
        `A tensor on device ${storage.device.kind} cannot be used on device ${this.kind}`,
      );
    }
    if (storage.released) throw new Error(DISPOSED);
    return storage.buffer;
  }

  /** The number of the pipeline that goes by `key`. */
  pipeline(key: string, make: () => PipelineSource): number {
    let pipeline = this.#pipelines.get(key);
    if (pipeline === undefined) {
      pipeline = this.client.number();
      this.client.push({ do: "pipeline", pipeline, ...make() });
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }

  #cannot(dtype: DType, length: number): string {
    return `Cannot allocate ${length} elements of ${dtype} (${weightOf(dtype, length)} bytes) on device ${this.kind}`;
  }

  #giveBack(buffer: number): void {
    const entry = this.#live.get(buffer);
    if (entry === undefined) return;
    this.#live.delete(buffer);
    this.#bytes -= entry.bytes;
    try {
      this.client.push({ do: "release", buffer });
    } catch {
      // A device that is gone holds nothing.
    }
  }

  /**
   * Gives back what nobody holds. The engine does not know how much a storage
   * weighs, and finalizers wait for the event loop, which a loop of tensor
   * operators does not return to.
   */
  #sweep(): void {
    this.#sinceSweep = 0;
    Bun.gc(true);
    for (const [buffer, { storage }] of this.#live) {
      if (storage.deref() === undefined) this.#giveBack(buffer);
    }
  }

  #elementwise(
    { expr, shape, params }: Elementwise,
    inputs: readonly Operand[],
    output: Operand,
  ): void {
    const walks = [...inputs, output].map(({ strides }) => strides);
    const merged = usesIndex(expr) ? { shape, strides: walks } : coalesce(shape, walks);
    const rank = merged.shape.length;
    const dtypes = inputs.map(({ storage }) => storage.dtype);
    const count = product(shape);
    const words = [count, ...merged.shape];
    [...inputs, output].forEach(({ offset }, i) =>
      words.push(offset, ...(merged.strides[i] ?? [])),
    );
    const paramTypes = paramDTypes([expr], params.length);
    this.#dispatch(
      `e${rank}/${params.length}/${dtypes.join()}/${exprKey(expr)}`,
      () => elementwiseSource(expr, rank, dtypes, params.length),
      inputs,
      output.storage,
      words,
      params.map((value, i) => wordOf(value, paramTypes[i] ?? "int32")),
      count,
    );
  }

  #rows(program: Rows, inputs: readonly Operand[], output: Operand): void {
    const { folds, expr, params } = program;
    const { key, source, words, threads } = rowsLayout(program, inputs, output);
    const paramTypes = paramDTypes([...folds.map((one) => one.expr), expr], params.length);
    const rest = params.map((value, i) => wordOf(value, paramTypes[i] ?? "int32"));
    this.#dispatch(key, source, inputs, output.storage, words, rest, threads);
  }

  #reduce(program: Reduce, inputs: readonly Operand[], output: Operand): void {
    const { expr, reducer, shape, kept, params, epilogue } = program;
    const outer = product(shape.slice(0, kept));
    const inner = product(shape.slice(kept));
    const threads = inner > FOLD ? Math.ceil(inner / FOLD_STEP) : 1;
    if (threads === 1 && epilogue !== undefined) {
      this.#rows(rowsOf(program), inputs, output);
      return;
    }
    const part = wideOf(expr.dtype);
    const target = threads === 1 ? output.storage : this.allocate(part, outer * threads);
    const dtypes = inputs.map(({ storage }) => storage.dtype);
    const walks = inputs.map(({ strides }) => strides);
    const indexed = usesIndex(expr);
    const merge = (
      from: number,
      to: number,
    ): { shape: readonly number[]; strides: readonly number[][] } => {
      const part = walks.map((walk) => walk.slice(from, to));
      const sizes = shape.slice(from, to);
      return indexed ? { shape: sizes, strides: part } : coalesce(sizes, part);
    };
    const left = merge(0, kept);
    const right = merge(kept, shape.length);
    const rank = left.shape.length + right.shape.length;
    const words = [outer * threads, threads, inner, ...left.shape, ...right.shape];
    inputs.forEach(({ offset }, i) => {
      words.push(offset, ...(left.strides[i] ?? []), ...(right.strides[i] ?? []));
    });
    const paramTypes = paramDTypes([expr], params.length);
    this.#dispatch(
      `r${reducer}${left.shape.length}/${rank}/${params.length}/${dtypes.join()}/${target.dtype}/${exprKey(expr)}`,
      () =>
        reduceSource(expr, reducer, left.shape.length, rank, dtypes, params.length, target.dtype),
      inputs,
      target,
      words,
      params.map((value, i) => wordOf(value, paramTypes[i] ?? "int32")),
      outer * threads,
    );
    if (threads === 1) return;
    // Another pass folds the parts, and the last one does what comes after.
    const sizes = shape.slice(0, kept);
    const used = epilogue === undefined ? [] : inputsOf(epilogue);
    const strides = contiguousStrides([...sizes, threads]);
    this.#reduce(
      {
        kind: "reduce",
        reducer,
        expr: inputExpr(0, part),
        ...(epilogue && { epilogue: renumber(epilogue, (input) => used.indexOf(input) + 1) }),
        shape: [...sizes, threads],
        kept,
        params,
      },
      [
        { storage: target, strides, offset: 0 },
        ...used.map((at) => {
          const one = inputs[at] as Operand;
          return { ...one, strides: [...one.strides.slice(0, kept), 0] };
        }),
      ],
      output,
    );
    this.release(target);
  }

  #matmul(program: Matmul, inputs: readonly Operand[], output: Operand): void {
    const { dtype, batch, m, n, k, epilogue, params = [] } = program;
    const across = Math.ceil(n / TILE);
    const down = Math.ceil(m / TILE);
    const count = product(batch) * across * down;
    const words = [count, across, down, m, n, k, ...batch];
    const factors = inputs.slice(0, 2);
    for (const { offset, strides } of factors) words.push(offset, ...strides);
    const key = `m${dtype}${batch.length}`;
    const shape = [...batch, m, n];
    const whole = epilogue === undefined ? output.storage : this.allocate(dtype, product(shape));
    this.#dispatch(key, () => matmulSource({ dtype, batch }), factors, whole, words, [], count);
    if (epilogue === undefined) return;
    const { expr, used } = apart(epilogue);
    const made = { storage: whole, strides: contiguousStrides(shape), offset: 0 };
    const read = [made, ...used.map((at) => inputs[at] as Operand)];
    this.#elementwise({ kind: "elementwise", expr, shape, params }, read, output);
    this.release(whole);
  }

  #dispatch(
    key: string,
    source: () => string,
    inputs: readonly Operand[],
    output: Storage,
    integers: readonly number[],
    rest: readonly number[],
    threads: number,
  ): void {
    const reads = inputs.map(({ storage }) => this.bufferOf(storage));
    const pipeline = this.pipeline(key, () => ({
      source: source(),
      entryPoint: "main",
      reads: reads.length,
      writes: 1,
      uniform: true,
    }));
    const groups = Math.ceil(Math.min(threads, THREADS[this.kind]) / WORKGROUP);
    const { maxWorkgroups } = this.client.hello();
    const rows = Math.ceil(groups / maxWorkgroups);
    const count = integers.length + rest.length;
    const { words, at } = this.client.words(count);
    words.set(integers);
    words.set(rest, integers.length);
    this.client.push({
      do: "dispatch",
      pipeline,
      reads,
      writes: [this.bufferOf(output)],
      at,
      count,
      workgroups: [Math.ceil(groups / rows), rows, 1],
    });
  }
}

/** Which dtype an expression takes each parameter as; strides of a lookup are int32. */
function paramDTypes(exprs: readonly Expr[], count: number): DType[] {
  const types: DType[] = Array.from({ length: count }, () => "int32");
  const visit = (one: Expr): void => {
    if (one.op === "param") types[one.param] = one.dtype;
    for (const part of operands(one)) visit(part);
  };
  if (count > 0) exprs.forEach(visit);
  return types;
}

const scratch = new DataView(new ArrayBuffer(4));

function wordOf(value: HostValue, dtype: DType): number {
  if (isFloat(dtype)) scratch.setFloat32(0, Number(value));
  else scratch.setInt32(0, Number(value));
  return scratch.getUint32(0);
}

/** The whole words around some elements, and how many elements of the first word are not among them. */
function spanOf(
  dtype: DType,
  start: number,
  length: number,
): { offset: number; bytes: number; first: number } {
  const each = bytesEach(dtype);
  const offset = Math.floor((start * each) / 4) * 4;
  const first = start - offset / each;
  return { offset, bytes: bytesOf(dtype, first + length), first };
}

function valuesOf(
  dtype: DType,
  bytes: Uint8Array<ArrayBuffer>,
  first: number,
  length: number,
): TypedArray {
  if (dtype === "bool") return Uint8Array.from(new Uint32Array(bytes.buffer));
  const all = hostView(dtype, bytes.buffer, 0, first + length);
  return first === 0 ? all : all.slice(first);
}
