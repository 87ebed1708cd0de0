/** Tensors on a WebGPU adapter: programs become WGSL and commands for the thread that owns the device. */

import type { CompiledKernel, Device, Operand, Storage } from "../device.ts";
import { type DType, hostArray, type TypedArray } from "../dtype.ts";
import {
  type Elementwise,
  type Expr,
  exprKey,
  inputExpr,
  type Matmul,
  operands,
  type Program,
  type Reduce,
} from "../expr.ts";
import { contiguousStrides, product } from "../shape.ts";
import { WebgpuClient, type WebgpuOptions } from "./client.ts";
import { elementwiseLayout } from "./elementwise.ts";
import { compileKernel } from "./kernels.ts";
import type { Layout } from "./layout.ts";
import { matmulLayout, packingOf, variantOf } from "./matmul.ts";
import { SMALLEST_BUFFER } from "./pool.ts";
import type { Hello, PipelineSource } from "./protocol.ts";
import { reduceLayout } from "./reduce.ts";
import { type Tuning, tuningFor } from "./tuning.ts";

/** Looking for dropped storages is worth it when this much was handed out since. */
const SWEEP_BYTES = 256 * 2 ** 20;
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
  #chosen: Tuning | undefined;
  readonly #heat = new Map<string, number>();
  #bytes = 0;
  #sinceSweep = 0;

  constructor(kind: "software" | "gpu", options: WebgpuOptions, readTimeoutMs: number) {
    this.kind = kind;
    this.client = new WebgpuClient(kind, options, readTimeoutMs);
    this.#chosen = options.tuning;
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
    if (storage.released) throw new Error("This tensor was disposed of and holds no data");
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

  #elementwise(program: Elementwise, inputs: readonly Operand[], output: Operand): void {
    const { expr, params } = program;
    const heat = this.#warm(`e${exprKey(expr)}`, product(program.shape));
    const layout = elementwiseLayout(program, inputs, output, this.#tuning(), heat);
    this.#dispatch(layout, inputs, output.storage, paramWords(expr, params));
  }

  #reduce(program: Reduce, inputs: readonly Operand[], output: Storage): void {
    const { expr, reducer, params, shape, kept } = program;
    const heat = this.#warm(`r${reducer}${exprKey(expr)}`, product(shape));
    const layout = reduceLayout(program, inputs, this.#tuning(), heat);
    const { parts, partStrides } = layout;
    const outer = product(shape.slice(0, kept));
    const target = parts === 1 ? output : this.allocate(expr.dtype, outer * parts);
    this.#dispatch(layout, inputs, target, paramWords(expr, params));
    if (parts === 1) return;
    const rest: Reduce = {
      kind: "reduce",
      reducer,
      expr: inputExpr(0, expr.dtype),
      shape: [outer, parts],
      kept: 1,
      params: [],
    };
    this.#reduce(rest, [{ storage: target, strides: partStrides, offset: 0 }], output);
    this.release(target);
  }

  #matmul(program: Matmul, inputs: readonly Operand[], output: Storage): void {
    const { dtype, batch, m, n, k } = program;
    const tuning = this.#tuning();
    const heat = this.#warm(`m${dtype}`, product(batch) * m * n * k);
    const variant = variantOf(program, heat, tuning);
    const packed = inputs.map((one, i) =>
      variant === "small" ? one : this.#packed(program, i as 0 | 1, one),
    );
    this.#dispatch(matmulLayout(program, variant, packed, tuning), packed, output, []);
    packed.forEach((one, i) => {
      if (one !== inputs[i]) this.release(one.storage);
    });
  }

  #packed(program: Matmul, which: 0 | 1, one: Operand): Operand {
    const packing = packingOf(program, which, one);
    if (packing === undefined) return one;
    const { shape } = packing.program;
    const copy = {
      storage: this.allocate(program.dtype, product(shape)),
      strides: contiguousStrides(shape),
      offset: 0,
    };
    this.#elementwise(packing.program, [one], copy);
    return { ...copy, strides: packing.strides };
  }

  /** How much a program has done, with this. */
  #warm(key: string, work: number): number {
    const heat = (this.#heat.get(key) ?? 0) + work;
    this.#heat.set(key, heat);
    return heat;
  }

  #tuning(): Tuning {
    this.#chosen ??= tuningFor(this.client.hello().adapter);
    return this.#chosen;
  }

  #dispatch(
    { key, source, words: integers, groups }: Layout,
    inputs: readonly Operand[],
    output: Storage,
    params: readonly number[],
  ): void {
    const reads = inputs.map(({ storage }) => this.bufferOf(storage));
    const pipeline = this.pipeline(key, () => ({
      source: source(),
      entryPoint: "main",
      reads: reads.length,
      writes: 1,
      uniform: true,
    }));
    const { maxWorkgroups } = this.client.hello();
    const rows = Math.ceil(groups / maxWorkgroups);
    const count = integers.length + params.length;
    const { words, at } = this.client.words(count);
    words.set(integers);
    words.set(params, integers.length);
    this.client.push({
      do: "dispatch",
      pipeline,
      reads,
      writes: [this.bufferOf(output)],
      inFours: true,
      at,
      count,
      workgroups: [Math.ceil(groups / rows), rows, 1],
    });
  }
}

/** Parameters as uniform words, each in the dtype that the expression takes it as. */
function paramWords(expr: Expr, params: readonly number[]): number[] {
  const types = paramDTypes(expr, params.length);
  return params.map((value, i) => wordOf(value, types[i] ?? "int32"));
}

/** Which dtype an expression takes each parameter as; strides of a lookup are int32. */
function paramDTypes(expr: Expr, count: number): DType[] {
  const types: DType[] = Array.from({ length: count }, () => "int32");
  const visit = (one: Expr): void => {
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
