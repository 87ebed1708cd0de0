/** Arrays as NumPy prints them: one format for all elements, lines of a width, long ones cut in the middle. */
import { PyComplex } from "../../python/objects/complex.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PyDict } from "../../python/objects/dict.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { fixed, significant } from "../../python/text/floats.ts";
import { call } from "../../python/operations/call.ts";
import { str } from "../../python/operations/repr.ts";
import { PyArray, shapeText, work } from "./array.ts";
import { BOOL, COMPLEX128, type Dtype, type Element, FLOAT64, INT64, partOf } from "./dtype.ts";
import { positional, scientific } from "./digits.ts";
import { getElement, toPython } from "./elements.ts";
import { getItem } from "./indexing.ts";
import { type PrintOptions, numpyState } from "./state.ts";
import { elements, sliced } from "./views.ts";

type Format = (value: Element) => string;

/** The places that are shown, where the middle is left out. */
function shownPart(x: PyArray, edge: number): Element[] {
  const collect = (view: PyArray, axis: number): Element[] => {
    if (axis === view.ndim) return elements(view);
    const size = view.shape[axis]!;
    if (size <= 2 * edge) return collect(view, axis + 1);
    return [
      ...collect(sliced(view, axis, 0, edge), axis + 1),
      ...collect(sliced(view, axis, size - edge, edge), axis + 1),
    ];
  };
  return collect(x, 0);
}

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

/** One format for floats: with exponents where numbers are far apart, else with points one below the other. */
function floatFormat(
  values: readonly number[],
  dtype: Dtype,
  options: PrintOptions,
  sign = options.sign,
): Format {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((size) => size !== 0);
  const most = sizes.length === 0 ? 0 : sizes.reduce((a, b) => Math.max(a, b));
  const least = sizes.length === 0 ? 0 : sizes.reduce((a, b) => Math.min(a, b));
  const exponents =
    sizes.length > 0 &&
    (most >= 1e8 || (!options.suppress && (least < 1e-4 || most / least > 1000)));
  const fixedMode = options.floatmode === "fixed";
  const unique = options.floatmode !== "fixed";
  const precision = options.floatmode === "unique" ? 400 : options.precision;
  const mark = (x: number): string => (isNegative(x) ? "-" : sign === "+" ? "+" : "");
  let left = 0;
  let right = 0;
  let power = 2;
  for (const value of finite) {
    if (exponents) {
      const { rest, exponent } = scientific(Math.abs(value), dtype, precision);
      left = Math.max(left, mark(value).length + 1);
      right = Math.max(right, fixedMode ? precision : rest.length);
      power = Math.max(power, String(Math.abs(exponent)).length);
    } else {
      const [whole, rest] = positional(Math.abs(value), dtype, precision, unique);
      left = Math.max(left, mark(value).length + whole.length);
      right = Math.max(right, rest.length);
    }
  }
  if (sign === " " && !finite.some(isNegative)) left++;
  const behind = exponents ? right + 2 + power : right;
  if (finite.length < values.length) {
    const negative = sign !== "-" || values.includes(-Infinity);
    left = Math.max(
      left,
      options.nanstr.length - behind - 1,
      options.infstr.length + Number(negative) - behind - 1,
    );
  }
  const equal = fixedMode || options.floatmode === "maxprec_equal";
  return (element) => {
    const value = element as number;
    if (!Number.isFinite(value)) {
      const text = Number.isNaN(value)
        ? (sign === "+" ? "+" : "") + options.nanstr
        : (value < 0 ? "-" : sign === "+" ? "+" : "") + options.infstr;
      return text.padStart(left + behind + 1);
    }
    if (exponents) {
      // What is shorter than the longest is filled up with digits of its own.
      const { digits, point } = significant(Math.abs(value), right + 1);
      const [lead, rest, exponent] = [digits[0]!, digits.slice(1), value === 0 ? 0 : point - 1];
      const tail = `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(power, "0")}`;
      return `${(mark(value) + lead).padStart(left)}.${rest}e${tail}`;
    }
    const [whole, rest] = equal
      ? (fixed(Math.abs(value), right).split(".") as [string, string?])
      : positional(Math.abs(value), dtype, precision, unique);
    return `${(mark(value) + whole).padStart(left)}.${(rest ?? "").padEnd(right)}`;
  };
}

function complexFormat(values: readonly PyComplex[], dtype: Dtype, options: PrintOptions): Format {
  const part = partOf(dtype);
  const real = floatFormat(
    values.map((z) => z.real),
    part,
    options,
  );
  const imag = floatFormat(
    values.map((z) => z.imag),
    part,
    options,
    "+",
  );
  return (element) => {
    const { real: x, imag: y } = element as PyComplex;
    const text = imag(y);
    const bare = text.trimEnd();
    return `${real(x)}${bare}j${text.slice(bare.length)}`;
  };
}

function formatFor(x: PyArray, values: readonly Element[], options: PrintOptions): Format {
  const { dtype } = x;
  const own = ownFormat(dtype, options.formatter);
  if (own !== undefined) return own;
  if (dtype === BOOL) return (value) => (value === 0 ? "False" : x.ndim > 0 ? " True" : "True");
  if (dtype.kind === "f") return floatFormat(values as number[], dtype, options);
  if (dtype.kind === "c") return complexFormat(values as PyComplex[], dtype, options);
  let width = 0;
  for (const value of values) width = Math.max(width, String(value).length);
  return (value) => String(value).padStart(width);
}

/** A format of the program's own. */
function ownFormat(dtype: Dtype, formatter: Value | undefined): Format | undefined {
  if (!(formatter instanceof PyDict)) return undefined;
  const kinds = {
    b: ["bool"],
    i: ["int", "int_kind"],
    u: ["int", "int_kind"],
    f: ["float", "float_kind"],
    c: ["complexfloat", "complex_kind"],
  };
  for (const name of [...kinds[dtype.kind], "all"]) {
    const format = formatter.get(name);
    if (format !== undefined && format !== None) {
      return (value) => String(str(call(format, [toPython(value, dtype)])));
    }
  }
  return undefined;
}

/** The lines of an array; `prefix` and `suffix` are what stands before and behind them. */
export function arrayToString(
  x: PyArray,
  separator: string,
  prefix: number,
  suffix: number,
  options: PrintOptions = numpyState().print,
): string {
  const summary = x.size > options.threshold;
  const edge = options.edgeitems;
  const values = summary ? shownPart(x, edge) : elements(x);
  work(values.length * 8);
  const format = formatFor(x, values, options);
  const extend = (
    text: string,
    line: string,
    word: string,
    width: number,
    indent: string,
  ): [string, string] =>
    line.length + word.length > width && line.length > indent.length
      ? [`${text}${line.trimEnd()}\n`, indent + word]
      : [text, line + word];
  const bare = separator.trimEnd();
  const print = (axis: number, at: number, indent: string, width: number): string => {
    const left = x.ndim - axis;
    if (left === 0) return format(getElement(x.data, x.dtype, at));
    const size = x.shape[axis]!;
    const step = x.strides[axis]!;
    const cut = summary && 2 * edge < size;
    const places: number[] = [];
    for (let i = 0; i < size; i++) {
      if (cut && i === edge) {
        places.push(-1);
        i = size - edge;
      }
      if (i < size) places.push(i);
    }
    if (cut && edge === 0) places.splice(0, places.length, -1);
    const inner = (place: number): string =>
      place < 0 ? "..." : print(axis + 1, at + place * step, `${indent} `, width - 1);
    let text = "";
    if (left === 1) {
      const most = width - Math.max(bare.length, 1);
      let line = indent;
      places.forEach((place, i) => {
        [text, line] = extend(text, line, inner(place), most, indent);
        if (i < places.length - 1) line += separator;
      });
      text += line;
    } else {
      const between = bare + "\n".repeat(left - 1);
      text = places.map((place) => indent + inner(place)).join(between);
    }
    return `[${text.slice(indent.length)}]`;
  };
  if (x.size === 0) return "[]";
  return print(0, x.offset, " ".repeat(prefix + 1), options.linewidth - suffix);
}

/** `str(array)`. */
export function arrayText(x: PyArray): string {
  if (x.ndim === 0) return String(str(getItem(x, EMPTY)));
  return arrayToString(x, " ", 0, 0);
}

const EMPTY = new PyTuple([]);

/** `repr(array)`. */
export function arrayRepr(x: PyArray): string {
  const options = numpyState().print;
  const { dtype } = x;
  const implied = [BOOL, INT64, FLOAT64, COMPLEX128].includes(dtype) && x.size > 0;
  const end = implied ? ")" : ",";
  const shape1 = x.ndim === 1 && x.size === 0;
  const lines =
    x.size > 0 || shape1
      ? arrayToString(x, ", ", 6, 1, options)
      : `[], shape=${shapeText(x.shape, " ")}`;
  const text = `array(${lines}${end}`;
  if (implied) return text;
  const tail = `dtype=${dtype.name})`;
  const last = text.length - (text.lastIndexOf("\n") + 1);
  const gap = last + tail.length + 1 > options.linewidth ? `\n${" ".repeat(6)}` : " ";
  return text + gap + tail;
}
