/**
 * The device that is always there. Small tensors are typed arrays that
 * generated JavaScript walks, so that a first result waits for nothing; large
 * ones lie in a heap where WebAssembly SIMD computes on them.
 */

import type { CompiledKernel, Device, DeviceKind, Operand, Storage } from "../device.ts";
import { type DType, hostArray, type TypedArray } from "../dtype.ts";
import { type Program, usesIndex } from "../expr.ts";
import { DISPOSED } from "../scope.ts";
import { coalesce, product } from "../shape.ts";
import { compileProgram } from "./codegen.ts";
import { Heap } from "./heap.ts";
import { matmul } from "./matmul.ts";
import { type Held, type Place, VectorUnit } from "./vector.ts";

/** A typed array of 4 GiB is the most that is worth trying; beyond it the machine swaps or kills. */
const MAX_BYTES = 2 ** 32;

/** Elements from which a tensor lies in the heap; smaller ones are copied there when needed. */
const SMALLEST_IN_HEAP = 4096;
/** Bytes given out between looks for storages that nobody holds. */
const SWEEP_BYTES = 512 * 2 ** 20;

class CpuStorage implements Storage {
  readonly device: Device;
  readonly dtype: DType;
  readonly length: number;
  readonly heap: Heap | undefined;
  readonly address: number | undefined;
  #data: TypedArray | undefined;

  constructor(device: Device, dtype: DType, length: number, held: TypedArray | HeapBlock) {
    this.device = device;
    this.dtype = dtype;
    this.length = length;
    if ("heap" in held) {
      this.heap = held.heap;
      this.address = held.address;
      this.#data = viewOf(held.heap, held.address, dtype, length);
    } else this.#data = held;
  }

  /** The elements; a heap that is not shared takes its views away when it grows. */
  get data(): TypedArray | undefined {
    const { heap, address } = this;
    if (heap === undefined || address === undefined || this.#data === undefined) return this.#data;
    if (!heap.shared && this.#data.buffer !== heap.memory.buffer) {
      this.#data = viewOf(heap, address, this.dtype, this.length);
    }
    return this.#data;
  }

  dispose(): void {
    this.#data = undefined;
  }
}

interface HeapBlock {
  readonly heap: Heap;
  readonly address: number;
}

function viewOf(heap: Heap, address: number, dtype: DType, length: number): TypedArray {
  const { buffer } = heap.memory;
  if (dtype === "float32") return new Float32Array(buffer, address, length);
  return dtype === "int32"
    ? new Int32Array(buffer, address, length)
    : new Uint8Array(buffer, address, length);
}

function bytesOf(dtype: DType, length: number): number {
  return length * (dtype === "bool" ? 1 : 4);
}

export class CpuDevice implements Device {
  readonly kind: DeviceKind = "cpu";
  /** Opened when the first large tensor is made; null where there can be none. */
  #heap: Heap | null | undefined;
  #unit: VectorUnit | undefined;
  /** Storages in the heap that were not given back yet, by address. */
  readonly #live: Map<number, { bytes: number; storage: WeakRef<CpuStorage> }> = new Map();
  readonly #collected: FinalizationRegistry<number> = new FinalizationRegistry((address) =>
    this.#giveBack(address),
  );
  #sinceSweep = 0;
  readonly #threads: number | undefined;

  /** `threads` is how many may compute at once; 2 where there are so many cores. */
  constructor({ threads }: { threads?: number } = {}) {
    this.#threads = threads;
  }

  check(dtype: DType, length: number): void {
    if (bytesOf(dtype, length) > MAX_BYTES) throw new RangeError(tooMany(dtype, length));
  }

  allocate(dtype: DType, length: number): Storage {
    this.check(dtype, length);
    if (length >= SMALLEST_IN_HEAP) {
      const storage = this.#allocateInHeap(dtype, length, bytesOf(dtype, length));
      if (storage !== undefined) return storage;
    }
    try {
      return new CpuStorage(this, dtype, length, hostArray(dtype, length));
    } catch (cause) {
      throw new RangeError(tooMany(dtype, length), { cause });
    }
  }

  upload(dtype: DType, values: TypedArray): Storage {
    const storage = this.allocate(dtype, values.length);
    dataOf(storage).data.set(values);
    return storage;
  }

  #allocateInHeap(dtype: DType, length: number, bytes: number): Storage | undefined {
    if (this.#heap === undefined) {
      this.#heap = Heap.open() ?? null;
      if (this.#heap !== null) this.#unit = new VectorUnit(this.#heap, this.#threads);
    }
    const heap = this.#heap;
    if (heap === null) return undefined;
    this.#sinceSweep += bytes;
    if (this.#sinceSweep > SWEEP_BYTES) this.#sweep();
    let address = heap.allocate(bytes);
    if (address === undefined) {
      this.#sweep();
      address = heap.allocate(bytes);
    }
    if (address === undefined) return undefined;
    const storage = new CpuStorage(this, dtype, length, { heap, address });
    this.#live.set(address, { bytes, storage: new WeakRef(storage) });
    this.#collected.register(storage, address, storage);
    return storage;
  }

  #giveBack(address: number): void {
    const entry = this.#live.get(address);
    // Another storage may lie there by now.
    if (entry === undefined || entry.storage.deref() !== undefined) return;
    this.#live.delete(address);
    this.#heap?.release(address, entry.bytes);
  }

  /**
   * Gives back what nobody holds: the engine does not know what a storage
   * weighs, and finalizers wait for the event loop.
   */
  #sweep(): void {
    this.#sinceSweep = 0;
    Bun.gc(true);
    for (const address of this.#live.keys()) this.#giveBack(address);
  }

  run(program: Program, inputs: readonly Operand[], output: Operand): void {
    const places = inputs.map(placeOf);
    const target = placeOf(output);
    const unit = this.#unit;
    if (unit !== undefined) {
      if (program.kind === "matmul") {
        if (unit.matmul(program, inputs, places, output, target)) return;
      } else if (program.kind === "elementwise") {
        if (unit.elementwise(program, inputs, places, output, target)) return;
      } else if (unit.reduce(program, inputs, places, output, target)) return;
    }
    const arrays = places.map(({ data }) => data);
    const out = target.data;
    if (program.kind === "matmul") {
      matmul(program, inputs, arrays, output, out);
      return;
    }
    const { expr, params } = program;
    const offsets = [...inputs, output].map(({ offset }) => offset);
    if (program.kind === "elementwise") {
      const walks = [...inputs, output].map(({ strides }) => strides);
      const { shape, strides } = usesIndex(expr)
        ? { shape: program.shape, strides: walks }
        : coalesce(program.shape, walks);
      compileProgram(expr, shape.length, inputs.length)(
        arrays,
        out,
        shape,
        offsets,
        strides,
        params,
      );
      return;
    }
    const { shape, kept, reducer } = program;
    const walks = inputs.map(({ strides }) => strides);
    walks.push(output.strides);
    if (product(shape.slice(0, kept)) === 0) return;
    const code = compileProgram(expr, shape.length, inputs.length, { reducer, kept });
    code(arrays, out, shape, offsets, walks, params);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    return dataOf(storage).data.slice(start, start + length);
  }

  readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    return Promise.resolve(this.read(storage, start, length));
  }

  release(storage: Storage): void {
    if (!(storage instanceof CpuStorage) || storage.data === undefined) return;
    storage.dispose();
    const entry = storage.address === undefined ? undefined : this.#live.get(storage.address);
    if (entry === undefined || storage.address === undefined) return;
    this.#collected.unregister(storage);
    this.#live.delete(storage.address);
    this.#heap?.release(storage.address, entry.bytes);
  }

  bytesInUse(): number {
    let total = 0;
    for (const { bytes } of this.#live.values()) total += bytes;
    return total;
  }

  compile(): CompiledKernel {
    throw new Error(
      "kernel: device cpu cannot run WGSL; use --device software (or --device gpu where there is one)",
    );
  }
}

function tooMany(dtype: DType, length: number): string {
  return `Cannot allocate ${length} elements of ${dtype} (${bytesOf(dtype, length)} bytes) on device cpu: out of memory`;
}

function dataOf(storage: Storage): Held {
  if (!(storage instanceof CpuStorage)) {
    throw new Error(`A tensor on device ${storage.device.kind} cannot be used on device cpu`);
  }
  const { data, address } = storage;
  if (data === undefined) throw new Error(DISPOSED);
  return { data, address };
}

function placeOf({ storage, offset }: Operand): Place {
  return { ...dataOf(storage), dtype: storage.dtype, offset };
}
