/** Tensors as text, by PyTorch's rules: 4 decimals, 80 columns, the middle left out past 1,000 elements. */

import { type DType, type HostValue, isFloat } from "./dtype.ts";
import { round } from "./cpu/functions.ts";
import { contiguousStrides, product, type Shape } from "./shape.ts";

const COLUMNS = 80;
const SUMMARY_ABOVE = 1000;
const EDGE = 3;

/** Row-major `values` of `shape`, as `tensor(…)`. */
export function formatTensor(values: ArrayLike<HostValue>, shape: Shape, dtype: DType): string {
  const suffix = dtype === "float32" || dtype === "bool" ? "" : `, dtype=${dtype}`;
  if (product(shape) === 0) {
    return `tensor([]${shape.length > 1 ? `, size=(${shape.join(", ")})` : ""}${suffix})`;
  }
  const summarize = values.length > SUMMARY_ABOVE;
  const shown: HostValue[] = [];
  const strides = contiguousStrides(shape);
  visit(shape, strides, summarize, 0, 0, (at) => shown.push(values[at] as HostValue));
  const format = formatter(shown, dtype);
  // As in PyTorch, zeros, NaN and infinities do not widen a column of floats.
  const measured = isFloat(dtype) ? shown.filter((x) => x !== 0 && Number.isFinite(x)) : shown;
  const width = Math.max(1, ...measured.map((value) => format(value).length));
  const body = print(0, 0, "tensor(".length);
  return `tensor(${body}${suffix})`;

  function print(dim: number, offset: number, indent: number): string {
    const size = shape[dim];
    if (size === undefined) return format(values[offset] as HostValue);
    const step = strides[dim] ?? 1;
    const indices = shownIndices(size, summarize);
    if (dim === shape.length - 1) {
      const cells = indices.map((i) =>
        i < 0 ? " ..." : format(values[offset + i * step] as HostValue).padStart(width),
      );
      const perLine = Math.max(1, Math.floor((COLUMNS - indent) / (width + 2)));
      const lines: string[] = [];
      for (let i = 0; i < cells.length; i += perLine) {
        lines.push(cells.slice(i, i + perLine).join(", "));
      }
      return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
    }
    const gap = `,${"\n".repeat(shape.length - dim - 1)}${" ".repeat(indent + 1)}`;
    const rows = indices.map((i) =>
      i < 0 ? "..." : print(dim + 1, offset + i * step, indent + 1),
    );
    return `[${rows.join(gap)}]`;
  }
}

/** Indices to print along a dim; -1 stands for the ones left out. */
function shownIndices(size: number, summarize: boolean): number[] {
  const all = Array.from({ length: size }, (_, i) => i);
  return summarize && size > 2 * EDGE
    ? [...all.slice(0, EDGE), -1, ...all.slice(size - EDGE)]
    : all;
}

function visit(
  shape: Shape,
  strides: readonly number[],
  summarize: boolean,
  dim: number,
  offset: number,
  see: (at: number) => void,
): void {
  const size = shape[dim];
  if (size === undefined) {
    see(offset);
    return;
  }
  for (const i of shownIndices(size, summarize)) {
    if (i >= 0) visit(shape, strides, summarize, dim + 1, offset + i * (strides[dim] ?? 1), see);
  }
}

/** One format for all elements, chosen by how far apart they are. */
function formatter(shown: readonly HostValue[], dtype: DType): (value: HostValue) => string {
  if (dtype === "bool") return (value) => (value === 0 ? "False" : "True");
  if (!isFloat(dtype)) return String;
  const format = floatFormatter(shown.map(Number));
  return (value) => format(Number(value));
}

function floatFormatter(shown: readonly number[]): (value: number) => string {
  const sizes = shown.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  const largest = Math.max(...sizes);
  const smallest = Math.min(...sizes);
  const whole = sizes.every(Number.isInteger);
  const wide = sizes.length > 0 && (largest / smallest > 1000 || largest > 1e8);
  const scientific = wide || (!whole && smallest < 1e-4);
  return (value) => {
    if (Number.isNaN(value)) return "nan";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    const sign = value < 0 || Object.is(value, -0) ? "-" : "";
    if (scientific) {
      const [digits = "", exponent = ""] = Math.abs(value).toExponential(4).split("e");
      return `${sign}${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
    }
    if (whole) return `${sign}${Math.abs(value)}.`;
    // Halves to even, as C prints them; the product is exact for a float32.
    return sign + (round(Math.abs(value) * 1e4) / 1e4).toFixed(4);
  };
}
