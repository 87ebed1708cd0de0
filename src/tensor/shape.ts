/** Shapes, strides and broadcasting: arithmetic on lists of sizes, without any data. */

export type Shape = readonly number[];

/** A tensor's way through its storage: element `[i, j]` is at `offset + i * strides[0] + j * strides[1]`. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function product(sizes: Shape): number {
  let total = 1;
  for (const size of sizes) total *= size;
  return total;
}

/** Checks that a shape a caller wrote holds whole numbers from 0. */
export function checkShape(operator: string, shape: unknown): number[] {
  if (!Array.isArray(shape)) {
    throw new TypeError(`${operator}: shape must be a list of sizes, got ${describe(shape)}`);
  }
  return shape.map((size: unknown, dim) => {
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0) {
      throw new RangeError(
        `${operator}: size of dim ${dim} must be a whole number from 0, got ${describe(size)}`,
      );
    }
    return size;
  });
}

/** Row-major strides. */
export function contiguousStrides(shape: Shape): number[] {
  const strides: number[] = Array.from(shape, () => 1);
  let step = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    strides[dim] = step;
    step *= shape[dim] ?? 1;
  }
  return strides;
}

export function isContiguous({ shape, strides }: Layout): boolean {
  let step = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const size = shape[dim] ?? 1;
    if (size === 0) return true;
    if (size !== 1 && strides[dim] !== step) return false;
    step *= size;
  }
  return true;
}

/** `dim` counted from the front; negative ones count from the end. */
export function normalizeDim(operator: string, dim: number, ndim: number): number {
  // A scalar takes dim 0 and -1, as in PyTorch.
  const bound = Math.max(ndim, 1);
  if (!Number.isInteger(dim) || dim < -bound || dim >= bound) {
    throw new RangeError(
      `${operator}: dim must be from ${-bound} to ${bound - 1} for a tensor of ${ndim} dims, got ${String(dim)}`,
    );
  }
  return dim < 0 ? dim + bound : dim;
}

/** Distinct dims counted from the front, ascending; all of them when `dim` is left out or empty. */
export function normalizeDims(
  operator: string,
  dim: number | readonly number[] | undefined,
  ndim: number,
): number[] {
  const given = dim === undefined ? [] : typeof dim === "number" ? [dim] : dim;
  if (given.length === 0) return Array.from({ length: ndim }, (_, index) => index);
  const dims = given.map((one) => normalizeDim(operator, one, ndim));
  if (new Set(dims).size !== dims.length) {
    throw new RangeError(`${operator}: dim ${formatShape(given)} names the same dim twice`);
  }
  return ndim === 0 ? [] : dims.sort((a, b) => a - b);
}

/**
 * The shape that two shapes broadcast to, aligned at their last dims.
 * @throws RangeError naming `operator`, both shapes and the dims that disagree
 */
export function broadcastPair(operator: string, a: Shape, b: Shape): number[] {
  const ndim = Math.max(a.length, b.length);
  const shape: number[] = Array.from({ length: ndim }, () => 1);
  for (let back = 1; back <= ndim; back++) {
    const left = a[a.length - back] ?? 1;
    const right = b[b.length - back] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw disagreement(operator, a, a.length - back, b, b.length - back);
    }
    shape[ndim - back] = left === 1 ? right : left;
  }
  return shape;
}

export function disagreement(
  operator: string,
  a: Shape,
  dimA: number,
  b: Shape,
  dimB: number,
): RangeError {
  return new RangeError(
    `${operator}: shapes ${formatShape(a)} and ${formatShape(b)} disagree: ` +
      `dim ${dimA} of the first is ${a[dimA]}, dim ${dimB} of the second is ${b[dimB]}`,
  );
}

export function outside(operator: string, index: number | bigint, size: number): RangeError {
  return new RangeError(`${operator}: index ${index} is outside a dim of size ${size}`);
}

/** The shape that all of `shapes` broadcast to; `[]` for none. */
export function broadcastShapes(...shapes: Shape[]): number[] {
  let result: number[] = [];
  for (const shape of shapes) result = broadcastPair("broadcastShapes", result, shape);
  return result;
}

/** Strides that walk `layout` as though it had `shape`, which it must broadcast to: repeats cost nothing. */
export function expandStrides(layout: Layout, shape: Shape): number[] {
  const added = shape.length - layout.shape.length;
  return shape.map((size, dim) => {
    const own = layout.shape[dim - added];
    return own === undefined || (own === 1 && size !== 1) ? 0 : (layout.strides[dim - added] ?? 0);
  });
}

/**
 * Merges neighbouring dims that every one of `strides` walks in one sweep, and
 * drops dims of size 1, so that a device generates code for few ranks.
 */
export function coalesce(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { shape: number[]; strides: number[][] } {
  const merged: number[] = [];
  const out = strides.map((): number[] => []);
  shape.forEach((size, dim) => {
    if (size === 1) return;
    const last = merged.length - 1;
    const joins =
      last >= 0 && strides.every((walk, i) => out[i]?.[last] === (walk[dim] ?? 0) * size);
    if (joins) merged[last] = (merged[last] ?? 1) * size;
    else merged.push(size);
    strides.forEach((walk, i) => {
      const list = out[i] as number[];
      list[merged.length - 1] = walk[dim] ?? 0;
    });
  });
  return { shape: merged, strides: out };
}

/**
 * Strides for `shape` over the same storage in the same order, or undefined
 * when only a copy can have that shape.
 */
export function reshapeStrides(layout: Layout, shape: Shape): number[] | undefined {
  if (isContiguous(layout)) return contiguousStrides(shape);
  const runs = coalesce(layout.shape, [layout.strides]);
  const strides = Array.from(shape, () => 0);
  let dim = shape.length - 1;
  for (let run = runs.shape.length - 1; run >= 0; run--) {
    let left = runs.shape[run] ?? 1;
    let step = runs.strides[0]?.[run] ?? 0;
    for (; left > 1 && dim >= 0; dim--) {
      const size = shape[dim] ?? 1;
      if (left % size !== 0) return undefined;
      strides[dim] = step;
      step *= size;
      left /= size;
    }
    if (left > 1) return undefined;
  }
  return strides;
}

/** A short printed form of a value that a caller got wrong. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") {
    return `an object of class ${value.constructor?.name ?? "none"}`;
  }
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "function" ? "a function" : String(value);
}
