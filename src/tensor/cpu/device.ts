/**
 * The device that is always there. Small tensors are typed arrays that
 * generated JavaScript walks, so that a first result waits for nothing; large
 * ones lie in a heap where WebAssembly SIMD computes on them.
 */

import type { CompiledKernel, Device, DeviceKind, Operand, Storage } from "../device.ts";
import {
  bytesOf,
  type DType,
  hostArray,
  hostView,
  isFloat,
  type NumberArray,
  type TypedArray,
} from "../dtype.ts";
import {
  apart,
  binaryExpr,
  constExpr,
  type Expr,
  foldedExpr,
  inputExpr,
  type Matmul,
  type Program,
  type Reduce,
  rowsOf,
  type Scatter,
  usesIndex,
  whereExpr,
} from "../expr.ts";
import { DISPOSED } from "../scope.ts";
import { coalesce, contiguousStrides, outside, product, type Shape } from "../shape.ts";
import { compileProgram, identityOf } from "./codegen.ts";
import { Heap } from "./heap.ts";
import { matmul } from "./matmul.ts";
import { type Place, VectorUnit } from "./vector.ts";

/** A typed array of 4 GiB is the most that is worth trying; beyond it the machine swaps or kills. */
const MAX_BYTES = 2 ** 32;

/** Elements from which a tensor lies in the heap; smaller ones are copied there when needed. */
const SMALLEST_IN_HEAP = 4096;
/** Fewer rows than these, of more elements than these together, are folded in parts. */
const FEW_ROWS = 32;
const LONG = 2 ** 16;
/** Bytes given out between looks for storages that nobody holds. */
const SWEEP_BYTES = 512 * 2 ** 20;

class CpuStorage implements Storage {
  readonly device: Device;
  readonly dtype: DType;
  readonly length: number;
  readonly heap: Heap | undefined;
  readonly address: number | undefined;
  disposed: boolean = false;
  /** Of what lies in the heap, made when JavaScript first asks for it. */
  #data: TypedArray | undefined;

  constructor(device: Device, dtype: DType, length: number, held: TypedArray | HeapBlock) {
    this.device = device;
    this.dtype = dtype;
    this.length = length;
    if ("heap" in held) {
      this.heap = held.heap;
      this.address = held.address;
    } else this.#data = held;
  }

  /** Undefined once disposed of; a heap that is not shared takes its views away when it grows. */
  get data(): TypedArray | undefined {
    const { heap, address } = this;
    if (heap === undefined || address === undefined || this.disposed) return this.#data;
    if (this.#data === undefined || (!heap.shared && this.#data.buffer !== heap.memory.buffer)) {
      this.#data = hostView(this.dtype, heap.memory.buffer, address, this.length);
    }
    return this.#data;
  }

  dispose(): void {
    this.disposed = true;
    this.#data = undefined;
  }
}

interface HeapBlock {
  readonly heap: Heap;
  readonly address: number;
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

  lacks(): undefined {
    return undefined;
  }

  check(dtype: DType, length: number): void {
    if (length * bytesOf(dtype) > MAX_BYTES) throw new RangeError(tooMany(dtype, length));
  }

  allocate(dtype: DType, length: number): Storage {
    this.check(dtype, length);
    if (length >= SMALLEST_IN_HEAP) {
      const storage = this.#allocateInHeap(dtype, length, length * bytesOf(dtype));
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
    const data = dataOf(storage);
    if (data instanceof BigInt64Array) data.set(values as BigInt64Array);
    else data.set(values as NumberArray);
    return storage;
  }

  adopt(dtype: DType, values: TypedArray): Storage {
    return new CpuStorage(this, dtype, values.length, values);
  }

  /** What lies in the heap cannot be shared: it moves when that grows. */
  share(storage: Storage): TypedArray | undefined {
    return storage instanceof CpuStorage && storage.heap === undefined ? storage.data : undefined;
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
    this.#run(program, inputs, output);
  }

  #run(program: Program, inputs: readonly Operand[], output: Operand): void {
    if (program.kind === "matmul") return this.#matmul(program, inputs, output);
    if (program.kind === "scatter") return this.#scatter(program, inputs, output);
    if (program.kind === "reduce" && isLong(program)) return this.#inTwo(program, inputs, output);
    const places = inputs.map(placeOf);
    const target = placeOf(output);
    const unit = this.#unit;
    if (unit !== undefined) {
      if (program.kind === "elementwise") {
        if (unit.elementwise(program, inputs, places, output, target)) return;
      } else if (program.kind !== "scan" && unit.fold(program, inputs, places, output, target))
        return;
    }
    const { expr, params } = program;
    const arrays = places.map(({ data }) => data);
    const offsets = [...inputs, output].map(({ offset }) => offset);
    const walks = [...inputs, output].map(({ strides }) => strides);
    if (program.kind === "elementwise") {
      const { shape, strides } = usesIndex(expr)
        ? { shape: program.shape, strides: walks }
        : coalesce(program.shape, walks);
      const code = compileProgram(expr, shape.length, inputs.length);
      code(arrays, target.data, shape, offsets, strides, params);
      return;
    }
    const { shape } = program;
    if (program.kind === "scan") {
      const running = { kept: shape.length - 1, each: true, running: program.reducer };
      const code = compileProgram(expr, shape.length, inputs.length, running);
      code(arrays, target.data, shape, offsets, walks, params);
      return;
    }
    if (product(shape.slice(0, program.kept)) === 0) return;
    const rows = rowsOf(program);
    const code = compileProgram(rows.expr, shape.length, inputs.length, rows);
    code(arrays, target.data, shape, offsets, walks, params);
  }

  /** Sums of floats are kept in float64 and rounded once. */
  #scatter(program: Scatter, inputs: readonly Operand[], output: Operand): void {
    const { reducer, expr, shape, params } = program;
    const { data } = placeOf(output);
    const wide = isFloat(expr.dtype) ? new Float64Array(data.length) : data;
    (wide as NumberArray).fill(identityOf(reducer, expr.dtype) as number);
    const code = compileProgram(expr, shape.length, inputs.length, { scatter: program });
    code(
      inputs.map((one) => placeOf(one).data),
      wide,
      shape,
      [...inputs, output].map(({ offset }) => offset),
      [...inputs, output].map(({ strides }) => strides),
      params,
    );
    if (wide !== data) (data as NumberArray).set(wide as NumberArray);
  }

  checkIndices(operator: string, indices: Operand, shape: Shape, size: number): void {
    if (product(shape) === 0) return;
    const index = inputExpr(0, "int32");
    const [least, most] = [foldedExpr(0, "int32"), foldedExpr(1, "int32")];
    const folds = (["min", "max"] as const).map((reducer) => ({ reducer, expr: index }));
    const below = binaryExpr("lt", least, constExpr(0, "int32"));
    const storage = this.allocate("int32", 1);
    this.#run(
      {
        kind: "rows",
        folds,
        expr: whereExpr(below, least, most),
        each: false,
        shape,
        kept: 0,
        params: [],
      },
      [indices],
      { storage, strides: [], offset: 0 },
    );
    const [worst = 0] = dataOf(storage) as Int32Array;
    if (worst < 0 || worst >= size) throw outside(operator, worst, size);
  }

  /** The product, and then its epilogue in place. */
  #matmul(program: Matmul, inputs: readonly Operand[], output: Operand): void {
    const { batch, m, n, epilogue, params = [] } = program;
    const places = inputs.slice(0, 2).map(placeOf);
    const target = placeOf(output);
    if (this.#unit?.matmul(program, inputs, places, output, target) !== true) {
      const arrays = places.map(({ data }) => data);
      matmul(program, inputs, arrays, output, target.data);
    }
    if (epilogue === undefined) return;
    const { expr, used } = apart(epilogue);
    const read = [output, ...used.map((at) => inputs[at] as Operand)];
    this.#run({ kind: "elementwise", expr, shape: [...batch, m, n], params }, read, output);
  }

  /** Few long rows, which threads share out, and then their epilogue. */
  #inTwo(program: Reduce, inputs: readonly Operand[], output: Operand): void {
    const { epilogue, ...plain } = program;
    const { shape, kept, params } = program;
    const { expr, used } = apart(epilogue as Expr);
    const sizes = shape.slice(0, kept);
    const storage = this.allocate(program.expr.dtype, product(sizes));
    const folded = { storage, strides: contiguousStrides(sizes), offset: 0 };
    this.#run(plain, inputs, folded);
    const read = [folded, ...used.map((at) => inputs[at] as Operand)];
    this.#run({ kind: "elementwise", expr, shape: sizes, params }, read, output);
    this.release(storage);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    return dataOf(storage).slice(start, start + length);
  }

  readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    return Promise.resolve(this.read(storage, start, length));
  }

  release(storage: Storage): void {
    if (!(storage instanceof CpuStorage) || storage.disposed) return;
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

/** Whether a fold is cut into parts of its rows, so that an epilogue must wait for all of them. */
function isLong({ epilogue, shape, kept }: Reduce): boolean {
  return (
    epilogue !== undefined && product(shape.slice(0, kept)) < FEW_ROWS && product(shape) > LONG
  );
}

function tooMany(dtype: DType, length: number): string {
  return `Cannot allocate ${length} elements of ${dtype} (${length * bytesOf(dtype)} bytes) on device cpu: out of memory`;
}

function dataOf(storage: Storage): TypedArray {
  const data = own(storage).data;
  if (data === undefined) throw new Error(DISPOSED);
  return data;
}

function own(storage: Storage): CpuStorage {
  if (storage instanceof CpuStorage) return storage;
  throw new Error(`A tensor on device ${storage.device.kind} cannot be used on device cpu`);
}

function placeOf({ storage, offset }: Operand): Place {
  const { address, dtype, disposed } = own(storage);
  // Most elements of the heap are never looked at from JavaScript.
  if (address === undefined || disposed) return { data: dataOf(storage), address, dtype, offset };
  return {
    get data() {
      return dataOf(storage);
    },
    address,
    dtype,
    offset,
  };
}
