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
  constExpr,
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
  type Scan,
  type Scatter,
} from "../expr.ts";
import { DISPOSED } from "../scope.ts";
import { contiguousStrides, outside, product, type Shape } from "../shape.ts";
import { WebgpuClient, type WebgpuOptions } from "./client.ts";
import { elementwiseLayout } from "./elementwise.ts";
import { compileKernel } from "./kernels.ts";
import type { Layout } from "./layout.ts";
import { matmulLayout, packingOf, variantOf } from "./matmul.ts";
import { SMALLEST_BUFFER } from "./pool.ts";
import type { Hello, PipelineSource } from "./protocol.ts";
import { reduceLayout } from "./reduce.ts";
import { rowsLayout } from "./rows.ts";
import { blocksOf, scanLayout } from "./scan.ts";
import { checkLayout, foldLayout, linkLayout, listsOf } from "./scatter.ts";
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
  /** By entry point and source: tests compile the same kernel for each run of it. */
  readonly #kernels = new Map<string, CompiledKernel>();
  /** Storages that were not given back yet. */
  readonly #live = new Map<number, { bytes: number; storage: WeakRef<Storage> }>();
  readonly #collected: FinalizationRegistry<number>;
  readonly #heat = new Map<string, number>();
  #chosen: Tuning | undefined;
  #bytes = 0;
  #sinceSweep = 0;
  /** Which checks of indices may have failed since the last read; they are numbered from 1. */
  #checks: { check: string; operator: string; size: number }[] = [];
  /** The number of the first check that failed, and the index. */
  #flag: Storage | undefined;

  constructor(kind: "software" | "gpu", options: WebgpuOptions, readTimeoutMs: number) {
    this.kind = kind;
    this.client = new WebgpuClient(kind, options, readTimeoutMs);
    this.#chosen = options.tuning;
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
    else if (program.kind === "scan") this.#scan(program, inputs, output);
    else if (program.kind === "scatter") this.#scatter(program, inputs, output);
    else this.#matmul(program, inputs, output);
  }

  read(storage: Storage, start: number, length: number): TypedArray {
    if (this.#checks.length > 0 && this.#flag !== undefined) {
      this.#settle(this.#read(this.#flag, 0, 2));
    }
    return this.#read(storage, start, length);
  }

  #read(storage: Storage, start: number, length: number): TypedArray {
    const buffer = this.bufferOf(storage);
    if (length === 0) return hostArray(storage.dtype, 0);
    const { first, ...span } = spanOf(storage.dtype, start, length);
    const bytes = this.client.ask({ ask: "read", buffer, ...span });
    return valuesOf(storage.dtype, bytes, first, length);
  }

  async readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
    if (this.#checks.length > 0 && this.#flag !== undefined) {
      this.#settle(await this.#readAsync(this.#flag, 0, 2));
    }
    return await this.#readAsync(storage, start, length);
  }

  async #readAsync(storage: Storage, start: number, length: number): Promise<TypedArray> {
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
    const key = `${entryPoint}/${source}`;
    const kernel = this.#kernels.get(key) ?? compileKernel(this, source, entryPoint);
    this.#kernels.set(key, kernel);
    return kernel;
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

  #elementwise(program: Elementwise, inputs: readonly Operand[], output: Operand): void {
    const { expr, params, shape } = program;
    const heat = this.#warm(`e${exprKey(expr)}`, product(shape));
    const layout = elementwiseLayout(program, inputs, output, this.#tuning(), heat);
    this.#dispatch(layout, inputs, output.storage, paramWords([expr], params));
  }

  #rows(program: Rows, inputs: readonly Operand[], output: Operand): void {
    const { folds, expr, params, shape } = program;
    const exprs = [...folds.map((one) => one.expr), expr];
    const heat = this.#warm(`w${exprs.map(exprKey).join(";")}`, product(shape));
    const layout = rowsLayout(program, inputs, output, this.#tuning(), heat);
    this.#dispatch(layout, inputs, output.storage, paramWords(exprs, params));
  }

  #reduce(program: Reduce, inputs: readonly Operand[], output: Operand): void {
    const { expr, reducer, shape, kept, params, epilogue } = program;
    const heat = this.#warm(`r${reducer}${exprKey(expr)}`, product(shape));
    const { storage } = output;
    const layout = reduceLayout(program, inputs, this.#tuning(), heat, storage.dtype);
    const { parts, partStrides, target: part } = layout;
    if (parts === 1 && epilogue !== undefined) {
      this.#rows(rowsOf(program), inputs, output);
      return;
    }
    const sizes = shape.slice(0, kept);
    const target = parts === 1 ? storage : this.allocate(part, product(sizes) * parts);
    this.#dispatch(layout, inputs, target, paramWords([expr], params));
    if (parts === 1) return;
    // Another pass folds the parts, and the last one does what comes after.
    const used = epilogue === undefined ? [] : inputsOf(epilogue);
    const strides = contiguousStrides(sizes).map((stride) => stride * partStrides[0]);
    this.#reduce(
      {
        kind: "reduce",
        reducer,
        expr: inputExpr(0, part),
        ...(epilogue && { epilogue: renumber(epilogue, (input) => used.indexOf(input) + 1) }),
        shape: [...sizes, parts],
        kept,
        params,
      },
      [
        { storage: target, strides: [...strides, partStrides[1]], offset: 0 },
        ...used.map((at) => {
          const one = inputs[at] as Operand;
          return { ...one, strides: [...one.strides.slice(0, kept), 0] };
        }),
      ],
      output,
    );
    this.release(target);
  }

  /** Room for what one program leaves for the next. */
  #list(dtype: DType, length: number, strides: readonly number[]): Operand {
    return { storage: this.allocate(dtype, length), strides, offset: 0 };
  }

  #scan(program: Scan, inputs: readonly Operand[], output: Operand): void {
    const { expr, reducer, shape, params } = program;
    const tuning = this.#tuning();
    const words = paramWords([expr], params);
    const blocks = blocksOf(program);
    if (blocks === 1) {
      const layout = scanLayout(program, "elements", inputs, output, false, tuning);
      this.#dispatch(layout, inputs, output.storage, words);
      return;
    }
    const wide = wideOf(expr.dtype);
    const rows = product(shape.slice(0, -1));
    const sums = (): Operand => this.#list(wide, rows * blocks, [blocks, 1]);
    const [totals, before] = [sums(), sums()];
    const fold = scanLayout(program, "totals", inputs, totals, false, tuning);
    this.#dispatch(fold, inputs, totals.storage, words);
    const all = { reducer, expr: inputExpr(0, wide), shape: [rows, blocks], params: [] };
    this.#scan({ kind: "scan", ...all }, [totals], before);
    const read = [...inputs, before];
    const go = scanLayout(program, "elements", read, output, true, tuning);
    this.#dispatch(go, read, output.storage, words);
    for (const { storage } of [totals, before]) this.release(storage);
  }

  #scatter(program: Scatter, inputs: readonly Operand[], output: Operand): void {
    const { expr, at, params } = program;
    const lists = listsOf(program, inputs);
    const tuning = this.#tuning();
    const words = paramWords([expr, at], params);
    const head = this.#list("int32", lists.places, [1]);
    const next = this.#list("int32", lists.links, [1]);
    const none = constExpr(-1, "int32");
    const shape = [lists.places];
    this.#elementwise({ kind: "elementwise", expr: none, shape, params: [] }, [], head);
    const made = [head.storage, next.storage];
    this.#dispatch(linkLayout(lists, inputs, tuning), inputs, made, words);
    const read = [...inputs, head, next];
    this.#dispatch(foldLayout(lists, inputs, tuning), read, output.storage, words);
    for (const storage of made) this.release(storage);
  }

  checkIndices(operator: string, indices: Operand, shape: Shape, size: number): void {
    if (product(shape) === 0) return;
    const check = `${operator}/${size}`;
    let number = this.#checks.findIndex((one) => one.check === check) + 1;
    if (number === 0) number = this.#checks.push({ check, operator, size });
    this.#flag ??= this.upload("int32", new Int32Array(2));
    const layout = checkLayout(indices, shape, size, number, this.#tuning());
    this.#dispatch(layout, [indices], this.#flag, []);
  }

  /** What the checks since the last read found. @throws RangeError when an index was outside */
  #settle(found: TypedArray): void {
    const [number = 0, index = 0] = found as Int32Array;
    const failed = this.#checks[number - 1];
    this.#checks = [];
    if (failed === undefined) return;
    this.#flag = undefined;
    throw outside(failed.operator, index, failed.size);
  }

  #matmul(program: Matmul, inputs: readonly Operand[], output: Operand): void {
    const { dtype, batch, m, n, k, epilogue, params = [] } = program;
    const tuning = this.#tuning();
    const heat = this.#warm(`m${dtype}`, product(batch) * m * n * k);
    const variant = variantOf(program, heat, tuning);
    const factors = inputs.slice(0, 2);
    const packed = factors.map((one, i) =>
      variant === "small" ? one : this.#packed(program, i as 0 | 1, one),
    );
    const shape = [...batch, m, n];
    const whole = epilogue === undefined ? output.storage : this.allocate(dtype, product(shape));
    this.#dispatch(matmulLayout(program, variant, packed, tuning), packed, whole, []);
    packed.forEach((one, i) => {
      if (one !== factors[i]) this.release(one.storage);
    });
    if (epilogue === undefined) return;
    const { expr, used } = apart(epilogue);
    const made = { storage: whole, strides: contiguousStrides(shape), offset: 0 };
    const read = [made, ...used.map((at) => inputs[at] as Operand)];
    this.#elementwise({ kind: "elementwise", expr, shape, params }, read, output);
    this.release(whole);
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

  #tuning(): Tuning {
    this.#chosen ??= tuningFor(this.client.hello().adapter);
    return this.#chosen;
  }

  /** How much a program has done, with this. */
  #warm(key: string, work: number): number {
    const heat = (this.#heat.get(key) ?? 0) + work;
    this.#heat.set(key, heat);
    return heat;
  }

  #dispatch(
    { key, source, words: integers, groups }: Layout,
    inputs: readonly Operand[],
    output: Storage | readonly Storage[],
    params: readonly number[],
  ): void {
    const reads = inputs.map(({ storage }) => this.bufferOf(storage));
    const writes = [output].flat().map((storage) => this.bufferOf(storage));
    const pipeline = this.pipeline(key, () => ({
      source: source(),
      entryPoint: "main",
      reads: reads.length,
      writes: writes.length,
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
      writes,
      inFours: true,
      at,
      count,
      workgroups: [Math.ceil(groups / rows), rows, 1],
    });
  }
}

/** Parameters as uniform words, each in the dtype that the expressions take it as. */
function paramWords(exprs: readonly Expr[], params: readonly HostValue[]): number[] {
  const types = paramDTypes(exprs, params.length);
  return params.map((value, i) => wordOf(value, types[i] ?? "int32"));
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
