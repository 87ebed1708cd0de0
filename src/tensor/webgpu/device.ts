/** Tensors on a WebGPU adapter: programs become WGSL and commands for the thread that owns the device. */

import type { CompiledKernel, Device, Operand, Storage } from "../device.ts";
import { type DType, hostArray, type TypedArray } from "../dtype.ts";
import {
  type Elementwise,
  exprKey,
  inputExpr,
  type Matmul,
  operands,
  type Program,
  type Reduce,
  usesIndex,
} from "../expr.ts";
import { DISPOSED } from "../scope.ts";
import { coalesce, product } from "../shape.ts";
import { SMALLEST_BUFFER } from "./pool.ts";
import { WebgpuClient, type WebgpuOptions } from "./client.ts";
import { compileKernel } from "./kernels.ts";
import type { Hello, PipelineSource } from "./protocol.ts";
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

/** What a storage weighs; a bool is a u32 here. */
function bytesOf(length: number): number {
  return Math.max(length * 4, SMALLEST_BUFFER);
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

  check(dtype: DType, length: number): void {
    const { maxBytes } = this.client.hello();
    if (bytesOf(length) <= maxBytes) return;
    throw new RangeError(
      `${this.#cannot(dtype, length)}: out of memory, one tensor holds at most ${maxBytes} bytes there`,
    );
  }

  allocate(dtype: DType, length: number): Storage {
    this.check(dtype, length);
    const bytes = bytesOf(length);
    this.#sinceSweep += bytes;
    if (this.#sinceSweep > SWEEP_BYTES) this.#sweep();
    if (this.kind === "software" && this.#bytes + bytes > SOFTWARE_BYTES) {
      throw new RangeError(
        `${this.#cannot(dtype, length)}: out of memory, ${this.#bytes} bytes are in use; dispose() of tensors that are done with`,
      );
    }
    const buffer = this.client.number();
    const storage = new WebgpuStorage(this, dtype, length, buffer);
    this.client.push({ do: "allocate", buffer, bytes: length * 4 }, bytes);
    this.#bytes += bytes;
    this.#live.set(buffer, { bytes, storage: new WeakRef(storage) });
    this.#collected.register(storage, buffer, storage);
    return storage;
  }

  upload(dtype: DType, values: TypedArray): Storage {
    const storage = this.allocate(dtype, values.length);
    const words = dtype === "bool" ? Uint32Array.from(values) : values.slice();
    const data = new Uint8Array(words.buffer as ArrayBuffer);
    if (data.length > 0) {
      this.client.push({ do: "write", buffer: this.bufferOf(storage), data }, data.length);
    }
    return storage;
  }

  run(program: Program, inputs: readonly Operand[], output: Operand): void {
    if (program.kind === "elementwise") this.#elementwise(program, inputs, output);
    else if (program.kind === "reduce") this.#reduce(program, inputs, output.storage);
    else this.#matmul(program, inputs, output.storage);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    const buffer = this.bufferOf(storage);
    if (length === 0) return hostArray(storage.dtype, 0);
    const bytes = this.client.ask({ ask: "read", buffer, offset: start * 4, bytes: length * 4 });
    return valuesOf(storage.dtype, bytes);
  }

  async readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    const buffer = this.bufferOf(storage);
    if (length === 0) return hostArray(storage.dtype, 0);
    const question = { ask: "read", buffer, offset: start * 4, bytes: length * 4 } as const;
    return valuesOf(storage.dtype, await this.client.askAsync(question));
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
    return `Cannot allocate ${length} elements of ${dtype} (${bytesOf(length)} bytes) on device ${this.kind}`;
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
    const paramTypes = paramDTypes(expr, params.length);
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

  #reduce(
    { expr, reducer, shape, kept, params }: Reduce,
    inputs: readonly Operand[],
    output: Storage,
  ): void {
    const outer = product(shape.slice(0, kept));
    const inner = product(shape.slice(kept));
    const threads = inner > FOLD ? Math.ceil(inner / FOLD_STEP) : 1;
    const target = threads === 1 ? output : this.allocate(expr.dtype, outer * threads);
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
    const paramTypes = paramDTypes(expr, params.length);
    this.#dispatch(
      `r${reducer}${left.shape.length}/${rank}/${params.length}/${dtypes.join()}/${exprKey(expr)}`,
      () => reduceSource(expr, reducer, left.shape.length, rank, dtypes, params.length),
      inputs,
      target,
      words,
      params.map((value, i) => wordOf(value, paramTypes[i] ?? "int32")),
      outer * threads,
    );
    if (threads === 1) return;
    this.#reduce(
      {
        kind: "reduce",
        reducer,
        expr: inputExpr(0, expr.dtype),
        shape: [outer, threads],
        kept: 1,
        params: [],
      },
      [{ storage: target, strides: [threads, 1], offset: 0 }],
      output,
    );
    this.release(target);
  }

  #matmul({ dtype, batch, m, n, k }: Matmul, inputs: readonly Operand[], output: Storage): void {
    const across = Math.ceil(n / TILE);
    const down = Math.ceil(m / TILE);
    const count = product(batch) * across * down;
    const words = [count, across, down, m, n, k, ...batch];
    for (const { offset, strides } of inputs) words.push(offset, ...strides);
    const key = `m${dtype}${batch.length}`;
    this.#dispatch(key, () => matmulSource({ dtype, batch }), inputs, output, words, [], count);
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
function paramDTypes(expr: Elementwise["expr"], count: number): DType[] {
  const types: DType[] = Array.from({ length: count }, () => "int32");
  const visit = (one: Elementwise["expr"]): void => {
    if (one.op === "param") types[one.param] = one.dtype;
    for (const part of operands(one)) visit(part);
  };
  if (count > 0) visit(expr);
  return types;
}

const scratch = new DataView(new ArrayBuffer(4));

function wordOf(value: number, dtype: DType): number {
  if (dtype === "float32") scratch.setFloat32(0, value);
  else scratch.setInt32(0, value);
  return scratch.getUint32(0);
}

function valuesOf(dtype: DType, bytes: Uint8Array<ArrayBuffer>): TypedArray {
  if (dtype === "float32") return new Float32Array(bytes.buffer);
  return dtype === "int32"
    ? new Int32Array(bytes.buffer)
    : Uint8Array.from(new Uint32Array(bytes.buffer));
}
