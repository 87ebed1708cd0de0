/**
 * Tensors as torch prints them: 4 decimals, 80 columns, the middle left out
 * past 1,000 elements, then what else is to be said, on a line of its own where
 * it does not fit.
 */
import { fixed, significant } from "../../python/text/floats.ts";
import { elementOf, PyTensor, PyParameter, requiresGrad } from "./tensor.ts";
import { repr } from "../../python/operations/repr.ts";
import { nodeOf } from "../../tensor/autograd/graph.ts";
import { type DType, type HostValue, isFloat } from "../../tensor/dtype.ts";
import { contiguousStrides, product } from "../../tensor/shape.ts";
import { slice } from "../../tensor/views.ts";
import { cat } from "../../tensor/indexing.ts";
import type { Tensor } from "../../tensor/index.ts";

/** What `torch.set_printoptions` sets. */
export interface PrintOptions {
  precision: number;
  threshold: number;
  edgeitems: number;
  linewidth: number;
  sciMode: boolean | undefined;
}

export const PRINT_DEFAULTS: PrintOptions = {
  precision: 4,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 80,
  sciMode: undefined,
};

/** A number that is not negative with so many digits after its first, halves to even, as C's `%e`. */
function exponential(value: number, precision: number): string {
  const { digits, point } = significant(value, precision + 1);
  const exponent = point - 1;
  const tail = precision === 0 ? "" : `.${digits.slice(1)}`;
  return `${digits[0]}${tail}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function signed(value: number, text: (size: number) => string): string {
  return value < 0 || Object.is(value, -0) ? `-${text(Math.abs(value))}` : text(value);
}

/** One format for all elements shown, and the width it pads them to. */
function formatter(
  shown: readonly HostValue[],
  dtype: DType,
  options: PrintOptions,
): { width: number; format: (value: HostValue) => string } {
  if (!isFloat(dtype)) {
    const text = (value: HostValue): string => String(repr(elementOf(value, dtype)));
    const width = Math.max(1, ...shown.map((value) => text(value).length));
    return { width, format: (value) => text(value).padStart(width) };
  }
  const finite = shown.map(Number).filter((x) => x !== 0 && Number.isFinite(x));
  const sizes = finite.map(Math.abs);
  const most = Math.max(...sizes);
  const least = Math.min(...sizes);
  const whole = finite.every(Number.isInteger);
  const { precision } = options;
  const wide = finite.length > 0 && (most / least > 1000 || most > 1e8);
  const natural = wide || (!whole && least < 1e-4);
  const number = (value: number, scientific: boolean): string => {
    if (Number.isNaN(value)) return "nan";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    if (scientific) return signed(value, (size) => exponential(size, precision));
    if (whole) return `${signed(value, (size) => fixed(size, 0))}.`;
    return signed(value, (size) => fixed(size, precision));
  };
  // As in PyTorch, the width is that of the format that would be chosen, whatever was asked for.
  const width = Math.max(1, ...finite.map((value) => number(value, natural).length));
  const scientific = finite.length === 0 ? false : (options.sciMode ?? natural);
  return { width, format: (value) => number(Number(value), scientific).padStart(width) };
}

/** The elements that are shown of a tensor that is too long: its edges along every dim. */
function edges(x: Tensor, edge: number): Tensor {
  let result = x;
  x.shape.forEach((size, dim) => {
    if (size > 2 * edge) {
      result = cat([slice(result, dim, 0, edge, 1), slice(result, dim, size - edge, size, 1)], dim);
    }
  });
  return result;
}

/** The nested text of a tensor's elements, without what stands around it. */
function tensorBody(x: Tensor, indent: number, options: PrintOptions): string {
  const summarized = x.numel > options.threshold;
  const plain = x.detach();
  const part = summarized ? edges(plain, options.edgeitems) : plain;
  const values = part.toTypedArray() as ArrayLike<HostValue>;
  const { width, format } = formatter(Array.from(values), x.dtype, options);
  const strides = contiguousStrides(part.shape);
  const print = (dim: number, offset: number, inset: number): string => {
    const size = part.shape[dim];
    if (size === undefined) return format(values[offset]!);
    const cut = summarized && x.shape[dim]! > 2 * options.edgeitems;
    const step = strides[dim] ?? 1;
    if (dim === part.shape.length - 1) {
      const cells = Array.from({ length: size }, (_, i) => format(values[offset + i]!));
      if (cut) cells.splice(options.edgeitems, 0, " ...");
      const line = Math.max(1, Math.floor((options.linewidth - inset) / (width + 2)));
      const lines: string[] = [];
      for (let i = 0; i < cells.length; i += line) lines.push(cells.slice(i, i + line).join(", "));
      return `[${lines.join(`,\n${" ".repeat(inset + 1)}`)}]`;
    }
    const rows = Array.from({ length: size }, (_, i) =>
      print(dim + 1, offset + i * step, inset + 1),
    );
    if (cut) rows.splice(options.edgeitems, 0, "...");
    const gap = `,${"\n".repeat(part.shape.length - dim - 1)}${" ".repeat(inset + 1)}`;
    return `[${rows.join(gap)}]`;
  };
  return print(0, 0, indent);
}

/** `repr(tensor)`. */
export function tensorText(x: PyTensor, options: PrintOptions): string {
  if (x instanceof PyParameter) {
    return `Parameter containing:\n${textOf(x, "tensor(", options)}`;
  }
  return textOf(x, "tensor(", options);
}

function textOf(x: PyTensor, prefix: string, options: PrintOptions): string {
  const { t } = x;
  const suffixes: string[] = [];
  const empty = product(t.shape) === 0;
  if (empty && t.ndim !== 1)
    suffixes.push(`size=(${t.shape.join(", ")}${t.ndim === 1 ? "," : ""})`);
  const usual = t.dtype === "float32" || (!empty && (t.dtype === "bool" || t.dtype === "int64"));
  if (!usual) suffixes.push(`dtype=torch.${t.dtype}`);
  const node = nodeOf(t);
  if (node !== undefined && node.leaf === undefined) {
    suffixes.push(`grad_fn=<${gradName(x).replace(/^.*::/, "")}>`);
  } else if (requiresGrad(x)) suffixes.push("requires_grad=True");
  const body = empty ? "[]" : tensorBody(t, prefix.length, options);
  return withSuffixes(prefix + body, suffixes, prefix.length, options.linewidth);
}

/** The class that PyTorch gives the step that made a tensor. */
export function gradName(x: PyTensor): string {
  const made = x.made ?? nodeOf(x.t)?.operator ?? "";
  if (/Backward\d*$|^CopySlices$|NotImplemented$/.test(made)) return made;
  const name = made === "" ? "Copy" : made[0]!.toUpperCase() + made.slice(1);
  return /\d$/.test(name) ? `${name.slice(0, -1)}Backward${name.slice(-1)}` : `${name}Backward0`;
}

function withSuffixes(
  text: string,
  suffixes: readonly string[],
  indent: number,
  width: number,
): string {
  let result = text;
  let last = text.length - text.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    if (last + suffix.length + 2 > width) {
      result += `,\n${" ".repeat(indent)}${suffix}`;
      last = indent + suffix.length;
    } else {
      result += `, ${suffix}`;
      last += suffix.length + 2;
    }
  }
  return `${result})`;
}
