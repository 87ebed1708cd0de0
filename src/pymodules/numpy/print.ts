/** Arrays as NumPy prints them: as few digits as tell the numbers apart, at most 8, in columns of 75. */
import { reprFloat, fixed, significant } from "../../python/text/floats.ts";
import { type DType, type HostValue, isFloat } from "../../tensor/dtype.ts";
import { slice } from "../../tensor/views.ts";
import { cat } from "../../tensor/indexing.ts";
import { contiguousStrides } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/index.ts";
import type { PyArray } from "./array.ts";

const PRECISION = 8;
const THRESHOLD = 1000;
const EDGE = 3;
const WIDTH = 75;

/** The fewest decimals that read back as the number in its dtype, at most so many. */
function shortest(size: number, dtype: DType): string {
  for (let decimals = 0; decimals < PRECISION; decimals++) {
    const text = fixed(size, decimals);
    if (rounds(Number(text), dtype) === size) return text;
  }
  return fixed(size, PRECISION).replace(/0+$/, "");
}

function rounds(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  return dtype === "float16" ? Math.f16round(value) : value;
}

function positional(value: number, dtype: DType): [whole: string, rest: string] {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [whole = "", rest = ""] = shortest(Math.abs(value), dtype).split(".");
  return [sign + whole, rest];
}

/** A number's digits after its first, and its exponent. */
function scientific(value: number, dtype: DType): { lead: string; rest: string; exponent: number } {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  for (let digits = 1; ; digits++) {
    const { digits: text, point } = significant(size, digits);
    const back = Number(`0.${text}e${point}`);
    if (digits > PRECISION || rounds(back, dtype) === size) {
      const exponent = size === 0 ? 0 : point - 1;
      return { lead: sign + text[0]!, rest: text.slice(1).replace(/0+$/, ""), exponent };
    }
  }
}

function floatFormatter(values: readonly number[], dtype: DType): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((size) => size !== 0);
  const [most, least] = [Math.max(...sizes), Math.min(...sizes)];
  const exponents = sizes.length > 0 && (most >= 1e8 || least < 1e-4 || most / least > 1000);
  let left = 0;
  let right = 0;
  let power = 2;
  for (const value of finite) {
    if (exponents) {
      const { lead, rest, exponent } = scientific(value, dtype);
      left = Math.max(left, lead.length);
      right = Math.max(right, rest.length);
      power = Math.max(power, String(Math.abs(exponent)).length);
    } else {
      const [whole, rest] = positional(value, dtype);
      left = Math.max(left, whole.length);
      right = Math.max(right, rest.length);
    }
  }
  const special = (value: number): string =>
    Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const rest = exponents ? right + 3 + power : right + 1;
  for (const value of values) {
    if (!Number.isFinite(value)) left = Math.max(left, special(value).length - rest);
  }
  return (value) => {
    if (!Number.isFinite(value)) return special(value).padStart(left + rest);
    if (!exponents) {
      const [whole, after] = positional(value, dtype);
      return `${whole.padStart(left)}.${after.padEnd(right)}`;
    }
    const { digits, point } = significant(Math.abs(value), right + 1);
    const exponent = value === 0 ? 0 : point - 1;
    const sign = value < 0 || Object.is(value, -0) ? "-" : "";
    const mantissa = `${(sign + digits[0]).padStart(left)}.${digits.slice(1)}`;
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(power, "0")}`;
  };
}

function formatter(values: readonly HostValue[], dtype: DType): (value: HostValue) => string {
  if (isFloat(dtype)) {
    const format = floatFormatter(values.map(Number), dtype);
    return (value) => format(Number(value));
  }
  const text = (value: HostValue): string =>
    dtype === "bool" ? (Number(value) === 0 ? "False" : "True") : String(value);
  const width = Math.max(0, ...values.map((value) => text(value).length));
  return (value) => text(value).padStart(width);
}

function edges(x: Tensor): Tensor {
  return x.shape.reduce<Tensor>((result, size, dim) => {
    if (size <= 2 * EDGE) return result;
    return cat([slice(result, dim, 0, EDGE, 1), slice(result, dim, size - EDGE, size, 1)], dim);
  }, x);
}

function body(x: Tensor, separator: string, prefix: number, suffix: number): string {
  const summary = x.numel > THRESHOLD;
  const part = summary ? edges(x) : x;
  const values = part.toTypedArray() as ArrayLike<HostValue>;
  const format = formatter(Array.from(values), x.dtype);
  const strides = contiguousStrides(part.shape);
  const print = (dim: number, offset: number, indent: string, width: number): string => {
    const left = part.ndim - dim;
    if (left === 0) return format(values[offset]!);
    const size = part.shape[dim]!;
    const words = Array.from({ length: size }, (_, i) =>
      print(dim + 1, offset + i * strides[dim]!, `${indent} `, width - 1),
    );
    if (summary && x.shape[dim]! > 2 * EDGE) words.splice(EDGE, 0, "...");
    let text = "";
    if (left === 1) {
      const most = width - Math.max(separator.trimEnd().length, 1);
      let line = indent;
      words.forEach((word, i) => {
        if (line.length + word.length > most && line.length > indent.length) {
          text += `${line.trimEnd()}\n`;
          line = indent;
        }
        line += word;
        if (i < words.length - 1) line += separator;
      });
      text += line;
    } else {
      text = words.map((word) => indent + word).join(separator.trimEnd() + "\n".repeat(left - 1));
    }
    return `[${text.slice(indent.length)}]`;
  };
  return print(0, 0, " ".repeat(prefix + 1), WIDTH - suffix);
}

/** A scalar's digits, as Python would print a float64. */
function scalarText(x: Tensor): string {
  const value = (x.toTypedArray() as ArrayLike<HostValue>)[0]!;
  if (x.dtype === "bool") return Number(value) === 0 ? "False" : "True";
  if (!isFloat(x.dtype)) return String(value);
  const number = Number(value);
  if (x.dtype === "float64" || !Number.isFinite(number)) return reprFloat(number);
  for (let digits = 1; ; digits++) {
    const short = Number(number.toPrecision(digits));
    if (rounds(short, x.dtype) === number || digits > 17) return reprFloat(short);
  }
}

/** `str(array)`. */
export function arrayText({ t }: PyArray): string {
  if (t.ndim === 0) return scalarText(t);
  return t.numel === 0 ? "[]" : body(t, " ", 0, 0);
}

/** `repr(array)`. */
export function arrayRepr({ t, scalar }: PyArray): string {
  if (scalar) return scalarText(t);
  const usual = (t.dtype === "float64" || t.dtype === "int64" || t.dtype === "bool") && t.numel > 0;
  if (t.ndim === 0) return `array(${scalarText(t)}${usual ? "" : `, dtype=${t.dtype}`})`;
  const shape = t.numel === 0 && t.ndim > 1 ? `, shape=(${t.shape.join(", ")})` : "";
  const text = `array(${t.numel === 0 ? "[]" : body(t, ", ", 6, 1)}${shape}`;
  if (usual) return `${text})`;
  const dtype = `dtype=${t.dtype})`;
  const last = text.length + 1 - (text.lastIndexOf("\n") + 1);
  return last + dtype.length + 1 > WIDTH ? `${text},\n      ${dtype}` : `${text}, ${dtype}`;
}
