/** Helpers for the tests of a kata: two assertions about tensors, and nothing else. */

import { readNested } from "../tensor/creation.ts";
import type { HostValue } from "../tensor/dtype.ts";
import { type DType, type NestedArray, Tensor } from "../tensor/index.ts";
import { formatTensor } from "../tensor/print.ts";

// Bound before a solution is loaded: one that replaces them does not judge itself.
const { abs } = Math;
const { isFinite, isNaN } = Number;

/** A tensor that an assertion looked at, as an event carries it. */
export interface TensorValue {
  role: "expected" | "received";
  shape: number[];
  dtype: string;
  /** Row-major; NaN, infinities and int64 as strings. */
  values: (number | string)[];
  /** True when `values` holds fewer than the tensor has. */
  capped: boolean;
}

/** How close is close: `|actual - expected| <= atol + rtol * |expected|`. */
export interface CloseOptions {
  /** How far values may be apart, relative to the expected one; 1e-5 when left out. */
  rtol?: number;
  /** How far they may be apart whatever their size; 1e-8 when left out. */
  atol?: number;
  /** What messages call the tensor. */
  name?: string;
}

const VALUES_CAP = 256;
/** Longer printed tensors are cut in messages; `tensors` has the values. */
const PRINT_CAP = 2000;

interface Details {
  expected: string;
  received: string;
  tensors: TensorValue[];
  first_difference?: number[];
}

/** Row-major numbers and their shape, of whatever a test compared. */
interface Grid {
  shape: readonly number[];
  dtype: DType;
  values: ArrayLike<HostValue>;
}

/**
 * @throws AssertionError beginning `{name} has wrong shape.` when `value` is
 * not a tensor of exactly `shape`
 */
export function assertShape(
  value: unknown,
  shape: readonly number[],
  name: string = "tensor",
): void {
  if (!(value instanceof Tensor)) {
    throw new AssertionError(
      [
        `${name} has wrong shape.`,
        `Expected: a tensor of shape ${formatShape(shape)}`,
        `Got: ${notATensor(value)}`,
      ],
      { expected: formatShape(shape), received: notATensor(value), tensors: [] },
    );
  }
  if (sameShape(value.shape, shape)) return;
  throw wrongShape(name, gridOf(value), shape, []);
}

/**
 * Compares element by element: |actual − expected| ≤ atol + rtol·|expected|.
 * Shapes must be equal, not only broadcastable. NaN equals NaN, infinities
 * must have the same sign; dtypes are compared by value.
 * @throws AssertionError beginning `{name} has wrong shape.` or `{name} values don't match.`
 */
export function assertClose(
  actual: unknown,
  expected: Tensor | NestedArray,
  { rtol = 1e-5, atol = 1e-8, name = "tensor" }: CloseOptions = {},
): void {
  const want = gridOf(expected);
  if (!isComparable(actual)) {
    throw new AssertionError(
      [`${name} values don't match.`, `Expected: ${print(want)}`, `Got: ${notATensor(actual)}`],
      {
        expected: print(want),
        received: notATensor(actual),
        tensors: [tensorValue("expected", want)],
      },
    );
  }
  const got = gridOf(actual);
  if (!sameShape(got.shape, want.shape)) {
    throw wrongShape(name, got, want.shape, [tensorValue("expected", want)]);
  }
  compareValues(name, got, want, rtol, atol);
}

function compareValues(name: string, got: Grid, want: Grid, rtol: number, atol: number): void {
  let differing = 0;
  let first = -1;
  let absolute = { size: -1, at: 0 };
  let relative = { size: -1, at: 0 };
  for (let i = 0; i < want.values.length; i++) {
    const a = got.values[i] as HostValue;
    const b = want.values[i] as HostValue;
    const distance = distanceOf(a, b);
    const size = abs(Number(b));
    if (distance === 0 || (distance < Infinity && distance <= atol + rtol * size)) continue;
    differing++;
    if (first < 0) first = i;
    const share = size === 0 || distance === Infinity ? Infinity : distance / size;
    if (distance > absolute.size) absolute = { size: distance, at: i };
    if (share > relative.size) relative = { size: share, at: i };
  }
  if (differing === 0) return;
  const total = want.values.length;
  const place = (at: number): string => formatShape(indexOf(at, want.shape));
  const kinds =
    absolute.size === Infinity
      ? " (a NaN or an infinity stands where a number should, or the reverse)"
      : "";
  throw new AssertionError(
    [
      `${name} values don't match.`,
      `Expected: ${print(want)}`,
      `Got: ${print(got)}`,
      `Largest absolute difference: ${short(absolute.size)} at ${place(absolute.at)}${kinds}`,
      `Largest relative difference: ${short(relative.size)} at ${place(relative.at)}`,
      `First difference at ${place(first)}: expected ${want.values[first]}, got ${got.values[first]}`,
      `${differing} of ${total} elements differ (rtol ${rtol}, atol ${atol})`,
    ],
    {
      expected: print(want),
      received: print(got),
      tensors: [tensorValue("expected", want), tensorValue("received", got)],
      first_difference: indexOf(first, want.shape),
    },
  );
}

/** Infinity where only one is a number, or both are infinities of other signs. */
function distanceOf(left: HostValue, right: HostValue): number {
  if (typeof left === "bigint" && typeof right === "bigint") return abs(Number(left - right));
  const [a, b] = [Number(left), Number(right)];
  if (a === b || (isNaN(a) && isNaN(b))) return 0;
  return isFinite(a) && isFinite(b) ? abs(a - b) : Infinity;
}

function wrongShape(
  name: string,
  got: Grid,
  shape: readonly number[],
  expected: TensorValue[],
): AssertionError {
  return new AssertionError(
    [
      `${name} has wrong shape.`,
      `Expected: ${formatShape(shape)}`,
      `Got: ${formatShape(got.shape)}`,
    ],
    {
      expected: formatShape(shape),
      received: formatShape(got.shape),
      tensors: [...expected, tensorValue("received", got)],
    },
  );
}

/** What a failed assertion throws; its own data goes into the run's events. */
export class AssertionError extends Error {
  override name = "AssertionError";
  readonly expected: string;
  readonly received: string;
  readonly tensors: TensorValue[];
  /** Row-major index of the first element that differs. */
  declare readonly first_difference?: number[];

  constructor(lines: readonly string[], details: Details) {
    super(lines.join("\n"));
    this.expected = details.expected;
    this.received = details.received;
    this.tensors = details.tensors;
    if (details.first_difference !== undefined) this.first_difference = details.first_difference;
  }
}

function isComparable(value: unknown): value is Tensor | NestedArray {
  return (
    value instanceof Tensor ||
    Array.isArray(value) ||
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "boolean"
  );
}

/** The numbers of a list are not rounded to float32 before they are compared. */
function gridOf(value: Tensor | NestedArray): Grid {
  if (!(value instanceof Tensor)) return readNested(value);
  return { shape: value.shape, dtype: value.dtype, values: value.toTypedArray() };
}

function print({ values, shape, dtype }: Grid): string {
  const text = formatTensor(values, shape, dtype);
  return text.length > PRINT_CAP ? `${text.slice(0, PRINT_CAP)}… (cut)` : text;
}

function notATensor(value: unknown): string {
  if (value === undefined) return "undefined (does the function return its result?)";
  if (value instanceof Promise) return "a Promise (is an await missing?)";
  if (value === null) return "null";
  if (typeof value === "function")
    return `the function ${value.name || "without a name"} itself (is it called?)`;
  if (Array.isArray(value)) return `a list of ${value.length}, not a tensor`;
  if (typeof value === "object") return `an object of class ${value.constructor?.name ?? "none"}`;
  return `${typeof value === "string" ? JSON.stringify(value) : String(value)} (a ${typeof value}), not a tensor`;
}

function tensorValue(role: TensorValue["role"], { shape, dtype, values }: Grid): TensorValue {
  const shown = Array.from({ length: Math.min(values.length, VALUES_CAP) }, (_, i) => {
    const value = values[i] as HostValue;
    // JSON has neither NaN nor whole numbers of 64 bits.
    return typeof value === "number" && isFinite(value) ? value : String(value);
  });
  return { role, shape: [...shape], dtype, values: shown, capped: values.length > VALUES_CAP };
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, dim) => size === b[dim]);
}

function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

function indexOf(at: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = at;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}

function short(size: number): string {
  return isFinite(size) ? String(Number(size.toPrecision(6))) : String(size);
}
