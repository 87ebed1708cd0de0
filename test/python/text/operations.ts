/** What the tests and the oracle ask of Python's text, by CPython's names; and values as JSON. */
import { setFaultMaker } from "../../../src/python/fault.ts";
import * as cases from "../../../src/python/text/case.ts";
import { decode } from "../../../src/python/text/decode.ts";
import { encode } from "../../../src/python/text/encode.ts";
import {
  complexFromText,
  floatFromBytes,
  floatFromText,
} from "../../../src/python/text/float-text.ts";
import {
  floatFromHex,
  hexFloat,
  integerRatio,
  reprFloat,
  roundFloat,
  roundToInt,
  truncate,
} from "../../../src/python/text/floats.ts";
import {
  formatComplex,
  formatFloat,
  formatInt,
  formatStr,
  reprComplex,
  toFloat,
} from "../../../src/python/text/format.ts";
import {
  type Int,
  integerFromBytes,
  integerFromText,
  integerText,
} from "../../../src/python/text/integers.ts";
import { lookup, nameOf } from "../../../src/python/text/names.ts";
import { formatPercent, type PercentValues } from "../../../src/python/text/percent.ts";
import { asciiStr, escapeNonAscii, reprBytes, reprStr } from "../../../src/python/text/quote.ts";
import { formatTemplate, type TemplateValues } from "../../../src/python/text/replacement.ts";
import * as search from "../../../src/python/text/search.ts";
import * as pad from "../../../src/python/text/pad.ts";
import * as pieces from "../../../src/python/text/split.ts";
import * as unicode from "../../../src/python/text/unicode.ts";
import * as wide from "../../../src/python/text/wide.ts";

type Str = wide.Str;
/** A float, which is no int. */
class Float {
  readonly v: number;
  constructor(v: number) {
    this.v = v;
  }
}
class Complex {
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}
class Tuple {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}
class Dict {
  readonly map: Map<string, unknown>;
  constructor(map: Map<string, unknown>) {
    this.map = map;
  }
}
class Thing {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}
class Fault extends Error {
  readonly answer: unknown[];
  constructor(name: string, args: readonly unknown[]) {
    super(`${name}: ${args.map(String).join(", ")}`);
    this.answer = [name, ...args];
  }
}

const CELL = new DataView(new ArrayBuffer(8));

/** A value of its JSON. */
function fromJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(fromJson);
  if (json === null) return undefined;
  if (typeof json !== "object") return json;
  const [[kind, held]] = Object.entries(json) as [[string, unknown]];
  switch (kind) {
    case "w":
      return wide.fromPoints(held as number[]);
    case "b":
      return Uint8Array.fromHex(held as string);
    case "f":
      CELL.setBigUint64(0, BigInt(`0x${held as string}`));
      return new Float(CELL.getFloat64(0));
    case "i": {
      const text = held as string;
      return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
    }
    case "c": {
      const [real, imag] = (held as unknown[]).map(fromJson) as [Float, Float];
      return new Complex(real.v, imag.v);
    }
    case "t":
      return new Tuple((held as unknown[]).map(fromJson));
    default:
      return new Dict(
        new Map((held as [string, unknown][]).map(([key, value]) => [key, fromJson(value)])),
      );
  }
}

/** The JSON of a float. */
export function floatJson(value: number): { f: string } {
  if (value !== value) return { f: "nan" };
  CELL.setFloat64(0, value);
  return { f: CELL.getBigUint64(0).toString(16).padStart(16, "0") };
}

/** The JSON of a value, as test/oracles/python-text.py writes it. */
function toJson(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof wide.WideStr) return { w: Array.from(value.points) };
  if (typeof value === "bigint") {
    return { i: value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}` };
  }
  if (value instanceof Float) return floatJson(value.v);
  if (value instanceof Uint8Array) return { b: value.toHex() };
  return Array.isArray(value) ? value.map(toJson) : value;
}

function typeName(value: unknown): string {
  if (value instanceof Float) return "float";
  if (value instanceof Complex) return "complex";
  if (typeof value === "string" || value instanceof wide.WideStr) return "str";
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof Dict) return "dict";
  return value === undefined ? "NoneType" : "int";
}

function isStr(value: unknown): value is Str {
  return typeName(value) === "str";
}

function isInt(value: unknown): value is Int {
  return typeof value === "number" || typeof value === "bigint";
}

function repr(value: unknown): Str {
  if (value instanceof Float) return reprFloat(value.v);
  if (value instanceof Uint8Array) return reprBytes(value);
  if (value instanceof Complex) return reprComplex(value.real, value.imag);
  if (value instanceof Thing) return `<${value.path}>`;
  if (isInt(value)) return integerText(value);
  return isStr(value) ? reprStr(value) : "None";
}

function text(value: unknown): Str {
  return isStr(value) ? value : repr(value);
}

function must(value: unknown, test: boolean, message: string): void {
  if (!test) throw new Fault("TypeError", [message.replace("%s", typeName(value))]);
}

function percent(format: Str, operand: unknown): Str {
  const items = operand instanceof Tuple ? operand.items : [operand];
  let at = 0;
  const values: PercentValues = {
    isMapping: operand instanceof Dict,
    next: () => {
      if (at >= items.length) {
        throw new Fault("TypeError", ["not enough arguments for format string"]);
      }
      return items[at++];
    },
    named: (key) => {
      const map = (operand as Dict).map;
      if (typeof key !== "string" || !map.has(key)) throw new Fault("KeyError", [key]);
      return map.get(key);
    },
    star: (value) => (isInt(value) ? value : undefined),
    text: (value, conversion) =>
      conversion === "s"
        ? text(value)
        : conversion === "r"
          ? repr(value)
          : escapeNonAscii(repr(value)),
    integer: (value, type) => {
      if ("diu".includes(type)) {
        const message = `%${type} format: a real number is required, not %s`;
        must(value, isInt(value) || value instanceof Float, message);
        return value instanceof Float ? truncate(value.v) : (value as Int);
      }
      must(value, isInt(value), `%${type} format: an integer is required, not %s`);
      return value as Int;
    },
    float: (value) => {
      must(value, isInt(value) || value instanceof Float, "must be real number, not %s");
      return value instanceof Float ? value.v : toFloat(value as Int);
    },
    character: (value) => (isInt(value) || isStr(value) ? value : undefined),
    isDone: () => operand instanceof Dict || at >= items.length,
  };
  return formatPercent(format, values);
}

function template(format: Str, count: number, names: readonly string[]): Str {
  const values: TemplateValues = {
    positional: (index) => {
      if (index < count) return new Thing(String(index));
      const message = `Replacement index ${BigInt(index)} out of range for positional args tuple`;
      throw new Fault("IndexError", [message]);
    },
    keyword: (name) => {
      if (!names.includes(name as string)) throw new Fault("KeyError", [name]);
      return new Thing(String(name));
    },
    attribute: (value, name) => new Thing(`${(value as Thing).path}.${String(name)}`),
    item: (value, key) => new Thing(`${(value as Thing).path}[${String(repr(key))}]`),
    convert: (value, conversion) =>
      conversion === "a" ? escapeNonAscii(repr(value)) : repr(value),
    format: (value, spec) =>
      value instanceof Thing ? `<${value.path}:${String(spec)}>` : formatStr(value as Str, spec),
  };
  return formatTemplate(format, values);
}

function format(value: unknown, spec: Str): Str {
  if (value instanceof Float) return formatFloat(value.v, spec);
  if (value instanceof Complex) return formatComplex(value.real, value.imag, spec);
  return isStr(value) ? formatStr(value, spec) : formatInt(value as Int, spec);
}

/** `text[start:stop:step]` as `slice.indices` and the layer below do it. */
function sliced(s: Str, start?: number, stop?: number, step = 1): Str {
  const size = wide.sizeOf(s);
  const bound = (at: number | undefined, absent: number): number => {
    if (at === undefined) return absent;
    const low = step < 0 ? -1 : 0;
    return Math.min(Math.max(at < 0 ? at + size : at, low), step < 0 ? size - 1 : size);
  };
  const from = bound(start, step < 0 ? size - 1 : 0);
  const to = bound(stop, step < 0 ? -1 : size);
  return wide.sliceStep(s, from, step, Math.max(0, Math.ceil((to - from) / step)));
}

function index(place: number): number {
  if (place < 0) throw new Fault("ValueError", ["substring not found"]);
  return place;
}

type Operation = (...args: never[]) => unknown;

/** By name, what each operation of test/oracles/python-text.py is here. */
const operations: Readonly<Record<string, Operation>> = {
  percent,
  template,
  format,
  repr,
  str: text,
  ascii: (value: Str) => asciiStr(value),
  float: (value: Str | Uint8Array) =>
    new Float(value instanceof Uint8Array ? floatFromBytes(value) : floatFromText(value)),
  int: (value: Str | Uint8Array, base?: number) =>
    value instanceof Uint8Array ? integerFromBytes(value, base) : integerFromText(value, base),
  complex: (value: Str) => complexFromText(value).map((part) => new Float(part)),
  round: (value: Float, n: number) => new Float(roundFloat(value.v, n)),
  roundInt: (value: Float) => roundToInt(value.v),
  trunc: (value: Float) => truncate(value.v),
  ratio: (value: Float) => integerRatio(value.v),
  hex: (value: Float) => hexFloat(value.v),
  fromhex: (value: string) => new Float(floatFromHex(value)),
  slice: sliced,
  contains: search.contains,
  compare: (a: Str, b: Str) => Math.sign(wide.compare(a, b)),
  multiply: wide.repeat,
  encode: (s: Str, encoding?: string, errors?: string) => encode(s, encoding, errors),
  decode: (s: Uint8Array, encoding?: string, errors?: string) => decode(s, encoding, errors),
  name: (c: Str) => nameOf(wide.pointAt(c, 0)),
  lookup: (name: string) => {
    const found = lookup(name, true);
    if (found === undefined) throw new Fault("KeyError", [`undefined character name '${name}'`]);
    return found;
  },
  category: (c: Str) => unicode.categoryOf(wide.pointAt(c, 0)),
  combining: (c: Str) => unicode.combiningOf(wide.pointAt(c, 0)),
  decimal: (c: Str) => unicode.decimalValue(wide.pointAt(c, 0)),
  digit: (c: Str) => unicode.digitValue(wide.pointAt(c, 0)),
  numeric: (c: Str) => {
    const value = unicode.numericValue(wide.pointAt(c, 0));
    return value === undefined ? undefined : new Float(value);
  },
  normalize: unicode.normalize,
  join: pieces.join,
  translate: (s: Str, pairs: [string, Str][]) => {
    const map = new Map(pairs.map(([key, value]) => [key.charCodeAt(0), value ?? ""]));
    return pieces.translate(s, (point) => map.get(point));
  },
  find: search.find,
  rfind: search.rfind,
  index: (s: Str, part: Str, start?: number, end?: number) =>
    index(search.find(s, part, start, end)),
  rindex: (s: Str, part: Str, start?: number, end?: number) =>
    index(search.rfind(s, part, start, end)),
  count: search.count,
  startswith: search.startsWith,
  endswith: search.endsWith,
  replace: pieces.replace,
  split: pieces.split,
  rsplit: pieces.rsplit,
  splitlines: pieces.splitlines,
  partition: pieces.partition,
  rpartition: pieces.rpartition,
  strip: (s: Str, chars?: Str) => pieces.strip(s, chars),
  lstrip: (s: Str, chars?: Str) => pieces.strip(s, chars, "left"),
  rstrip: (s: Str, chars?: Str) => pieces.strip(s, chars, "right"),
  removeprefix: pieces.removePrefix,
  removesuffix: pieces.removeSuffix,
  center: pad.center,
  ljust: pad.ljust,
  rjust: pad.rjust,
  zfill: pad.zfill,
  expandtabs: pad.expandtabs,
  upper: cases.upper,
  lower: cases.lower,
  title: cases.title,
  capitalize: cases.capitalize,
  swapcase: cases.swapcase,
  casefold: cases.casefold,
  isalpha: cases.isAlpha,
  isalnum: cases.isAlnum,
  isdecimal: cases.isDecimal,
  isdigit: cases.isDigit,
  isnumeric: cases.isNumeric,
  isidentifier: cases.isIdentifier,
  islower: cases.isLower,
  isupper: cases.isUpper,
  istitle: cases.isTitle,
  isspace: cases.isSpaceText,
  isprintable: cases.isPrintableText,
  isascii: cases.isAscii,
};

/** Of all code points, the answers that say something, for the oracle alone. */
export function each(name: string): string {
  const ask = operations[name] as (char: Str) => unknown;
  const silent = new Set<unknown>([
    false,
    undefined,
    -1,
    name === "digit" ? undefined : 0,
    "Cn",
    "Co",
  ]);
  const out: unknown[] = [];
  for (let point = 0; point < 0x110000; point++) {
    const char = wide.chr(point);
    const said = ask(char);
    if (silent.has(said) || (isStr(said) && wide.equal(said, char))) continue;
    if (said instanceof Float && said.v === 0) continue;
    out.push(point, toJson(said));
  }
  return JSON.stringify(out);
}

/** Runs one operation; answers JSON of its value, or of `{error: [type, ...arguments]}`. */
export function answer([name, ...args]: readonly [string, ...unknown[]]): string {
  const operation = operations[name] as (...args: unknown[]) => unknown;
  const before = setFaultMaker((type, values) => new Fault(type, values));
  try {
    return JSON.stringify(toJson(operation(...args.map(fromJson))));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return JSON.stringify({ error: error.answer.map(toJson) });
  } finally {
    setFaultMaker(before);
  }
}
