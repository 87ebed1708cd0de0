/**
 * Which programs run as SIMD, and how they are cut into chunks. Each method
 * answers false, having done nothing, for what is left to JavaScript. It is
 * long because each kind of program lays out its own descriptor.
 */

import type { Operand } from "../device.ts";
import type { DType, HostValue, TypedArray } from "../dtype.ts";
import {
  type Elementwise,
  keptFold,
  type Matmul,
  type Reduce,
  type Reducer,
  type Rows,
  rowsOf,
  usesIndex,
} from "../expr.ts";
import { coalesce, product } from "../shape.ts";
import type { Heap } from "./heap.ts";
import { buildKernel, type Form, HEAD, operandWords, type Walk } from "./kernels.ts";
import { isVectorizable, type Linear, linearize } from "./lower.ts";
import { batchOffsets } from "./matmul.ts";
import {
  buildMultiply,
  buildPack,
  type Lanes,
  MULTIPLY,
  PACK,
  panelOf,
  SCRATCH,
  TILE_ROWS,
} from "./product.ts";
import { type Kernel, Threads } from "./threads.ts";

/** Elements below which JavaScript is done before a module is compiled. */
const SMALLEST = 16384;
/** Multiplications below which it is done before a product's operands are packed. */
const SMALLEST_PRODUCT = 2 ** 16;
/** Columns of a row below which setting up the row costs more than it. */
const SHORTEST_ROW = 8;
/** Elements times operations from which waking another thread pays: about 0.2 ms. */
const SHARED_WORK = 2 ** 19;
const CHUNKS = 32;
const DESCRIPTOR_WORDS = 1024;

/** A program's operand, and its elements where JavaScript and the generated code find them. */
export interface Place {
  readonly data: TypedArray;
  /** In the heap; undefined for what is held outside. */
  readonly address: number | undefined;
  readonly dtype: DType;
  readonly offset: number;
}

interface Grid {
  rows: number;
  columns: number;
  chunkRows: number;
  chunkColumns: number;
  chunks: number;
}

function bytesOf(dtype: DType): 1 | 4 {
  return dtype === "bool" ? 1 : 4;
}

/** Cuts rows of columns into chunks of about one size. */
function cut(rows: number, columns: number, operations: number, threads: number): Grid {
  const total = rows * columns;
  const shared = threads > 1 && total * operations >= SHARED_WORK;
  const target = shared ? Math.ceil(total / CHUNKS) : total;
  const chunkColumns = columns > target ? Math.ceil(target / 64) * 64 : columns;
  const chunkRows = Math.max(1, Math.floor(target / columns));
  const chunks = Math.ceil(rows / chunkRows) * Math.ceil(columns / chunkColumns);
  return { rows, columns, chunkRows, chunkColumns, chunks };
}

/** Vectors that products are computed in; those of uint32 have the bits of int32's. */
const LANES: Partial<Record<DType, Lanes>> = {
  float32: "f32x4",
  float64: "f64x2",
  int32: "i32x4",
  uint32: "i32x4",
};

/** Programs as vectors of four, on one heap. */
export class VectorUnit {
  readonly #heap: Heap;
  readonly #threads: Threads;
  readonly #kernels: Map<string, Kernel> = new Map();
  readonly #descriptor: number;
  /** Blocks of the program that is running. */
  #borrowed: { at: number; bytes: number }[] = [];

  constructor(heap: Heap, threads: number | undefined) {
    this.#heap = heap;
    this.#threads = new Threads(heap, threads);
    this.#descriptor = heap.allocate(DESCRIPTOR_WORDS * 4) ?? 0;
  }

  elementwise(
    { expr, shape: full, params }: Elementwise,
    inputs: readonly Operand[],
    places: readonly Place[],
    output: Operand,
    out: Place,
  ): boolean {
    const total = product(full);
    if (total < SMALLEST || params.some(Number.isNaN)) return false;
    const all = [...inputs, output].map(({ strides }) => strides);
    const { shape, strides } = usesIndex(expr)
      ? { shape: [...full], strides: all.map((walk) => [...walk]) }
      : coalesce(full, all);
    const outer = shape.length - 1;
    const columns = shape[outer] ?? 1;
    if (columns < SHORTEST_ROW || strides.at(-1)?.[outer] !== 1) return false;
    const linear = linearize(expr);
    if (!isVectorizable(linear)) return false;
    const grid = cut(total / columns, columns, linear.values.length, this.#threads.count);
    const walks = strides.slice(0, -1).map((walk) => walkOf(walk[outer]));
    const bytes = bytesOf(expr.dtype);
    const form: Form = { outer, walks, folds: [], down: false, each: true, waits: -1, bytes };
    const sizes = shape.slice(0, outer);
    const steps = strides.map((walk) => [walk[outer] ?? 0, 0, ...walk.slice(0, outer)]);
    return this.#launch([linear], form, grid, { depth: 0, sizes, steps, params }, places, out);
  }

  fold(
    program: Reduce | Rows,
    inputs: readonly Operand[],
    places: readonly Place[],
    output: Operand,
    out: Place,
  ): boolean {
    const { folds, expr, each, shape, kept, params } = rowsOf(program);
    if (product(shape) < SMALLEST || params.some(Number.isNaN)) return false;
    const exprs = [...folds.map((one) => one.expr), expr];
    if (folds.some((one) => one.reducer !== undefined && one.expr.dtype === "bool")) return false;
    const indexed = exprs.some(usesIndex);
    const walks = [...inputs, output].map(({ strides }) => strides);
    const merge = (from: number, to: number): { shape: number[]; strides: number[][] } => {
      const part = walks.map((walk) =>
        Array.from({ length: to - from }, (_, dim) => walk[from + dim] ?? 0),
      );
      const sizes = shape.slice(from, to);
      return indexed ? { shape: sizes, strides: part } : coalesce(sizes, part);
    };
    const keep = merge(0, kept);
    const fold = merge(kept, shape.length);
    if (fold.shape.length !== 1) return false;
    const linears = exprs.map(linearize);
    if (!linears.every(isVectorizable)) return false;
    const length = fold.shape[0] ?? 0;
    const last = keep.shape.length - 1;
    const columns = keep.shape[last] ?? 1;
    const inner = (walk: readonly number[] | undefined): number => walk?.[last] ?? 0;
    const down =
      !indexed &&
      last >= 0 &&
      columns >= SHORTEST_ROW &&
      inner(keep.strides.at(-1)) === 1 &&
      keep.strides.slice(0, -1).some((walk) => inner(walk) === 1);
    const waits = keptFold({ folds, expr });
    const bytes = bytesOf(expr.dtype);
    const form = { folds: folds.map((one) => one.reducer), down, each, waits, bytes };
    const operations = linears.reduce((sum, one) => sum + one.values.length, folds.length);
    const threads = this.#threads.count;
    if (down) {
      const sizes = keep.shape.slice(0, last);
      const grid = cut(product(sizes), columns, operations * length, threads);
      const steps = keep.strides.map((walk, i) => [
        inner(walk),
        fold.strides[i]?.[0] ?? 0,
        ...walk.slice(0, last),
      ]);
      const ways = keep.strides.slice(0, -1).map((walk) => walkOf(inner(walk)));
      const values = { depth: length, sizes, steps, params };
      const whole = { ...form, outer: last, walks: ways };
      return this.#launch(linears, whole, grid, values, places, out);
    }
    if (length < SHORTEST_ROW || (each && fold.strides.at(-1)?.[0] !== 1)) return false;
    const ways = fold.strides.slice(0, -1).map((walk) => walkOf(walk[0]));
    const steps = keep.strides.map((walk, i) => [fold.strides[i]?.[0] ?? 0, 0, ...walk]);
    const values = { depth: 0, sizes: keep.shape, steps, params };
    const whole = { ...form, outer: keep.shape.length, walks: ways };
    const grid = cut(product(keep.shape), length, operations, threads);
    if (grid.chunkColumns === length) {
      return this.#launch(linears, whole, grid, values, places, out);
    }
    if (folds.length === 1 && !each && expr.op === "folded") {
      return this.#inParts(linears, whole, grid, values, places, out);
    }
    const rows = { ...grid, chunkRows: 1, chunkColumns: length, chunks: grid.rows };
    return this.#launch(linears, whole, rows, values, places, out);
  }

  /** Folds parts of few long rows into a table first, and then the parts of each row. */
  #inParts(
    linears: readonly Linear[],
    form: Form,
    grid: Grid,
    values: Values,
    places: readonly Place[],
    out: Place,
  ): boolean {
    const table = this.#borrow(grid.chunks * 4);
    if (table === undefined) return this.#finish(false);
    const steps = values.steps.map((list, i) =>
      i === values.steps.length - 1 ? list.map(() => 0) : list,
    );
    const parts = { ...out, address: table, offset: 0 };
    const apart = { ...values, steps };
    if (!this.#launch(linears, form, grid, apart, places, parts, 4)) return false;
    const float = out.dtype === "float32";
    const words = float ? this.#heap.floats : this.#heap.words;
    const each = grid.chunks / grid.rows;
    const rowSteps = values.steps.at(-1)?.slice(2) ?? [];
    for (let row = 0; row < grid.rows; row++) {
      const from = table / 4 + row * each;
      const folded = foldAll(form.folds[0] ?? "sum", float, words.subarray(from, from + each));
      const [at = 0] = batchOffsets(row, values.sizes, [{ offset: out.offset, strides: rowSteps }]);
      out.data[at] = folded;
    }
    return true;
  }

  /** Compiles what is new, fills in the descriptor, and runs. */
  #launch(
    linears: readonly Linear[],
    form: Form,
    grid: Grid,
    { depth, sizes, steps, params }: Values,
    places: readonly Place[],
    out: Place,
    chunkStep: number = 0,
  ): boolean {
    const count = HEAD.sizes + form.outer + (places.length + 1) * operandWords(form.outer);
    if (count + params.length > DESCRIPTOR_WORDS) return this.#finish(false);
    const addresses = this.#addresses(places);
    const target = this.#outAddress(out);
    if (addresses === undefined || target === undefined) return this.#finish(false);
    const { outer, walks, folds, down, each } = form;
    const text = linears.map((one) => one.key).join("|");
    const key = `${outer}/${walks.join()}/${folds.join()}${down}${each}/${text}`;
    const kernel = this.#kernel(key, () => buildKernel(linears, form, this.#heap.limits));
    const { words, floats } = this.#heap;
    const start = this.#descriptor / 4;
    const { rows, columns, chunkRows, chunkColumns } = grid;
    words.set([rows, columns, chunkRows, chunkColumns, chunkStep, depth, ...sizes], start);
    let at = start + HEAD.sizes + form.outer;
    [...places, out].forEach(({ dtype, offset }, i) => {
      const size = bytesOf(dtype);
      words[at] = (addresses[i] ?? target.address) + offset * size;
      words.set(
        (steps[i] ?? []).map((step) => step * size),
        at + 1,
      );
      at += operandWords(form.outer);
    });
    for (const { expr } of linears.flatMap(({ values }) => values)) {
      if (expr.op !== "param") continue;
      const value = Number(params[expr.param] ?? 0);
      if (expr.dtype === "float32") floats[at + expr.param] = value;
      else words[at + expr.param] = expr.dtype === "int32" || value === 0 ? value : -1;
    }
    this.#threads.run(kernel, this.#descriptor, grid.chunks);
    target.copyBack();
    return this.#finish(true);
  }

  matmul(
    program: Matmul,
    inputs: readonly Operand[],
    places: readonly Place[],
    output: Operand,
    out: Place,
  ): boolean {
    const {
      batch,
      m,
      inputs: [a, b],
    } = joinRows(program, inputs);
    const { dtype, n, k } = program;
    const batches = product(batch);
    const lanes = LANES[dtype];
    if (lanes === undefined) return false;
    const bytes = lanes === "f64x2" ? 8 : 4;
    const width = panelOf(bytes);
    if (m * n * k * batches < SMALLEST_PRODUCT || out.dtype !== dtype) return false;
    const target = this.#outAddress(out);
    const addresses = this.#addresses(places);
    if (a === undefined || b === undefined || addresses === undefined || target === undefined) {
      return this.#finish(false);
    }
    const panelBytes = Math.ceil(n / width) * width * k * bytes;
    const { threads, block } = share(batches, m, n, k, this.#threads.count);
    const [atA = 0, atB = 0] = addresses;
    const packed = new Map<number, number>();
    const list: number[] = [];
    for (let index = 0; index < batches; index++) {
      const [fromA = 0, fromB = 0] = batchOffsets(index, batch, [a, b]);
      const panels = packed.get(fromB) ?? packed.size * panelBytes;
      packed.set(fromB, panels);
      list.push(
        atA + fromA * bytes,
        panels,
        target.address + (output.offset + index * m * n) * bytes,
      );
    }
    const panels = this.#borrow(packed.size * panelBytes);
    const sources = this.#borrow(packed.size * 8);
    const table = this.#borrow(list.length * 4);
    const scratch = Array.from({ length: threads }, () => this.#borrow(SCRATCH));
    if (
      panels === undefined ||
      sources === undefined ||
      table === undefined ||
      !scratch.every((one) => one !== undefined)
    ) {
      return this.#finish(false);
    }
    const { words } = this.#heap;
    [...packed].forEach(([from, to], i) =>
      words.set([atB + from * bytes, panels + to], sources / 4 + i * 2),
    );
    words.set(
      list.map((value, i) => (i % 3 === 1 ? value + panels : value)),
      table / 4,
    );
    const dim = batch.length;
    const step = (one: Operand, back: number): number => (one.strides[dim + back] ?? 0) * bytes;
    const pack: number[] = [];
    const groups = Math.ceil(n / width);
    const panelsEach = threads > 1 ? Math.max(1, Math.ceil(groups / 16)) : groups;
    pack[PACK.table] = sources;
    pack[PACK.depth] = k;
    pack[PACK.columns] = n;
    pack[PACK.stepDown] = step(b, 0);
    pack[PACK.stepAcross] = step(b, 1);
    pack[PACK.panels] = panelsEach;
    pack[PACK.chunks] = Math.ceil(groups / panelsEach);
    words.set(pack, this.#descriptor / 4);
    const limits = this.#heap.limits;
    const packer = this.#kernel(`pack${bytes}`, () => buildPack(bytes, limits));
    const packChunks = packed.size * Math.ceil(groups / panelsEach);
    if (threads > 1 && panelBytes * packed.size > 2 ** 18) {
      this.#threads.run(packer, this.#descriptor, packChunks);
    } else {
      for (let chunk = 0; chunk < packChunks; chunk++) packer.run(this.#descriptor, chunk, 0);
    }
    const multiply: number[] = [];
    const blocks = Math.ceil(m / block);
    multiply[MULTIPLY.table] = table;
    multiply[MULTIPLY.depth] = k;
    multiply[MULTIPLY.columns] = n;
    multiply[MULTIPLY.rows] = m;
    multiply[MULTIPLY.stepDown] = step(a, 0);
    multiply[MULTIPLY.stepAcross] = step(a, 1);
    multiply[MULTIPLY.block] = block;
    multiply[MULTIPLY.chunks] = blocks;
    words.set(multiply, this.#descriptor / 4);
    const multiplier = this.#kernel(lanes, () => buildMultiply(lanes, limits));
    if (threads > 1) {
      this.#threads.run(multiplier, this.#descriptor, batches * blocks, scratch);
    } else {
      for (let at = 0; at < batches * blocks; at++) {
        multiplier.run(this.#descriptor, at, scratch[0] ?? 0);
      }
    }
    target.copyBack();
    return this.#finish(true);
  }

  #kernel(key: string, build: () => Uint8Array<ArrayBuffer>): Kernel {
    let kernel = this.#kernels.get(key);
    if (kernel === undefined) {
      kernel = this.#threads.load(build());
      this.#kernels.set(key, kernel);
    }
    return kernel;
  }

  /** Where the inputs lie; those outside the heap are lent a copy. */
  #addresses(places: readonly Place[]): number[] | undefined {
    const addresses: number[] = [];
    for (const place of places) {
      if (place.address !== undefined) {
        addresses.push(place.address);
        continue;
      }
      const { data } = place;
      const at = this.#borrow(data.byteLength);
      if (at === undefined) return undefined;
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      new Uint8Array(this.#heap.memory.buffer, at, data.byteLength).set(bytes);
      addresses.push(at);
    }
    return addresses;
  }

  /** Where results go, and what brings them to a place outside the heap. */
  #outAddress(place: Place): { address: number; copyBack: () => void } | undefined {
    if (place.address !== undefined) return { address: place.address, copyBack: () => {} };
    const [at] = this.#addresses([place]) ?? [];
    if (at === undefined) return undefined;
    const { data } = place;
    const copyBack = (): void => {
      const { byteOffset, byteLength } = data;
      const made = new Uint8Array(this.#heap.memory.buffer, at, byteLength);
      new Uint8Array(data.buffer, byteOffset, byteLength).set(made);
    };
    return { address: at, copyBack };
  }

  #borrow(bytes: number): number | undefined {
    const at = this.#heap.allocate(bytes);
    if (at !== undefined) this.#borrowed.push({ at, bytes });
    return at;
  }

  #finish(done: boolean): boolean {
    for (const { at, bytes } of this.#borrowed) this.#heap.release(at, bytes);
    this.#borrowed = [];
    return done;
  }
}

/** What of a descriptor is not the grid; `steps` are in elements: along the columns, the folded dim, the outer dims. */
interface Values {
  depth: number;
  sizes: readonly number[];
  steps: readonly (readonly number[])[];
  params: readonly HostValue[];
}

function walkOf(stride: number | undefined): Walk {
  return stride === undefined || stride === 0 ? "same" : stride === 1 ? "next" : "step";
}

/** Matrices that all meet the same right one are one matrix, where their rows go on in even steps. */
function joinRows(
  { batch, m }: Matmul,
  inputs: readonly Operand[],
): { batch: readonly number[]; m: number; inputs: readonly Operand[] } {
  const dim = batch.length;
  const [a, b] = inputs;
  const apart = { batch, m, inputs };
  if (a === undefined || b?.strides.slice(0, dim).some((stride) => stride !== 0) !== false) {
    return apart;
  }
  const { shape, strides } = coalesce([...batch, m], [a.strides.slice(0, dim + 1)]);
  if (shape.length !== 1) return apart;
  const across = { ...a, strides: [strides[0]?.[0] ?? 0, a.strides[dim + 1] ?? 0] };
  return {
    batch: [],
    m: shape[0] ?? m,
    inputs: [across, { ...b, strides: b.strides.slice(dim) }],
  };
}

/** Rows that a thread multiplies at once: a packed block fits the second cache. */
function share(
  batches: number,
  m: number,
  n: number,
  k: number,
  available: number,
): { threads: number; block: number } {
  const largest = TILE_ROWS * 16;
  const threads = batches * m * n * k >= 2 ** 21 ? available : 1;
  if (threads === 1 || batches >= 8) return { threads, block: Math.min(m, largest) };
  // Enough blocks that neither thread waits long for the other's last one.
  const even = Math.ceil((m * batches) / 16 / TILE_ROWS) * TILE_ROWS;
  return { threads, block: Math.min(m, largest, Math.max(even, TILE_ROWS * 4)) };
}

function foldAll(reducer: Reducer, float: boolean, values: Float32Array | Int32Array): number {
  let all = values[0] ?? 0;
  for (const value of values.subarray(1)) {
    if (reducer === "sum") all = float ? all + value : (all + value) | 0;
    else if (reducer === "prod") all = float ? all * value : Math.imul(all, value);
    else all = reducer === "max" ? Math.max(all, value) : Math.min(all, value);
  }
  return all;
}
